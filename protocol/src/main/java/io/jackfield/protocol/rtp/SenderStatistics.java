package io.jackfield.protocol.rtp;

/**
 * What a sender counts about its stream, for its reports (RFC 3550 §6.4.1).
 *
 * <p>One thread.
 */
public final class SenderStatistics {
    private final int ssrc;
    private final int clockRate;
    private long packets;
    private long payloadBytes;
    private int lastRtpTimestamp;
    private long lastNanos;

    /**
     * @param clockRate units per second
     */
    public SenderStatistics(int ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = RtpClock.checked(clockRate);
    }

    /**
     * Counts one packet sent. Late ones and those of a telephone event repeat or step back in media
     * time; the relation to the clock is then left as it was.
     */
    public void sent(int rtpTimestamp, int payloadLength, long nowNanos) {
        if (packets == 0 || rtpTimestamp - lastRtpTimestamp > 0) {
            lastRtpTimestamp = rtpTimestamp;
            lastNanos = nowNanos;
        }
        packets++;
        payloadBytes += payloadLength;
    }

    public int ssrc() {
        return ssrc;
    }

    /** Units per second. */
    public int clockRate() {
        return clockRate;
    }

    public long packets() {
        return packets;
    }

    /** Without headers and padding. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** The media time that corresponds to {@code nowNanos} (§6.4.1); 0 before the first packet. */
    public int rtpTimestampAt(long nowNanos) {
        return packets == 0
                ? 0
                : lastRtpTimestamp + (int) RtpClock.units(nowNanos - lastNanos, clockRate);
    }
}
