package io.jackfield.protocol.dtmf;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * The many packets that tell of one press (RFC 4733 §2.5.1): an update each 20 ms, and the last one
 * three times.
 *
 * <p>Presses wait for each other, with a pause between. Presses longer than what 16 bits hold at 48
 * kHz, which would need segments (§2.5.1.3), are left out.
 *
 * <p>One thread.
 */
public final class DtmfSender {
    /** Shorter ones are not recognised by telephone networks (Q.24). */
    public static final int DURATION_MILLIS_MIN = 40;

    /** 65535 units at 48 kHz are 1365 ms. */
    public static final int DURATION_MILLIS_MAX = 1_300;

    /** A card number, a date and a code are fewer. */
    public static final int WAITING_MAX = 64;

    private static final int STEP_MILLIS = 20;
    private static final long STEP_NANOS = 20_000_000L;

    /** Between presses; Q.24 asks for 40 ms. */
    private static final long PAUSE_NANOS = 60_000_000L;

    /** "a total of three times" (§2.5.1.4). */
    private static final int END_PACKETS = 3;

    /** -10 dBm0, as telephones do. */
    private static final int VOLUME = 10;

    private final int unitsPerStep;
    private final int clockRate;
    private final Queue<DtmfPress> waiting = new ArrayDeque<>();
    private int step;
    private int endPacketsSent;
    private boolean paused;
    private long dueNanos;
    private int rtpTimestamp;
    private boolean marker;

    /**
     * @param clockRate of the telephone-event stream, units per second: 8000 or 48000
     */
    public DtmfSender(int clockRate) {
        if (clockRate < 1_000 || clockRate > 48_000) {
            throw new IllegalArgumentException("clock rate outside 1000 to 48000: " + clockRate);
        }
        this.clockRate = clockRate;
        this.unitsPerStep = clockRate * STEP_MILLIS / 1_000;
    }

    /**
     * Queues a press.
     *
     * @param durationMillis {@link #DURATION_MILLIS_MIN} to {@link #DURATION_MILLIS_MAX}; others
     *     are moved to the nearer end
     * @return false where {@link #WAITING_MAX} wait already
     */
    public boolean press(DtmfDigit digit, int durationMillis, long nowNanos) {
        if (waiting.size() == WAITING_MAX) {
            return false;
        }
        if (waiting.isEmpty() && !(paused && dueNanos - nowNanos > 0)) {
            dueNanos = nowNanos;
        }
        int millis = Math.clamp(durationMillis, DURATION_MILLIS_MIN, DURATION_MILLIS_MAX);
        return waiting.add(new DtmfPress(digit, millis));
    }

    /** When {@link #poll} wants to be called; empty where there is nothing to send. */
    public OptionalLong deadlineNanos() {
        return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(dueNanos);
    }

    /**
     * Writes the next payload at the position, if one is due.
     *
     * @param rtpTimestampNow media time now; with its first packet it becomes the press's timestamp
     */
    public boolean poll(ByteBuffer payload, int rtpTimestampNow, long nowNanos) {
        DtmfPress press = waiting.peek();
        if (press == null || dueNanos - nowNanos > 0) {
            return false;
        }
        marker = step == 0;
        if (marker) {
            rtpTimestamp = rtpTimestampNow;
            dueNanos = nowNanos;
        }
        step++;
        int total = (int) ((long) press.durationMillis() * clockRate / 1_000);
        boolean end = step * unitsPerStep >= total;
        int duration = Math.min(total, step * unitsPerStep);
        new TelephoneEvent(press.digit().event(), end, VOLUME, duration).write(payload);
        schedule(end);
        return true;
    }

    private void schedule(boolean end) {
        dueNanos += STEP_NANOS;
        paused = false;
        if (end && ++endPacketsSent == END_PACKETS) {
            waiting.remove();
            step = 0;
            endPacketsSent = 0;
            paused = true;
            dueNanos += PAUSE_NANOS;
        }
    }

    /** The timestamp of the payload last written: that of the press's beginning (§2.2). */
    public int rtpTimestamp() {
        return rtpTimestamp;
    }

    /** True where the payload last written is the first of its press (§2.1). */
    public boolean marker() {
        return marker;
    }
}
