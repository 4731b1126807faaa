package io.jackfield.protocol.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AES-CM with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1). */
final class AesCmCipher implements PacketCipher {
    private static final int SHA1_BYTES = 20;
    private static final int SSRC_OFFSET = 4;
    private static final int INDEX_OFFSET = 8;

    private final AesCounter counter;
    private final byte[] salt;
    private final Mac mac;
    private final int tagBytes;
    private final byte[] nonce = new byte[AesCounter.NONCE_BYTES];
    private final byte[] trailer = new byte[Integer.BYTES];
    private final byte[] proof = new byte[SHA1_BYTES];

    AesCmCipher(byte[] key, byte[] salt, byte[] authenticationKey, int tagBytes) {
        this.counter = new AesCounter(key);
        this.salt = Arrays.copyOf(salt, AesCounter.NONCE_BYTES);
        this.tagBytes = tagBytes;
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("HmacSHA1 is missing", everyJavaHasIt);
        }
    }

    @Override
    public void seal(SrtpFrame frame) {
        crypt(frame);
        prove(frame);
        System.arraycopy(proof, 0, frame.bytes, frame.tagOffset, tagBytes);
    }

    /** The tag is compared in a time that does not depend on where it differs. */
    @Override
    public boolean open(SrtpFrame frame) {
        prove(frame);
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= proof[i] ^ frame.bytes[frame.tagOffset + i];
        }
        if (difference != 0) {
            return false;
        }
        crypt(frame);
        return true;
    }

    /** "M = Authenticated Portion || ROC" (§4.2); for SRTCP the index stands in its place. */
    private void prove(SrtpFrame frame) {
        for (int i = 0; i < Integer.BYTES; i++) {
            trailer[i] = (byte) (frame.trailer >>> (24 - 8 * i));
        }
        mac.update(frame.bytes, frame.offset, frame.bodyEnd - frame.offset);
        mac.update(trailer);
        try {
            mac.doFinal(proof, 0);
        } catch (GeneralSecurityException roomIsThere) {
            throw new IllegalStateException(roomIsThere);
        }
    }

    /** "IV = (k_s * 2^16) XOR (SSRC * 2^64) XOR (i * 2^16)" (§4.1.1). */
    private void crypt(SrtpFrame frame) {
        System.arraycopy(salt, 0, nonce, 0, nonce.length);
        for (int i = 0; i < Integer.BYTES; i++) {
            nonce[SSRC_OFFSET + i] ^= (byte) (frame.ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            nonce[INDEX_OFFSET + i] ^= (byte) (frame.index >>> (40 - 8 * i));
        }
        counter.xor(nonce, frame.bytes, frame.bodyOffset, frame.bodyLength());
    }
}
