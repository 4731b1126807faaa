package io.jackfield.media.recording;

import java.nio.ByteBuffer;

/** What the first bytes of an Opus packet tell (RFC 6716 §3.1, §3.2). */
final class OpusPackets {
    /** "The duration of a packet MUST NOT exceed 120 ms" (RFC 6716 §3.2.5), at 48 kHz. */
    private static final int SAMPLES_MAX = 5_760;

    /** Lengths from here on have a second byte (RFC 6716 §3.2.1). */
    private static final int TWO_BYTES = 252;

    private static final int[] SILK = {480, 960, 1_920, 2_880};
    private static final int[] HYBRID = {480, 960};
    private static final int[] CELT = {120, 240, 480, 960};

    private OpusPackets() {}

    /** Length in samples at 48 kHz; 0 of what is no packet. */
    static int samples(ByteBuffer packet) {
        if (!packet.hasRemaining()) {
            return 0;
        }
        int toc = packet.get(packet.position()) & 0xFF;
        int samples = frameSamples(toc >> 3) * frames(packet, toc & 3);
        return samples > SAMPLES_MAX ? 0 : samples;
    }

    private static int frameSamples(int configuration) {
        if (configuration < 12) {
            return SILK[configuration % 4];
        }
        return configuration < 16 ? HYBRID[configuration % 2] : CELT[configuration % 4];
    }

    private static int frames(ByteBuffer packet, int code) {
        if (code < 3) {
            return code == 0 ? 1 : 2;
        }
        return packet.remaining() < 2 ? 0 : packet.get(packet.position() + 1) & 0x3F;
    }

    /**
     * Takes the first of several packets of one frame each, of which all but the last tell their
     * length (RFC 6716 appendix B), and moves the position behind it.
     *
     * @return an ordinary packet; an empty one where the bytes are not such packets
     */
    static ByteBuffer takeSelfDelimited(ByteBuffer packets) {
        if (packets.remaining() < 2) {
            return ByteBuffer.allocate(0);
        }
        byte toc = packets.get();
        int length = packets.get() & 0xFF;
        if (length >= TWO_BYTES && packets.hasRemaining()) {
            length += 4 * (packets.get() & 0xFF);
        }
        if ((toc & 3) != 0 || length > packets.remaining()) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer packet = ByteBuffer.allocate(length + 1).put(toc);
        packet.put(packets.slice(packets.position(), length));
        packets.position(packets.position() + length);
        return packet.flip();
    }
}
