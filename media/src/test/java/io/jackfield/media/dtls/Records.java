package io.jackfield.media.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes DTLS records by hand, right and wrong ones. */
final class Records {
    static final int CLIENT_HELLO = 1;
    static final int CERTIFICATE = 11;

    private Records() {}

    /** One record: type, epoch, sequence, body. */
    static byte[] record(int type, int epoch, long sequence, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(13 + body.length);
        out.put((byte) type).putShort((short) 0xFEFD).putShort((short) epoch);
        out.putShort((short) (sequence >>> 32)).putInt((int) sequence);
        out.putShort((short) body.length).put(body);
        return out.array();
    }

    /** One fragment of a handshake message that claims {@code length} bytes in all. */
    static byte[] fragment(int type, int length, int messageSequence, int offset, byte[] bytes) {
        ByteBuffer out = ByteBuffer.allocate(12 + bytes.length);
        out.put((byte) type);
        uint24(out, length);
        out.putShort((short) messageSequence);
        uint24(out, offset);
        uint24(out, bytes.length);
        return out.put(bytes).array();
    }

    /** A handshake record in the clear. */
    static ByteBuffer handshake(
            int type, int length, int messageSequence, int offset, byte[] bytes) {
        byte[] fragment = fragment(type, length, messageSequence, offset, bytes);
        return ByteBuffer.wrap(record(22, 0, messageSequence, fragment));
    }

    static ByteBuffer clearAlert(int description) {
        return ByteBuffer.wrap(record(21, 0, 7, new byte[] {2, (byte) description}));
    }

    static ByteBuffer join(byte[]... records) {
        ByteBuffer out = ByteBuffer.allocate(Arrays.stream(records).mapToInt(r -> r.length).sum());
        Arrays.stream(records).forEach(out::put);
        return out.flip();
    }

    private static void uint24(ByteBuffer out, int value) {
        out.put((byte) (value >>> 16)).putShort((short) value);
    }
}
