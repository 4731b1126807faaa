package io.jackfield.media.ogg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first packet of an Opus stream (RFC 7845 §5.1).
 *
 * @param channels 1 to 8
 * @param preSkip samples of 48 kHz to throw away at the beginning
 * @param inputRate of what was encoded, for people
 * @param streams Opus packets in each Ogg packet, all but the last self-delimited
 */
public record OpusHead(int channels, int preSkip, int inputRate, int streams) {
    private static final byte[] MAGIC = ascii("OpusHead");
    private static final int FAMILY_OFFSET = 18;

    /** Two channels that have nothing to do with each other: two streams, none coupled. */
    public static OpusHead twoMono(int preSkip, int inputRate) {
        return new OpusHead(2, preSkip, inputRate, 2);
    }

    /** As the packet: family 1 with the streams in the order of their channels. */
    public ByteBuffer write() {
        ByteBuffer head = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC).put((byte) 1).put((byte) channels).putShort((short) preSkip);
        head.putInt(inputRate).putShort((short) 0).put((byte) 1);
        head.put((byte) streams).put((byte) 0);
        for (int i = 0; i < channels; i++) {
            head.put((byte) i);
        }
        return head.flip();
    }

    /** The second packet: whose encoder, and no comments (§5.2). */
    public static ByteBuffer tags(String vendor) {
        byte[] name = vendor.getBytes(StandardCharsets.UTF_8);
        ByteBuffer tags = ByteBuffer.allocate(16 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        tags.put(ascii("OpusTags")).putInt(name.length).put(name).putInt(0);
        return tags.flip();
    }

    /** Empty for what is none, or has a version that we do not know. */
    public static Optional<OpusHead> read(byte[] packet) {
        ByteBuffer head = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        if (packet.length <= FAMILY_OFFSET
                || !head.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
                || (packet[8] & 0xF0) != 0) {
            return Optional.empty();
        }
        boolean simple = packet[FAMILY_OFFSET] == 0;
        int channels = packet[9] & 0xFF;
        int streams = simple ? 1 : packet.length > 19 ? packet[19] & 0xFF : 0;
        if (channels == 0 || simple && channels > 2 || streams == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new OpusHead(channels, head.getShort(10) & 0xFFFF, head.getInt(12), streams));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
