package io.jackfield.protocol.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a thread needs for one packet at a time, whose leg it may be of: it stays in the processor's
 * cache, where a copy for each leg would have to be fetched from memory for each packet.
 */
final class Workspace {
    static final int SHA1_BYTES = 20;

    /** HMAC's B for SHA-1 (RFC 2104 §2). */
    static final int SHA1_BLOCK_BYTES = 64;

    /** Key stream made at once: most audio packets need one round. */
    static final int ROUND_BYTES = 32 * 16;

    private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);

    final byte[] counters = new byte[ROUND_BYTES];
    final byte[] stream = new byte[ROUND_BYTES];
    final byte[] nonce = new byte[AesCounter.NONCE_BYTES];
    final byte[] trailer = new byte[Integer.BYTES];
    final byte[] proof = new byte[SHA1_BYTES];
    private final MessageDigest sha1;

    private Workspace() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-1 is missing", everyJavaHasIt);
        }
    }

    static Workspace ofThread() {
        return OF_THREAD.get();
    }

    /**
     * HMAC-SHA1 (RFC 2104) of a part of {@code bytes} and {@link #trailer}, into {@link #proof}.
     *
     * @param inner the key, padded to a block, XOR 0x36
     * @param outer the same XOR 0x5c
     */
    void prove(byte[] inner, byte[] outer, byte[] bytes, int offset, int length) {
        try {
            sha1.update(inner);
            sha1.update(bytes, offset, length);
            sha1.update(trailer);
            int _ = sha1.digest(proof, 0, SHA1_BYTES);
            sha1.update(outer);
            sha1.update(proof);
            int _ = sha1.digest(proof, 0, SHA1_BYTES);
        } catch (DigestException roomIsThere) {
            sha1.reset();
            throw new IllegalStateException(roomIsThere);
        }
    }
}
