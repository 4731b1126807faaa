package io.jackfield.loadtool.media;

import io.jackfield.loadtool.measure.NumberedFrame;
import io.jackfield.loadtool.measure.StreamLog;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;

/**
 * One stream of numbered frames: RTP with a frame each 20 ms.
 *
 * <p>Thread: the loop's.
 */
final class Talker {
    private static final int FRAME_MILLIS = 20;
    private static final int MILLIS_PER_SECOND = 1_000;

    /** 20 ms of G.711 at 64 kbit/s. */
    private static final int G711_BYTES = 160;

    /** 20 ms of Opus at 32 kbit/s, what browsers send for speech. */
    private static final int OPUS_BYTES = 80;

    private final int index;
    private final int run;
    private final Way way;
    private final StreamLog log;
    private final int ssrc;
    private int payloadType;
    private int payloadBytes;
    private int unitsPerFrame;
    private int clockRate;
    private int sequenceNumber;
    private int rtpTimestamp;

    Talker(int index, int run, Way way, StreamLog log, int ssrc) {
        this.index = index;
        this.run = run;
        this.way = way;
        this.log = log;
        this.ssrc = ssrc;
        // A first number far from the end, so that a roll-over is met in its time (RFC 3711).
        this.sequenceNumber = ssrc & 0x3FFF;
        this.rtpTimestamp = ssrc;
    }

    void speak(CodecMap.Entry codec) {
        payloadType = codec.send();
        clockRate = codec.codec().clockRate();
        unitsPerFrame = clockRate / MILLIS_PER_SECOND * FRAME_MILLIS;
        payloadBytes = codec.codec().name().equals("opus") ? OPUS_BYTES : G711_BYTES;
    }

    /**
     * Writes the next packet, from position 0 to limit.
     *
     * @param packet with room behind for a tag
     */
    void write(ByteBuffer packet, long nowNanos) {
        int number = log.takeNumber();
        packet.clear();
        RtpPacket.writeHeader(
                packet, number == 0, payloadType, sequenceNumber++, rtpTimestamp, ssrc);
        rtpTimestamp += unitsPerFrame;
        NumberedFrame.write(
                packet, RtpPacket.HEADER_BYTES, payloadBytes, run, index, number, nowNanos);
        packet.position(0).limit(RtpPacket.HEADER_BYTES + payloadBytes);
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

    int payloadBytes() {
        return payloadBytes;
    }

    /** Of the packet last written. */
    int lastRtpTimestamp() {
        return rtpTimestamp - unitsPerFrame;
    }
}
