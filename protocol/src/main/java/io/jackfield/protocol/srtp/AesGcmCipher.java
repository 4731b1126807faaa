package io.jackfield.protocol.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM (RFC 7714 §8, §9).
 *
 * <p>The JDK wants an initialisation per packet, and so a few small objects; the index, used once
 * only, keeps it from ever seeing the same IV twice.
 */
final class AesGcmCipher implements PacketCipher {
    private static final int TAG_BYTES = 16;
    private static final int TAG_BITS = 8 * TAG_BYTES;
    private static final int IV_BYTES = 12;
    private static final int SSRC_OFFSET = 2;
    private static final int INDEX_OFFSET = 6;

    /** More than a datagram of audio; longer ones get an array of their own. */
    private static final int SCRATCH_BYTES = 2_048;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] salt;
    private final boolean trailerIsAuthenticated;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] trailer = new byte[Integer.BYTES];
    private final byte[] scratch = new byte[SCRATCH_BYTES];

    /**
     * @param rtcp true where the E bit and index are authenticated (§9.2); RTP's roll-over counter
     *     is in the IV
     */
    AesGcmCipher(byte[] key, byte[] salt, boolean rtcp) {
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        this.trailerIsAuthenticated = rtcp;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("AES-GCM is missing", everyJavaHasIt);
        }
    }

    @Override
    public void seal(SrtpFrame frame) {
        try {
            start(Cipher.ENCRYPT_MODE, frame);
            cipher.doFinal(
                    frame.bytes,
                    frame.bodyOffset,
                    frame.bodyLength(),
                    frame.bytes,
                    frame.bodyOffset);
        } catch (GeneralSecurityException ourMistake) {
            throw new IllegalStateException(ourMistake);
        }
    }

    /** Decrypts beside the packet, so that one with a wrong tag is left as it came. */
    @Override
    public boolean open(SrtpFrame frame) {
        int length = frame.bodyLength();
        byte[] clear = length <= SCRATCH_BYTES ? scratch : new byte[length];
        try {
            start(Cipher.DECRYPT_MODE, frame);
            cipher.doFinal(frame.bytes, frame.bodyOffset, length + TAG_BYTES, clear, 0);
        } catch (AEADBadTagException forgedOrBroken) {
            return false;
        } catch (GeneralSecurityException ourMistake) {
            throw new IllegalStateException(ourMistake);
        }
        System.arraycopy(clear, 0, frame.bytes, frame.bodyOffset, length);
        return true;
    }

    private void start(int mode, SrtpFrame frame) throws GeneralSecurityException {
        makeIv(frame);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(frame.bytes, frame.offset, frame.bodyOffset - frame.offset);
        if (trailerIsAuthenticated) {
            for (int i = 0; i < Integer.BYTES; i++) {
                trailer[i] = (byte) (frame.trailer >>> (24 - 8 * i));
            }
            cipher.updateAAD(trailer);
        }
    }

    /** Two zero octets, SSRC, index in 48 bits, XORed with the salt (§8.1, §9.1). */
    private void makeIv(SrtpFrame frame) {
        System.arraycopy(salt, 0, iv, 0, IV_BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            iv[SSRC_OFFSET + i] ^= (byte) (frame.ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[INDEX_OFFSET + i] ^= (byte) (frame.index >>> (40 - 8 * i));
        }
    }
}
