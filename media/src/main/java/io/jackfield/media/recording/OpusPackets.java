package io.jackfield.media.recording;

import java.nio.ByteBuffer;

/** What the first bytes of an Opus packet tell (RFC 6716 §3.1, §3.2). */
final class OpusPackets {
    /** "The duration of a packet MUST NOT exceed 120 ms" (RFC 6716 §3.2.5), at 48 kHz. */
    private static final int SAMPLES_MAX = 5_760;

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
}
