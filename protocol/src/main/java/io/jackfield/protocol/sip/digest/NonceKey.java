package io.jackfield.protocol.sip.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes nonces that need not be remembered: each says when it was made, and proves by an HMAC that
 * we made it for this realm. Those who share the key take each other's.
 *
 * <p>48 bits of milliseconds, 32 bits of serial number, 128 bits of HMAC-SHA-256; Base64 for URLs.
 */
final class NonceKey {
    static final int LENGTH_MIN = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int STAMP_LENGTH = 10;
    private static final int MAC_LENGTH = 16;
    private static final int TEXT_LENGTH = 35;

    private final SecretKeySpec key;
    private final byte[] realm;

    NonceKey(byte[] key, String realm) {
        if (key.length < LENGTH_MIN) {
            throw new IllegalArgumentException("nonce key is shorter than 32 bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.realm = realm.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A nonce.
     *
     * @param serial tells apart those of one millisecond
     */
    String make(long nowMillis, int serial) {
        byte[] nonce = new byte[STAMP_LENGTH + MAC_LENGTH];
        ByteBuffer stamp = ByteBuffer.wrap(nonce);
        stamp.putShort((short) (nowMillis >>> 32)).putInt((int) nowMillis).putInt(serial);
        System.arraycopy(mac(nonce), 0, nonce, STAMP_LENGTH, MAC_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** When we made that nonce, in milliseconds; empty when we did not. */
    OptionalLong madeAtMillis(String nonce) {
        if (nonce.length() != TEXT_LENGTH) {
            return OptionalLong.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException notBase64) {
            return OptionalLong.empty();
        }
        byte[] claimed = Arrays.copyOfRange(bytes, STAMP_LENGTH, bytes.length);
        if (!MessageDigest.isEqual(claimed, Arrays.copyOf(mac(bytes), MAC_LENGTH))) {
            return OptionalLong.empty();
        }
        ByteBuffer stamp = ByteBuffer.wrap(bytes);
        long high = stamp.getShort() & 0xFFFFL;
        return OptionalLong.of(high << 32 | stamp.getInt() & 0xFFFF_FFFFL);
    }

    /** A value that nobody can know, always the same for the same text. */
    byte[] secretFor(String text) {
        return mac().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(byte[] nonce) {
        Mac mac = mac();
        mac.update(nonce, 0, STAMP_LENGTH);
        return mac.doFinal(realm);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
