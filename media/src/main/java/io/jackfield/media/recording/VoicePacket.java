package io.jackfield.media.recording;

import java.nio.ByteBuffer;

/** A received packet that waits to be decoded; used again for others. Thread: the writer's. */
final class VoicePacket {
    private static final int BYTES_USUAL = 192;

    VoiceCodec codec = VoiceCodec.NONE;
    int sequence;
    int timestamp;
    int ssrc;
    long arrivalNanos;

    /** Where it belongs. */
    VoiceSegment segment = VoiceSegment.NONE;

    /** Its place among the packets of its segment. */
    long number;

    /** When its sound ends, on the sender's clock. */
    long endNanos;

    private ByteBuffer payload = ByteBuffer.allocate(BYTES_USUAL);

    void payload(ByteBuffer from, int offset, int length) {
        if (payload.capacity() < length) {
            payload = ByteBuffer.allocate(PacketRing.PAYLOAD_MAX);
        }
        payload.clear();
        payload.put(0, from, offset, length);
        payload.limit(length);
    }

    ByteBuffer payload() {
        return payload;
    }

    boolean isBefore(VoicePacket other) {
        return segment == other.segment
                ? number < other.number
                : segment.index() < other.segment.index();
    }

    boolean isSameAs(VoicePacket other) {
        return segment == other.segment && number == other.number;
    }
}
