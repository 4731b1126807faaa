package io.jackfield.protocol.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode (RFC 3711 §4.1.1): 14 bytes of nonce and 2 of block counter.
 *
 * <p>Made of the bare block cipher, initialised once: the JDK's own counter mode wants a new
 * initialisation, with its objects, for every packet. Allocates nothing per packet.
 */
final class AesCounter {
    static final int NONCE_BYTES = 14;

    private static final int BLOCK_BYTES = 16;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher block;

    @SuppressWarnings("InsecureCryptoUsage") // the blocks are counters, each used once: §4.1.1
    AesCounter(byte[] key) {
        try {
            block = Cipher.getInstance("AES/ECB/NoPadding");
            block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("AES is missing", everyJavaHasIt);
        }
    }

    /**
     * XORs the key stream onto bytes: the same call encrypts and decrypts.
     *
     * @param nonce its first {@value #NONCE_BYTES} bytes
     * @param length up to 2^20, where the block counter would come round
     */
    void xor(byte[] nonce, byte[] bytes, int offset, int length, Workspace workspace) {
        for (int done = 0; done < length; done += Workspace.ROUND_BYTES) {
            int now = Math.min(Workspace.ROUND_BYTES, length - done);
            int blocks = (now + BLOCK_BYTES - 1) / BLOCK_BYTES;
            makeStream(nonce, done / BLOCK_BYTES, blocks, workspace);
            apply(bytes, offset + done, now, workspace.stream);
        }
    }

    private void makeStream(byte[] nonce, int firstBlock, int blocks, Workspace workspace) {
        byte[] counters = workspace.counters;
        for (int i = 0; i < blocks; i++) {
            int at = i * BLOCK_BYTES;
            System.arraycopy(nonce, 0, counters, at, NONCE_BYTES);
            counters[at + NONCE_BYTES] = (byte) ((firstBlock + i) >>> 8);
            counters[at + NONCE_BYTES + 1] = (byte) (firstBlock + i);
        }
        try {
            block.update(counters, 0, blocks * BLOCK_BYTES, workspace.stream, 0);
        } catch (GeneralSecurityException roomIsThere) {
            throw new IllegalStateException(roomIsThere);
        }
    }

    private static void apply(byte[] bytes, int offset, int length, byte[] stream) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            long masked = (long) LONGS.get(bytes, offset + i) ^ (long) LONGS.get(stream, i);
            LONGS.set(bytes, offset + i, masked);
        }
        for (; i < length; i++) {
            bytes[offset + i] ^= stream[i];
        }
    }
}
