package io.jackfield.media.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * How a sealed file is cut: a head, then chunks of {@link #CHUNK_BYTES} each sealed by AES-256-GCM,
 * the last one shorter, perhaps empty, and marked in its nonce (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár). So nothing can be changed, moved or cut off unseen; a file
 * whose end is missing opens up to there and says so.
 *
 * <p>The head, 64 bytes: {@code JACKREC1}, the key's id (8), the salt of the file's key (32),
 * zeros. It is authenticated with every chunk. A nonce is the chunk's number (8 bytes), three zeros
 * and 1 for the last; no file key is ever used for two files, no nonce for two chunks.
 *
 * <p>Thread: one at a time.
 */
final class SealedChunks {
    static final int HEAD_BYTES = 64;
    static final int CHUNK_BYTES = 16 << 10;
    static final int TAG_BYTES = 16;
    static final int SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
    static final int SALT_BYTES = 32;

    private static final byte[] MAGIC = "JACKREC1".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 8;
    private static final int NONCE_BYTES = 12;

    private final SecretKey key;
    private final byte[] head;
    private final Cipher cipher;

    private SealedChunks(SecretKey key, byte[] head) {
        this.key = key;
        this.head = head;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no AES-GCM", missing);
        }
    }

    /** For a new file. */
    static SealedChunks sealing(RecordingKey key, byte[] salt) {
        byte[] head = new byte[HEAD_BYTES];
        ByteBuffer.wrap(head).put(MAGIC).put(key.id()).put(salt);
        return new SealedChunks(key.fileKey(salt), head);
    }

    /** For a file with that head; empty where it was sealed by another key. */
    static Optional<SealedChunks> opening(RecordingKey key, byte[] head) {
        byte[] id = Arrays.copyOfRange(head, MAGIC.length, MAGIC.length + ID_BYTES);
        if (!isSealed(head) || !Arrays.equals(id, key.id())) {
            return Optional.empty();
        }
        int salt = MAGIC.length + ID_BYTES;
        return Optional.of(
                new SealedChunks(
                        key.fileKey(Arrays.copyOfRange(head, salt, salt + SALT_BYTES)), head));
    }

    /** Whether a file that begins so is sealed. */
    static boolean isSealed(byte[] head) {
        return head.length >= HEAD_BYTES
                && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    byte[] head() {
        return head.clone();
    }

    void seal(long number, boolean last, ByteBuffer plain, ByteBuffer sealed) {
        try {
            begin(Cipher.ENCRYPT_MODE, number, last);
            int _ = cipher.doFinal(plain, sealed);
        } catch (GeneralSecurityException mistake) {
            throw new IllegalStateException("sealing chunk " + number, mistake);
        }
    }

    /** False where the chunk is not what was sealed at that place. */
    boolean open(long number, boolean last, ByteBuffer sealed, ByteBuffer plain) {
        if (sealed.remaining() < TAG_BYTES) {
            return false;
        }
        try {
            begin(Cipher.DECRYPT_MODE, number, last);
            int _ = cipher.doFinal(sealed, plain);
            return true;
        } catch (AEADBadTagException changed) {
            return false;
        } catch (GeneralSecurityException mistake) {
            throw new IllegalStateException("opening chunk " + number, mistake);
        }
    }

    private void begin(int mode, long number, boolean last) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(nonce).putLong(number).put(NONCE_BYTES - 1, (byte) (last ? 1 : 0));
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(head);
    }
}
