package io.jackfield.protocol.rtp;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class RtpRewriter {

    /**
     * @param ssrc of the outgoing stream
     * @param clockRate of the outgoing stream, units per second
     * @param firstSequenceNumber 0 to 65535, random
     * @param firstRtpTimestamp random
     */
    public RtpRewriter(int ssrc, int clockRate, int firstSequenceNumber, int firstRtpTimestamp) {
        throw new UnsupportedOperationException();
    }

    /** Goes on with the stream of another node. */
    public static RtpRewriter restore(RewriterState state, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** What to do with payload types from now on; at first each stays as it is. */
    public void payloadTypes(PayloadTypeMap map) {
        throw new UnsupportedOperationException();
    }

    /** The next packet begins a new source even if its SSRC is the old one's (re-route). */
    public void sourceChanges() {
        throw new UnsupportedOperationException();
    }

    /** Rewrites SSRC, sequence number, timestamp, payload type and marker in place. */
    public RewriteOutcome rewrite(RtpPacket packet, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    public int ssrc() {
        throw new UnsupportedOperationException();
    }

    public RewriterState exportState(long nowNanos) {
        throw new UnsupportedOperationException();
    }
}
