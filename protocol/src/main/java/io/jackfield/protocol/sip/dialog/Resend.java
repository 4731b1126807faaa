package io.jackfield.protocol.sip.dialog;

import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * When a response that awaits its acknowledgement is sent again, and when waiting ends.
 *
 * @param atNanos the next time
 * @param intervalNanos the pause after that, before it doubles
 * @param maxNanos what the pause grows to
 * @param giveUpAtNanos 64*T1 after the first sending
 */
record Resend(long atNanos, long intervalNanos, long maxNanos, long giveUpAtNanos) {

    /**
     * A 2xx to INVITE: "starts at T1 seconds and doubles … until it reaches T2" (RFC 3261
     * §13.3.1.4).
     */
    static Resend ofSuccess(LegSettings settings, long nowNanos) {
        return starting(settings, settings.t2().toNanos(), nowNanos);
    }

    /** "…starting at T1 and doubling" without an upper limit (RFC 3262 §3). */
    static Resend ofProvisional(LegSettings settings, long nowNanos) {
        return starting(settings, Deadlines.patienceNanos(settings), nowNanos);
    }

    private static Resend starting(LegSettings settings, long maxNanos, long nowNanos) {
        long t1 = settings.t1().toNanos();
        return new Resend(
                nowNanos + t1, t1, maxNanos, nowNanos + Deadlines.patienceNanos(settings));
    }

    boolean isOver(long nowNanos) {
        return Deadlines.due(giveUpAtNanos, nowNanos);
    }

    boolean isDue(long nowNanos) {
        return Deadlines.due(atNanos, nowNanos);
    }

    /** After it was sent again. */
    Resend doubled(long nowNanos) {
        long next = Math.min(2 * intervalNanos, maxNanos);
        return new Resend(nowNanos + next, next, maxNanos, giveUpAtNanos);
    }

    OptionalLong deadlineNanos() {
        return Deadlines.earliest(
                Stream.of(OptionalLong.of(atNanos), OptionalLong.of(giveUpAtNanos)));
    }
}
