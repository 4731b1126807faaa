package io.jackfield.protocol.sip.transaction;

import java.time.Duration;

/**
 * The three times from which all timers are made (RFC 3261 §17.1.1.1, table 4).
 *
 * @param t1 estimate of the round-trip time; 1 ms to 10 s, default 500 ms
 * @param t2 longest pause between repetitions of a non-INVITE request or of a final response to an
 *     INVITE; at least T1, default 4 s
 * @param t4 longest time a message stays in the network; 1 ms to 60 s, default 5 s
 */
public record TimerSettings(Duration t1, Duration t2, Duration t4) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration T1_MAX = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public static final TimerSettings DEFAULT =
            new TimerSettings(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5));

    public TimerSettings {
        check("T1", t1, SHORTEST, T1_MAX);
        check("T2", t2, t1, LONGEST);
        check("T4", t4, SHORTEST, LONGEST);
    }

    private static void check(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + " outside " + min + " to " + max);
        }
    }
}
