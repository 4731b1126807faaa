package io.jackfield.call.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A token taken apart, in JWS Compact Serialization (RFC 7515 §7.1): nothing of it is believed yet.
 */
final class SignedToken {
    /** Half of what one header field may have (reliability: 8 KiB a header). */
    static final int LENGTH_MAX = 4_096;

    private final Json.Members header;
    private final Json.Members claims;
    private final byte[] signingInput;
    private final byte[] signature;

    private SignedToken(
            Json.Members header, Json.Members claims, byte[] signingInput, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signingInput = signingInput;
        this.signature = signature;
    }

    /** Empty for what is no such thing. Never throws. */
    static Optional<SignedToken> read(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (text.length() > LENGTH_MAX
                || first < 0
                || second < 0
                || text.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        Optional<Json.Members> header = object(text.substring(0, first));
        Optional<Json.Members> claims = object(text.substring(first + 1, second));
        Optional<byte[]> signature = Base64Url.decode(text.substring(second + 1));
        if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        byte[] input = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return Optional.of(new SignedToken(header.get(), claims.get(), input, signature.get()));
    }

    private static Optional<Json.Members> object(String part) {
        return Base64Url.decode(part).flatMap(SignedToken::utf8).flatMap(JsonReader::object);
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    Json.Members header() {
        return header;
    }

    Json.Members claims() {
        return claims;
    }

    /** True when that key has made the signature. */
    boolean isSignedBy(TokenKey key) {
        return key.hasSigned(signingInput, signature);
    }
}
