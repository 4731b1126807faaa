package io.jackfield.loadtool.floor;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What SRTP takes for a packet by the JDK's own cryptography: AES in counter mode and HMAC-SHA1
 * (RFC 3711), with nothing around them. One thread.
 */
final class SrtpCost {
    private static final int HEADER_BYTES = 12;
    private static final int KEY_BYTES = 16;
    private static final int TAG_KEY_BYTES = 20;

    private final Cipher cipher;
    private final SecretKeySpec key = new SecretKeySpec(new byte[KEY_BYTES], "AES");
    private final Mac mac;
    private final byte[] packet;
    private final byte[] tag = new byte[TAG_KEY_BYTES];
    private final byte[] nonce = new byte[KEY_BYTES];

    SrtpCost(int packetBytes) throws GeneralSecurityException {
        packet = new byte[packetBytes];
        cipher = Cipher.getInstance("AES/CTR/NoPadding");
        mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(new byte[TAG_KEY_BYTES], "HmacSHA1"));
    }

    /** Of one packet, mean of many; wall-clock time. */
    double nanos(int packets) throws GeneralSecurityException {
        long beginNanos = System.nanoTime();
        for (int i = 0; i < packets; i++) {
            seal(i);
        }
        return (double) (System.nanoTime() - beginNanos) / packets;
    }

    private void seal(int index) throws GeneralSecurityException, ShortBufferException {
        ByteBuffer.wrap(nonce).putInt(HEADER_BYTES, 0).putInt(8, index);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
        int _ =
                cipher.update(
                        packet, HEADER_BYTES, packet.length - HEADER_BYTES, packet, HEADER_BYTES);
        mac.update(packet);
        mac.doFinal(tag, 0);
    }
}
