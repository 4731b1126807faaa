package io.jackfield.bench;

import io.jackfield.call.token.KeyRing;
import io.jackfield.call.token.NumberPlan;
import io.jackfield.call.token.TokenAlgorithm;
import io.jackfield.call.token.TokenCheck;
import io.jackfield.call.token.TokenKey;
import io.jackfield.call.token.TokenVerdict;
import io.jackfield.call.token.WantedCall;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A call token judged, from its text to the verdict; look at the 0.50 and 0.99 lines. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TokenBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_428_000L);
    private static final int RSA_BITS = 2_048;
    private static final int P256_BITS = 256;
    private static final WantedCall WANTED =
            new WantedCall("1001", "0049 30 123456", Set.of("spring"), "pbx.example");

    @Param({"EDDSA", "ES256", "RS256", "HS256"})
    public TokenAlgorithm algorithm = TokenAlgorithm.EDDSA;

    private String token = "";
    private KeyRing keys = _ -> Optional.empty();

    @Setup
    public void sign() throws GeneralSecurityException {
        String claims =
                """
                {"iss":"crm","aud":"pbx.example","sub":"1001","dst":"+4930123456","cmp":"spring",\
                "iat":1795428000,"exp":1795428060,"jti":"5b0c3f7e-8a53-4f0e-9f5e-0f4d6a1c2b3d"}\
                """;
        String header = "{\"alg\":\"" + algorithm.jwsName() + "\",\"typ\":\"JWT\",\"kid\":\"k1\"}";
        String input = encode(bytes(header)) + "." + encode(bytes(claims));
        token = input + "." + encode(signature(bytes(input)));
        if (!(check() instanceof TokenVerdict.Valid)) {
            throw new IllegalStateException("the token is not good: " + check());
        }
    }

    private byte[] signature(byte[] input) throws GeneralSecurityException {
        TokenKey.Validity always = TokenKey.Validity.ALWAYS;
        if (algorithm == TokenAlgorithm.HS256) {
            byte[] secret = bytes("0123456789abcdef0123456789abcdef");
            keys = KeyRing.of(List.of(TokenKey.shared("k1", secret, always, Optional.of("crm"))));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        }
        KeyPair pair = pair();
        keys =
                KeyRing.of(
                        List.of(
                                TokenKey.asymmetric(
                                        "k1",
                                        algorithm,
                                        pair.getPublic(),
                                        always,
                                        Optional.of("crm"))));
        Signature signature =
                Signature.getInstance(
                        switch (algorithm) {
                            case EDDSA -> "Ed25519";
                            case ES256 -> "SHA256withECDSAinP1363Format";
                            case RS256, HS256 -> "SHA256withRSA";
                        });
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    private KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance(
                        switch (algorithm) {
                            case EDDSA -> "Ed25519";
                            case ES256 -> "EC";
                            case RS256, HS256 -> "RSA";
                        });
        if (algorithm != TokenAlgorithm.EDDSA) {
            generator.initialize(algorithm == TokenAlgorithm.ES256 ? P256_BITS : RSA_BITS);
        }
        return generator.generateKeyPair();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Benchmark
    public TokenVerdict check() {
        return TokenCheck.check(token, keys, NumberPlan.INTERNATIONAL, WANTED, NOW);
    }
}
