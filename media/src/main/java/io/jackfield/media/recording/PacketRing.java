package io.jackfield.media.recording;

import io.jackfield.protocol.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Packets on their way from the media loop to a writer: bounded, allocated once, never blocking.
 *
 * <p>Thread-safety: one thread offers, one other takes.
 */
final class PacketRing {
    /** Seven seconds of G.711 in packets of 20 ms: a disk may stall that long without loss. */
    static final int BYTES = 64 << 10;

    /** No sender's datagram is longer; what is longer is not kept. */
    static final int PAYLOAD_MAX = 1_500;

    /** Length, codec and number, timestamp, SSRC, arrival. */
    private static final int HEADER_BYTES = 24;

    private static final int ALIGNMENT = 8;

    /** Stands where a packet would have to go over the end. */
    private static final int SKIP = -1;

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** Copies a packet; false where there is no room for it. Allocates nothing. */
    boolean offer(RtpPacket packet, VoiceCodec codec, long arrivalNanos) {
        int length = packet.payloadLength();
        int size = sizeOf(length);
        long end = written.getPlain();
        int at = index(end);
        int skipped = BYTES - at < size ? BYTES - at : 0;
        if (length > PAYLOAD_MAX || BYTES - (end - read.getAcquire()) < skipped + size) {
            return false;
        }
        if (skipped > 0) {
            bytes.putInt(at, SKIP);
            at = 0;
        }
        bytes.putInt(at, length);
        bytes.putInt(at + 4, codec.code() << 16 | packet.sequenceNumber());
        bytes.putInt(at + 8, packet.rtpTimestamp());
        bytes.putInt(at + 12, packet.ssrc());
        bytes.putLong(at + 16, arrivalNanos);
        bytes.put(at + HEADER_BYTES, packet.buffer(), packet.payloadOffset(), length);
        written.setRelease(end + skipped + size);
        return true;
    }

    /** Copies the next packet out; false where there is none. */
    boolean poll(VoicePacket into) {
        long from = read.getPlain();
        if (from == written.getAcquire()) {
            return false;
        }
        int at = index(from);
        if (bytes.getInt(at) == SKIP) {
            from += BYTES - at;
            at = 0;
        }
        int length = bytes.getInt(at);
        int both = bytes.getInt(at + 4);
        into.codec = VoiceCodec.ofCode(both >> 16);
        into.sequence = both & 0xFFFF;
        into.timestamp = bytes.getInt(at + 8);
        into.ssrc = bytes.getInt(at + 12);
        into.arrivalNanos = bytes.getLong(at + 16);
        into.payload(bytes, at + HEADER_BYTES, length);
        read.setRelease(from + sizeOf(length));
        return true;
    }

    /** Bytes taken, 0 to {@link #BYTES}. Any thread. */
    int fill() {
        return Math.clamp(written.get() - read.get(), 0, BYTES);
    }

    private static int sizeOf(int payload) {
        return (HEADER_BYTES + payload + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static int index(long position) {
        return (int) (position & (BYTES - 1));
    }
}
