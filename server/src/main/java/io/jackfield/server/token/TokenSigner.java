package io.jackfield.server.token;

import io.jackfield.call.token.TokenAlgorithm;
import io.jackfield.call.token.UnusableKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens (RFC 7515 §5.1), for the command line alone: the PBX itself never does. */
public final class TokenSigner {
    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private final TokenAlgorithm algorithm;
    private final Key key;

    private TokenSigner(TokenAlgorithm algorithm, Key key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /**
     * Reads a private key, or the secret of HS256.
     *
     * @throws UnusableKey when it is none of that algorithm
     */
    public static TokenSigner read(TokenAlgorithm algorithm, String text) {
        try {
            return new TokenSigner(
                    algorithm,
                    switch (algorithm) {
                        case EDDSA -> privateKey("Ed25519", text);
                        case ES256 -> privateKey("EC", text);
                        case RS256 -> privateKey("RSA", text);
                        case HS256 -> secret(text.strip());
                    });
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            throw new UnusableKey("it is none for " + algorithm.jwsName());
        }
    }

    private static PrivateKey privateKey(String kind, String text) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(text);
        if (!matcher.matches()) {
            throw new UnusableKey("it is no PEM with -----BEGIN PRIVATE KEY-----");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static SecretKey secret(String text) {
        return new SecretKeySpec(Base64.getUrlDecoder().decode(text), "HmacSHA256");
    }

    /** The token of that header and those claims: text and whole numbers. */
    public String sign(Map<String, Object> header, Map<String, Object> claims) {
        String input = encode(json(header)) + "." + encode(json(claims));
        try {
            byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
            return input + "." + encode(signature(bytes));
        } catch (GeneralSecurityException unfit) {
            throw new UnusableKey("it cannot sign " + algorithm.jwsName());
        }
    }

    private byte[] signature(byte[] input) throws GeneralSecurityException {
        if (!(key instanceof PrivateKey priv)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        }
        Signature signature =
                Signature.getInstance(
                        switch (algorithm) {
                            case EDDSA -> "Ed25519";
                            case ES256 -> "SHA256withECDSAinP1363Format";
                            case RS256 -> "SHA256withRSA";
                            case HS256 -> throw new IllegalStateException("a secret is no pair");
                        });
        signature.initSign(priv);
        signature.update(input);
        return signature.sign();
    }

    private static byte[] json(Map<String, Object> members) {
        StringJoiner out = new StringJoiner(",", "{", "}");
        members.forEach((name, value) ->
                out.add(quoted(name) + ":" + (value instanceof Long ? value : quoted(value))));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(Object value) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : value.toString().toCharArray()) {
            if (c < ' ' || c == '"' || c == '\\') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
