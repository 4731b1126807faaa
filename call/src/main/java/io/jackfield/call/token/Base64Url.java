package io.jackfield.call.token;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64url without padding (RFC 7515 §2), where every byte string has exactly one spelling: the
 * JDK's decoder also takes padding and stray bits at the end.
 */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
