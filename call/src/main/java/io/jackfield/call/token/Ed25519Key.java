package io.jackfield.call.token;

import java.security.PublicKey;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Checks Ed25519 signatures (RFC 8032 §5.1.7) by Bouncy Castle, which takes an eighth of the JDK's
 * time once the key's point is known. Immutable; any thread.
 */
final class Ed25519Key {
    private final Ed25519.PublicPoint point;

    /**
     * @param key has passed {@link KeyRules#check}
     * @throws UnusableKey when it is no point of the curve
     */
    Ed25519Key(PublicKey key) {
        byte[] encoded = key.getEncoded();
        // A SubjectPublicKeyInfo ends with the key (RFC 8410 §4).
        byte[] raw =
                Arrays.copyOfRange(
                        encoded, encoded.length - Ed25519.PUBLIC_KEY_SIZE, encoded.length);
        Ed25519.PublicPoint decoded = Ed25519.validatePublicKeyPartialExport(raw, 0);
        if (decoded == null) {
            throw new UnusableKey("the Ed25519 key is no point of its curve");
        }
        point = decoded;
    }

    /**
     * @param signature of 64 bytes
     */
    boolean hasSigned(byte[] input, byte[] signature) {
        return Ed25519.verify(signature, 0, point, input, 0, input.length);
    }
}
