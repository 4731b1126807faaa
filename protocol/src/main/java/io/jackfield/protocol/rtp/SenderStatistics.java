package io.jackfield.protocol.rtp;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class SenderStatistics {
    public SenderStatistics(int ssrc, int clockRate) {
        throw new UnsupportedOperationException();
    }

    /** Counts one packet sent. */
    public void sent(int rtpTimestamp, int payloadBytes, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    public int ssrc() {
        throw new UnsupportedOperationException();
    }

    public int clockRate() {
        throw new UnsupportedOperationException();
    }

    public long packets() {
        throw new UnsupportedOperationException();
    }

    public long payloadBytes() {
        throw new UnsupportedOperationException();
    }

    /** The media time that corresponds to {@code nowNanos}, for a sender report (§6.4.1). */
    public int rtpTimestampAt(long nowNanos) {
        throw new UnsupportedOperationException();
    }
}
