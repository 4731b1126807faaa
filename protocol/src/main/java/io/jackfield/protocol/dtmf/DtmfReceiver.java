package io.jackfield.protocol.dtmf;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One press from the many packets that tell of it (RFC 4733 §2.5.2).
 *
 * <p>All packets of a press carry the timestamp of its beginning, so that is what tells presses
 * apart. A press is reported once: with its first end packet, or when the next press begins, or
 * when its packets have stopped for {@value #SILENCE_MILLIS} ms. Events that are no digit (hook
 * flash, tones) are ignored.
 *
 * <p>One thread.
 */
public final class DtmfReceiver {
    /** Updates come each 20 to 50 ms; after this much silence the end packets were lost. */
    private static final int SILENCE_MILLIS = 250;

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int DURATION_MAX = 0xFFFF;

    /** Packets of an earlier press may straggle this far behind, in seconds of media time. */
    private static final int STRAGGLE_SECONDS_MAX = 5;

    private enum Phase {
        /** Nothing heard yet. */
        NONE,
        /** A press goes on. */
        PRESSED,
        /** Its end is known but was not told yet. */
        ENDED,
        /** Told; more packets of it are repetitions. */
        TOLD
    }

    private final int clockRate;
    private Phase phase = Phase.NONE;
    private DtmfDigit digit = DtmfDigit.DIGIT_0;
    private int rtpTimestamp;
    private int segmentDuration;
    private long earlierSegments;
    private long deadlineNanos;

    /**
     * @param clockRate of the telephone-event stream, units per second: 8000 or 48000
     */
    public DtmfReceiver(int clockRate) {
        if (clockRate <= 0) {
            throw new IllegalArgumentException("clock rate must be positive: " + clockRate);
        }
        this.clockRate = clockRate;
    }

    /**
     * Takes the payload of one packet.
     *
     * @param payloadOffset absolute index into the buffer
     * @return a press whose end has just become known: this one, or the one before it whose end
     *     packets were lost
     */
    public Optional<DtmfPress> handle(
            ByteBuffer buffer,
            int payloadOffset,
            int payloadLength,
            int timestampOfPacket,
            long nowNanos) {
        Optional<TelephoneEvent> parsed =
                TelephoneEvent.parse(buffer, payloadOffset, payloadLength);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        TelephoneEvent event = parsed.get();
        Optional<DtmfDigit> told = DtmfDigit.byEvent(event.event());
        if (told.isEmpty()) {
            return Optional.empty();
        }
        return phase != Phase.NONE && timestampOfPacket == rtpTimestamp
                ? update(event, nowNanos)
                : another(told.get(), event, timestampOfPacket, nowNanos);
    }

    private Optional<DtmfPress> update(TelephoneEvent event, long nowNanos) {
        if (phase == Phase.TOLD) {
            return Optional.empty();
        }
        segmentDuration = Math.max(segmentDuration, event.duration());
        deadlineNanos = nowNanos + SILENCE_MILLIS * NANOS_PER_MILLI;
        return event.end() || phase == Phase.ENDED ? tell() : Optional.empty();
    }

    private Optional<DtmfPress> another(
            DtmfDigit next, TelephoneEvent event, int timestampOfPacket, long nowNanos) {
        if (phase != Phase.NONE && straggles(timestampOfPacket)) {
            return Optional.empty();
        }
        if (phase == Phase.PRESSED && continues(next, timestampOfPacket)) {
            earlierSegments += DURATION_MAX;
            rtpTimestamp = timestampOfPacket;
            segmentDuration = 0;
            return update(event, nowNanos);
        }
        Optional<DtmfPress> before = unfinished();
        digit = next;
        rtpTimestamp = timestampOfPacket;
        segmentDuration = 0;
        earlierSegments = 0;
        phase = Phase.PRESSED;
        if (before.isEmpty()) {
            return update(event, nowNanos);
        }
        segmentDuration = event.duration();
        phase = event.end() ? Phase.ENDED : Phase.PRESSED;
        deadlineNanos = event.end() ? nowNanos : nowNanos + SILENCE_MILLIS * NANOS_PER_MILLI;
        return before;
    }

    private boolean straggles(int timestampOfPacket) {
        int behind = rtpTimestamp - timestampOfPacket;
        return behind > 0 && behind < STRAGGLE_SECONDS_MAX * clockRate;
    }

    /** A press too long for 16 bits goes on in a segment that begins where the last ends. */
    private boolean continues(DtmfDigit next, int timestampOfPacket) {
        return next == digit && timestampOfPacket - rtpTimestamp == DURATION_MAX;
    }

    private Optional<DtmfPress> unfinished() {
        return phase == Phase.PRESSED || phase == Phase.ENDED ? tell() : Optional.empty();
    }

    private Optional<DtmfPress> tell() {
        phase = Phase.TOLD;
        long millis = (earlierSegments + segmentDuration) * 1_000 / clockRate;
        return Optional.of(new DtmfPress(digit, (int) millis));
    }

    /** When {@link #handleTimeout} wants to be called: a press whose end got lost. */
    public OptionalLong deadlineNanos() {
        return phase == Phase.PRESSED || phase == Phase.ENDED
                ? OptionalLong.of(deadlineNanos)
                : OptionalLong.empty();
    }

    /** Ends a press whose packets have stopped. */
    public Optional<DtmfPress> handleTimeout(long nowNanos) {
        boolean waiting = phase == Phase.PRESSED || phase == Phase.ENDED;
        return waiting && deadlineNanos - nowNanos <= 0 ? tell() : Optional.empty();
    }
}
