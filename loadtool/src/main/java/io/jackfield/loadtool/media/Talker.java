package io.jackfield.loadtool.media;

import io.jackfield.loadtool.measure.StreamLog;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One stream: RTP with a frame each 20 ms.
 *
 * <p>Thread: the loop's.
 */
final class Talker {
    private static final int FRAME_MILLIS = 20;
    private static final int MILLIS_PER_SECOND = 1_000;

    /** When frames were sent is remembered for five seconds. */
    private static final int REMEMBERED = 256;

    private final int index;
    private final Voice voice;
    private final Way way;
    private final StreamLog log;
    private final int ssrc;
    private final long[] sentNanos = new long[REMEMBERED];
    private CodecMap.@Nullable Entry codec;
    private int payloadBytes;
    private int unitsPerFrame;
    private int clockRate;
    private int sequenceNumber;
    private int rtpTimestamp;

    Talker(int index, Voice voice, Way way, StreamLog log, int ssrc) {
        this.index = index;
        this.voice = voice;
        this.way = way;
        this.log = log;
        this.ssrc = ssrc;
        // A first number far from the end, so that a roll-over is met in its time (RFC 3711).
        this.sequenceNumber = ssrc & 0x3FFF;
        this.rtpTimestamp = ssrc;
    }

    void speak(CodecMap.Entry chosen) {
        codec = chosen;
        clockRate = chosen.codec().clockRate();
        unitsPerFrame = clockRate / MILLIS_PER_SECOND * FRAME_MILLIS;
    }

    /**
     * Writes the next packet, from position 0 to limit; {@link #speak} was called.
     *
     * @param packet with room behind for a tag
     */
    void write(ByteBuffer packet, long nowNanos) {
        CodecMap.Entry chosen = Objects.requireNonNull(codec);
        int number = log.takeNumber();
        sentNanos[number % REMEMBERED] = nowNanos;
        packet.clear();
        RtpPacket.writeHeader(
                packet, number == 0, chosen.send(), sequenceNumber++, rtpTimestamp, ssrc);
        rtpTimestamp += unitsPerFrame;
        payloadBytes = voice.write(packet, RtpPacket.HEADER_BYTES, chosen, index, number, nowNanos);
        packet.position(0).limit(RtpPacket.HEADER_BYTES + payloadBytes);
    }

    /** True for a frame that was sent, and not so long ago that it is forgotten when. */
    boolean remembers(int number) {
        return number >= 0 && number < log.sent() && number >= log.sent() - REMEMBERED;
    }

    /** When that frame was sent, where it is remembered. */
    long sentNanos(int number) {
        return sentNanos[number % REMEMBERED];
    }

    /** The last mark that was sent before that moment; below 0 for none. */
    int lastMarkBefore(long nanos) {
        int number = (int) (log.sent() - 1) / MarkedSound.PERIOD * MarkedSound.PERIOD;
        while (remembers(number) && sentNanos(number) - nanos > 0) {
            number -= MarkedSound.PERIOD;
        }
        return remembers(number) ? number : -1;
    }

    int index() {
        return index;
    }

    Way way() {
        return way;
    }

    StreamLog log() {
        return log;
    }

    int ssrc() {
        return ssrc;
    }

    int clockRate() {
        return clockRate;
    }

    /** Of the packet last written. */
    int payloadBytes() {
        return payloadBytes;
    }

    /** Of the packet last written. */
    int lastRtpTimestamp() {
        return rtpTimestamp - unitsPerFrame;
    }
}
