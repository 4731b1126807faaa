package io.jackfield.protocol.rtp;

/**
 * Makes one unbroken RTP stream out of whatever is forwarded to a leg, one source after another.
 *
 * <p>The receiver sees one SSRC, sequence numbers without a jump and media time that goes on with
 * real time, whatever happens before us: a new SSRC, a re-INVITE, a hold, another call leg, a
 * prompt in between. Within one source, loss and reordering are passed on as they are, so that the
 * receiver can tell and mend them. No outgoing sequence number is ever given out twice.
 *
 * <p>Allocates nothing per packet. One thread.
 */
public final class RtpRewriter {
    /** A jump ahead beyond this is a stray or a restart of the source: a minute of audio. */
    private static final int DROPOUT_MAX = 3_000;

    /**
     * Media time that differs from real time by more may be another timeline: the source stood
     * still (hold) or started anew. What differs by less is the network's delay and is passed on.
     */
    private static final int TIMELINE_SECONDS_MAX = 2;

    /** Least step between two sources: a frame of 20 ms, in fractions of a second. */
    private static final int FRAMES_PER_SECOND = 50;

    /** Packets of the source before that arrive within this time of a change are stragglers. */
    private static final long STRAGGLER_NANOS = 500_000_000L;

    private static final int NONE = -1;

    private final int ssrc;
    private final int clockRate;
    private final SeenWindow taken = new SeenWindow();
    private PayloadTypeMap payloadTypes = PayloadTypeMap.identity();

    private boolean started;
    private int highest;
    private int anchorTimestamp;
    private long anchorNanos;
    private long newestNanos;

    private boolean sourceKnown;
    private int sourceSsrc;
    private int sequenceOffset;
    private int timestampOffset;
    private int restartAt = NONE;

    private boolean stragglersPossible;
    private int stragglerSsrc;
    private long changedNanos;

    /**
     * @param ssrc of the outgoing stream
     * @param clockRate of the outgoing stream, units per second
     * @param firstSequenceNumber 0 to 65535, random
     * @param firstRtpTimestamp random
     */
    public RtpRewriter(int ssrc, int clockRate, int firstSequenceNumber, int firstRtpTimestamp) {
        this.ssrc = ssrc;
        this.clockRate = RtpClock.checked(clockRate);
        this.highest = firstSequenceNumber & 0xFFFF;
        this.anchorTimestamp = firstRtpTimestamp;
    }

    /** Goes on with the stream of another node; what comes first is a new source. */
    public static RtpRewriter restore(RewriterState state, long nowNanos) {
        RtpRewriter rewriter =
                new RtpRewriter(
                        state.ssrc(),
                        state.clockRate(),
                        state.sequenceNumber(),
                        state.rtpTimestamp());
        rewriter.started = state.started();
        rewriter.anchorNanos = nowNanos - state.sinceLastNanos();
        return rewriter;
    }

    /** What to do with payload types from now on; at first each stays as it is. */
    public void payloadTypes(PayloadTypeMap map) {
        payloadTypes = map;
    }

    /** The next packet begins a new source even if its SSRC is the old one's (re-route). */
    public void sourceChanges() {
        sourceKnown = false;
        stragglersPossible = false;
    }

    /** Rewrites SSRC, sequence number, timestamp, payload type and marker in place. */
    public RewriteOutcome rewrite(RtpPacket packet, long nowNanos) {
        int payloadType = payloadTypes.get(packet.payloadType());
        if (sourceKnown && packet.ssrc() == sourceSsrc) {
            return follow(packet, payloadType, nowNanos);
        }
        if (isStraggler(packet.ssrc(), nowNanos)) {
            return RewriteOutcome.TOO_LATE;
        }
        if (payloadType == PayloadTypeMap.UNMAPPED) {
            return RewriteOutcome.UNMAPPED_PAYLOAD_TYPE;
        }
        stragglersPossible = sourceKnown;
        stragglerSsrc = sourceSsrc;
        changedNanos = nowNanos;
        sourceKnown = true;
        sourceSsrc = packet.ssrc();
        return resume(packet, payloadType, nowNanos);
    }

    private boolean isStraggler(int sourceSsrcOfPacket, long nowNanos) {
        return stragglersPossible
                && sourceSsrcOfPacket == stragglerSsrc
                && nowNanos - changedNanos < STRAGGLER_NANOS;
    }

    /** Attaches a source, or a source that moved, right behind what was sent. */
    private RewriteOutcome resume(RtpPacket packet, int payloadType, long nowNanos) {
        int timestamp = started ? timestampNow(nowNanos) : anchorTimestamp;
        int next = started ? highest + 1 : highest;
        started = true;
        restartAt = NONE;
        highest = next & 0xFFFF;
        taken.startWithAllTaken();
        sequenceOffset = next - packet.sequenceNumber();
        timestampOffset = timestamp - packet.rtpTimestamp();
        anchor(timestamp, nowNanos);
        newestNanos = nowNanos;
        write(packet, payloadType, next, timestamp);
        packet.marker(true);
        return RewriteOutcome.FORWARD_RESUMED;
    }

    private RewriteOutcome follow(RtpPacket packet, int payloadType, long nowNanos) {
        int sequence = packet.sequenceNumber() + sequenceOffset;
        int ahead = (short) (sequence - highest);
        if (ahead > DROPOUT_MAX || ahead <= -SeenWindow.SIZE) {
            return farOff(packet, payloadType, nowNanos);
        }
        restartAt = NONE;
        if (payloadType == PayloadTypeMap.UNMAPPED) {
            closeUp(ahead);
            return RewriteOutcome.UNMAPPED_PAYLOAD_TYPE;
        }
        int timestamp = packet.rtpTimestamp() + timestampOffset;
        if (ahead <= 0) {
            if (!taken.mark(-ahead)) {
                return RewriteOutcome.DUPLICATE;
            }
            write(packet, payloadType, sequence, timestamp);
            return RewriteOutcome.FORWARD;
        }
        if (isAnotherTimeline(timestamp, nowNanos)) {
            return resume(packet, payloadType, nowNanos);
        }
        highest = sequence & 0xFFFF;
        taken.advance(ahead);
        newestNanos = nowNanos;
        if (timestamp - anchorTimestamp > 0) {
            anchor(timestamp, nowNanos);
        }
        write(packet, payloadType, sequence, timestamp);
        return RewriteOutcome.FORWARD;
    }

    /** One far-off packet is a stray; a second right behind it says that the source moved. */
    private RewriteOutcome farOff(RtpPacket packet, int payloadType, long nowNanos) {
        boolean moved = packet.sequenceNumber() == restartAt;
        restartAt = (packet.sequenceNumber() + 1) & 0xFFFF;
        if (!moved) {
            return RewriteOutcome.TOO_LATE;
        }
        return payloadType == PayloadTypeMap.UNMAPPED
                ? RewriteOutcome.UNMAPPED_PAYLOAD_TYPE
                : resume(packet, payloadType, nowNanos);
    }

    /** What is left out must not look like a loss: those behind it move up by one. */
    private void closeUp(int ahead) {
        if (ahead > 0) {
            sequenceOffset--;
        }
    }

    /**
     * Media time ahead of real time, or far back, is another timeline. Media time behind real time
     * is one only after a silence: the packets of an RFC 4733 event all carry its beginning.
     */
    private boolean isAnotherTimeline(int timestamp, long nowNanos) {
        long unitsMax = (long) TIMELINE_SECONDS_MAX * clockRate;
        int mediaUnits = timestamp - anchorTimestamp;
        long behind = RtpClock.units(nowNanos - anchorNanos, clockRate) - mediaUnits;
        if (-behind > unitsMax || mediaUnits < -unitsMax) {
            return true;
        }
        long silence = RtpClock.units(nowNanos - newestNanos, clockRate);
        return behind > unitsMax && silence > unitsMax;
    }

    private int timestampNow(long nowNanos) {
        long elapsed = RtpClock.units(nowNanos - anchorNanos, clockRate);
        return anchorTimestamp + (int) Math.max(elapsed, clockRate / FRAMES_PER_SECOND);
    }

    private void anchor(int timestamp, long nowNanos) {
        anchorTimestamp = timestamp;
        anchorNanos = nowNanos;
    }

    private void write(RtpPacket packet, int payloadType, int sequence, int timestamp) {
        packet.ssrc(ssrc);
        packet.sequenceNumber(sequence);
        packet.rtpTimestamp(timestamp);
        packet.payloadType(payloadType);
    }

    /** Of the outgoing stream. */
    public int ssrc() {
        return ssrc;
    }

    /** Where the stream stands, for another node. */
    public RewriterState exportState(long nowNanos) {
        return new RewriterState(
                ssrc,
                clockRate,
                started,
                highest,
                anchorTimestamp,
                started ? Math.max(0, nowNanos - anchorNanos) : 0);
    }
}
