package io.jackfield.protocol.rtp;

/**
 * Counts what came of one stream of sequence numbers (RFC 3550 A.1, A.3).
 *
 * <p>Departs from A.1 in three places, each so that what was heard is what is counted. There is no
 * probation: sources are authenticated or signalled before they get here, so the very first packet
 * counts. Duplicates are told apart and do not make up for losses. After a restart the totals go
 * on; only the extended sequence number begins anew.
 */
public final class SequenceTracker {
    /** A jump ahead beyond this is a stray or a restart (A.1's MAX_DROPOUT): a minute of audio. */
    private static final int DROPOUT_MAX = 3_000;

    private static final int NONE = -1;
    private static final int CYCLE = 1 << 16;

    private final SeenWindow seen = new SeenWindow();
    private boolean started;
    private long base;
    private long highest;
    private long expectedBefore;
    private int restartAt = NONE;
    private long received;
    private long duplicates;
    private long late;

    /** A tracker before its first packet. */
    public SequenceTracker() {}

    /**
     * Places one packet.
     *
     * @param sequenceNumber 0 to 65535
     */
    public SequenceOutcome receive(int sequenceNumber) {
        if (!started) {
            started = true;
            base = sequenceNumber;
            highest = sequenceNumber;
            seen.startWithNothingBefore();
            received++;
            return SequenceOutcome.FIRST;
        }
        int ahead = (short) (sequenceNumber - (int) highest);
        if (ahead > DROPOUT_MAX || ahead <= -SeenWindow.SIZE) {
            return farOff(sequenceNumber);
        }
        restartAt = NONE;
        return ahead > 0 ? ahead(ahead) : behind(-ahead);
    }

    private SequenceOutcome ahead(int by) {
        highest += by;
        seen.advance(by);
        received++;
        return by == 1 ? SequenceOutcome.NEXT : SequenceOutcome.AFTER_GAP;
    }

    private SequenceOutcome behind(int by) {
        if (!seen.mark(by)) {
            duplicates++;
            return SequenceOutcome.DUPLICATE;
        }
        base = Math.min(base, highest - by);
        received++;
        late++;
        return SequenceOutcome.LATE;
    }

    /** "Two sequential packets -- assume that the other side restarted" (A.1); both count. */
    private SequenceOutcome farOff(int sequenceNumber) {
        if (sequenceNumber != restartAt) {
            restartAt = (sequenceNumber + 1) & 0xFFFF;
            return SequenceOutcome.FAR_OFF;
        }
        expectedBefore = expected();
        restartAt = NONE;
        highest = sequenceNumber == 0 ? CYCLE : sequenceNumber;
        base = highest - 1;
        seen.startWithNothingBefore();
        seen.mark(1);
        received += 2;
        return SequenceOutcome.RESTARTED;
    }

    /** Highest sequence number extended by the number of cycles (A.1); 0 before the first. */
    public long extendedHighest() {
        return highest;
    }

    /** Packets that should have come, from the first to the highest (A.3). */
    public long expected() {
        return started ? expectedBefore + highest - base + 1 : 0;
    }

    /** Packets that came, without duplicates. */
    public long received() {
        return received;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Packets that came after one sent later, and were new. */
    public long late() {
        return late;
    }

    /** Packets missing so far; never negative, since duplicates do not count. */
    public long lost() {
        return expected() - received;
    }
}
