package io.jackfield.protocol.rtp;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class SequenceTracker {
    /** A tracker before its first packet. */
    public SequenceTracker() {}

    /** Places one packet. */
    public SequenceOutcome receive(int sequenceNumber) {
        throw new UnsupportedOperationException();
    }

    /** Highest sequence number extended by the number of cycles (A.1); 0 before the first. */
    public long extendedHighest() {
        throw new UnsupportedOperationException();
    }

    /** Packets that should have come, from the first to the highest (A.3). */
    public long expected() {
        throw new UnsupportedOperationException();
    }

    /** Packets that came, without duplicates. */
    public long received() {
        throw new UnsupportedOperationException();
    }

    public long duplicates() {
        throw new UnsupportedOperationException();
    }

    public long late() {
        throw new UnsupportedOperationException();
    }

    /** expected - received; never negative since duplicates do not count. */
    public long lost() {
        throw new UnsupportedOperationException();
    }
}
