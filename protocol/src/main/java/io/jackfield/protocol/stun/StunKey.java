package io.jackfield.protocol.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for MESSAGE-INTEGRITY: HMAC-SHA1 (RFC 8489 §14.5), kept ready for use.
 *
 * <p>Thread: one at a time. It has no {@code toString} that would show anything.
 */
public final class StunKey {
    /** Length of the proof in bytes. */
    public static final int PROOF_BYTES = 20;

    private final Mac mac;

    private StunKey(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("HmacSHA1 is missing", everyJavaHasIt);
        }
    }

    /**
     * The short-term credential's key: the password itself (§9.1.1).
     *
     * @param password not empty; of ICE characters, on which RFC 8265's preparation changes nothing
     */
    public static StunKey shortTerm(String password) {
        return new StunKey(password.getBytes(StandardCharsets.UTF_8));
    }

    /** A key computed elsewhere, e.g. a long-term one (§9.2.2). Not empty. */
    public static StunKey of(byte[] key) {
        return new StunKey(key);
    }

    /**
     * The proof over the header with {@code lengthField} in place of its own length, and over the
     * bytes that follow it up to {@code end} ("adjusted to point to the end of the
     * MESSAGE-INTEGRITY attribute", §14.5).
     */
    byte[] proof(byte[] message, int end, int lengthField) {
        mac.update(message, 0, 2);
        mac.update((byte) (lengthField >>> 8));
        mac.update((byte) lengthField);
        mac.update(message, 4, end - 4);
        return mac.doFinal();
    }
}
