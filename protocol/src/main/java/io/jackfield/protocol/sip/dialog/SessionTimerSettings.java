package io.jackfield.protocol.sip.dialog;

import java.time.Duration;

/**
 * What we want of session timers (RFC 4028).
 *
 * @param enabled false: neither offered nor understood; {@code Require: timer} earns 420
 * @param interval the Session-Expires we ask for; whole seconds, at least {@code min}
 * @param min the shortest interval we accept, our Min-SE; whole seconds, at least 90 s (§5)
 * @param refreshOurselves who refreshes when the peer leaves it to us and can do it itself
 */
public record SessionTimerSettings(
        boolean enabled, Duration interval, Duration min, boolean refreshOurselves) {

    /** "…the minimum timer … MUST NOT be less than 90 seconds" (RFC 4028 §5). */
    public static final Duration MIN = Duration.ofSeconds(90);

    /** Far more than a working day; keeps seconds and nanoseconds within their types. */
    public static final Duration MAX = Duration.ofDays(2);

    /** Half an hour, as RFC 4028 §4 recommends; we refresh, since a sleeping browser may not. */
    public static final SessionTimerSettings DEFAULT =
            new SessionTimerSettings(true, Duration.ofMinutes(30), MIN, true);

    public static final SessionTimerSettings OFF =
            new SessionTimerSettings(false, Duration.ofMinutes(30), MIN, false);

    public SessionTimerSettings {
        if (min.compareTo(MIN) < 0 || interval.compareTo(min) < 0 || interval.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("session interval outside 90 s to 2 days");
        }
    }
}
