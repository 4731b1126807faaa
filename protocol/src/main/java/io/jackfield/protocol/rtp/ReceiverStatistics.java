package io.jackfield.protocol.rtp;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class ReceiverStatistics {
    public ReceiverStatistics(int ssrc, int clockRate) {
        throw new UnsupportedOperationException();
    }

    public SequenceOutcome receive(int sequenceNumber, int rtpTimestamp, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    public int ssrc() {
        throw new UnsupportedOperationException();
    }

    public int clockRate() {
        throw new UnsupportedOperationException();
    }

    /** Packets, loss, order. */
    public SequenceTracker sequence() {
        throw new UnsupportedOperationException();
    }

    /** Interarrival jitter in clock-rate units (A.8). */
    public long jitterRtpUnits() {
        throw new UnsupportedOperationException();
    }

    public double jitterMillis() {
        throw new UnsupportedOperationException();
    }

    /** Loss since the last call of this method, in 256ths, 0 to 255 (A.3). */
    public int takeFractionLost() {
        throw new UnsupportedOperationException();
    }
}
