package io.jackfield.media.audio;

/**
 * Places packets of one stream in its numbers and its media time, neither of which ever wraps here.
 *
 * <p>A packet far from all others in number or time is a stray or a restart. As in RFC 3550 A.1,
 * two such packets in a row which fit each other are a restart.
 */
public final class MediaTimeline {
    /** What a packet turned out to be. */
    public enum Place {
        FITS,
        FAR_OFF,
        /** Numbers and media time begin anew with this packet. */
        RESTARTED
    }

    /** A jump ahead beyond this is no loss (A.1's MAX_DROPOUT): a minute of audio. */
    private static final int DROPOUT_MAX = 3_000;

    private static final int MISORDER_MAX = PacketSlots.SIZE;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A media clock that goes apart from ours by this much from one packet to the next is new. */
    private static final long APART_MAX_NANOS = NANOS_PER_SECOND;

    private final int sampleRate;
    private final int clockRate;

    private boolean begun;
    private long highest;
    private long number;
    private long time;
    private int lastTimestamp;
    private long lastArrivalNanos;

    private boolean strayed;
    private int straySequence;
    private int strayTimestamp;
    private long strayArrivalNanos;

    /**
     * @param sampleRate units of {@link #time} a second
     * @param clockRate units of the RTP timestamp a second
     */
    public MediaTimeline(int sampleRate, int clockRate) {
        this.sampleRate = sampleRate;
        this.clockRate = clockRate;
    }

    /** Finds {@link #number} and {@link #time} of a packet, unless it is far off. */
    public Place place(int sequence, int timestamp, long nowNanos) {
        if (!begun) {
            begin(sequence, timestamp, nowNanos);
            return Place.FITS;
        }
        int ahead = (short) (sequence - (int) highest);
        boolean fits =
                ahead <= DROPOUT_MAX
                        && ahead > -MISORDER_MAX
                        && isNear(timestamp, lastTimestamp, nowNanos - lastArrivalNanos);
        if (fits) {
            number = highest + ahead;
            time += (long) (timestamp - lastTimestamp) * sampleRate / clockRate;
            lastTimestamp = timestamp;
            lastArrivalNanos = nowNanos;
            strayed = false;
            return Place.FITS;
        }
        if (!followsStray(sequence, timestamp, nowNanos)) {
            stray(sequence, timestamp, nowNanos);
            return Place.FAR_OFF;
        }
        begin(sequence, timestamp, nowNanos);
        return Place.RESTARTED;
    }

    private void begin(int sequence, int timestamp, long nowNanos) {
        begun = true;
        strayed = false;
        number = (sequence & 0xFFFFL) + (1 << 16);
        highest = number;
        time = 0;
        lastTimestamp = timestamp;
        lastArrivalNanos = nowNanos;
    }

    private void stray(int sequence, int timestamp, long nowNanos) {
        strayed = true;
        straySequence = sequence;
        strayTimestamp = timestamp;
        strayArrivalNanos = nowNanos;
    }

    private boolean followsStray(int sequence, int timestamp, long nowNanos) {
        int ahead = (short) (sequence - straySequence);
        return strayed
                && ahead > 0
                && ahead < MISORDER_MAX
                && isNear(timestamp, strayTimestamp, nowNanos - strayArrivalNanos);
    }

    private boolean isNear(int timestamp, int before, long apartNanos) {
        long step = (long) (timestamp - before) * NANOS_PER_SECOND / clockRate;
        return Math.abs(step - apartNanos) <= APART_MAX_NANOS;
    }

    /** The packet that was placed last counts as received. */
    public void advance() {
        highest = Math.max(highest, number);
    }

    /** Of the packets received; each round of 65,536 numbers goes on from the one before. */
    public long highest() {
        return highest;
    }

    /** Of the packet placed last. */
    public long number() {
        return number;
    }

    /** Of the packet placed last, in samples since the stream began. */
    public long time() {
        return time;
    }
}
