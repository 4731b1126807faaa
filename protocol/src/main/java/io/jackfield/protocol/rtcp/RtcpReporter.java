package io.jackfield.protocol.rtcp;

import io.jackfield.protocol.rtp.ReceiverStatistics;
import io.jackfield.protocol.rtp.SenderStatistics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class RtcpReporter {
    /** Sources reported on at most. */
    public static final int SOURCES_MAX = 16;

    /**
     * @param sender what this leg sends; reports are SR once it has sent, RR before
     * @param cname the leg's canonical name (RFC 7022), at most 255 bytes
     * @param random spreads the reports (§6.3.1)
     * @param wallClock the moment {@code nowNanos}, for NTP times
     */
    public RtcpReporter(
            SenderStatistics sender,
            String cname,
            RandomGenerator random,
            Instant wallClock,
            long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Adds a source to report on; false at {@link #SOURCES_MAX}, where it is not. */
    public boolean source(ReceiverStatistics source) {
        throw new UnsupportedOperationException();
    }

    /** When {@link #poll} wants to be called. */
    public long deadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /** Writes a report (cleared here, then position 0 to limit) if one is due. */
    public boolean poll(ByteBuffer out, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Writes the last compound, with BYE. */
    public void goodbye(ByteBuffer out, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Takes a received compound. */
    public void handle(RtcpParse.Compound compound, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** What the peer last said about our stream. */
    public Optional<PeerReport> heardByPeer() {
        throw new UnsupportedOperationException();
    }

    /** True once the peer has said BYE for a source. */
    public boolean saidGoodbye(int ssrc) {
        throw new UnsupportedOperationException();
    }
}
