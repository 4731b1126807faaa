package io.jackfield.call.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A CRM: makes tokens, right ones and wrong ones. */
public final class Signer {
    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    public static final String AUDIENCE = "pbx.example";
    public static final String ISSUER = "crm.example";
    private static final byte[] SECRET =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final TokenAlgorithm algorithm;
    private final Optional<KeyPair> pair;

    private Signer(TokenAlgorithm algorithm, Optional<KeyPair> pair) {
        this.algorithm = algorithm;
        this.pair = pair;
    }

    /** With a new key of that algorithm. */
    public static Signer of(TokenAlgorithm algorithm) {
        return new Signer(
                algorithm,
                switch (algorithm) {
                    case EDDSA -> Optional.of(pair("Ed25519", 0));
                    case ES256 -> Optional.of(ec("secp256r1"));
                    case RS256 -> Optional.of(pair("RSA", 2048));
                    case HS256 -> Optional.empty();
                });
    }

    static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static KeyPair pair(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The key's id: that of its algorithm. */
    public String kid() {
        return "key-" + algorithm.jwsName();
    }

    PublicKey publicKey() {
        return pair.orElseThrow().getPublic();
    }

    /** What the PBX knows of it. */
    public TokenKey key() {
        return key(TokenKey.Validity.ALWAYS);
    }

    TokenKey key(TokenKey.Validity validity) {
        Optional<String> issuer = Optional.of(ISSUER);
        return pair.map(p -> TokenKey.asymmetric(kid(), algorithm, p.getPublic(), validity, issuer))
                .orElseGet(() -> TokenKey.shared(kid(), SECRET, validity, issuer));
    }

    /** Claims that are all right at {@link #NOW}: anna calls +49 30 123456 for "spring". */
    public static Map<String, Object> claims(String jti) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "anna");
        claims.put("dst", "+4930123456");
        claims.put("cmp", "spring");
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 60);
        claims.put("jti", jti);
        return claims;
    }

    /** Those claims but one. */
    public static Map<String, Object> claims(String jti, String name, Object value) {
        Map<String, Object> claims = claims(jti);
        claims.put(name, value);
        return claims;
    }

    public Map<String, Object> header() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm.jwsName());
        header.put("typ", "JWT");
        header.put("kid", kid());
        return header;
    }

    public String token(Map<String, Object> claims) {
        return token(header(), claims);
    }

    String token(Map<String, Object> header, Map<String, Object> claims) {
        return token(json(header), json(claims));
    }

    String token(String header, String claims) {
        String input = encode(header) + "." + encode(claims);
        return input + "." + encode(sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    byte[] sign(byte[] input) {
        try {
            if (pair.isEmpty()) {
                return mac(SECRET, input);
            }
            Signature signature =
                    Signature.getInstance(
                            switch (algorithm) {
                                case EDDSA -> "Ed25519";
                                case ES256 -> "SHA256withECDSAinP1363Format";
                                case RS256, HS256 -> "SHA256withRSA";
                            });
            signature.initSign(pair.get().getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static byte[] mac(byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String encode(BigInteger number, int bytes) {
        byte[] out = new byte[bytes];
        byte[] all = number.toByteArray();
        for (int i = 0; i < bytes && i < all.length; i++) {
            out[bytes - 1 - i] = all[all.length - 1 - i];
        }
        return encode(out);
    }

    static String json(Map<String, Object> members) {
        StringBuilder out = new StringBuilder("{");
        members.forEach((name, value) ->
                out.append(out.length() > 1 ? "," : "")
                        .append('"')
                        .append(name)
                        .append("\":")
                        .append(value instanceof String text ? quoted(text) : value));
        return out.append('}').toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
