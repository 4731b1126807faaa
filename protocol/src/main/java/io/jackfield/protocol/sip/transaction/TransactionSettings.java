package io.jackfield.protocol.sip.transaction;

import java.time.Duration;

/**
 * How {@link Transactions} behaves.
 *
 * @param tryingAfter silence of the user after which an INVITE is answered 100 (RFC 3261 §17.2.1);
 *     0 for at once, at most 200 ms
 * @param totalMax transactions of one table, ours and theirs; above it requests are answered 503
 *     and ours are not sent
 * @param newcomersMax of these, how many may be there when a request from outside any dialog is
 *     still taken: the rest is kept for calls in progress
 * @param retryAfter what a 503 says in Retry-After; whole seconds
 */
public record TransactionSettings(
        TimerSettings timers,
        Duration tryingAfter,
        int totalMax,
        int newcomersMax,
        Duration retryAfter) {
    /**
     * Mostly they hold a response of ours and some names, 4 KiB each or 80 MiB in all; whoever
     * sends the longest headers that the parser takes may reach ten times that.
     */
    public static final int TOTAL_MAX = 20_000;

    private static final Duration TRYING_AFTER_MAX = Duration.ofMillis(200);

    public static final TransactionSettings DEFAULT =
            new TransactionSettings(
                    TimerSettings.DEFAULT,
                    Duration.ofMillis(200),
                    TOTAL_MAX,
                    TOTAL_MAX * 3 / 4,
                    Duration.ofSeconds(5));

    public TransactionSettings {
        if (tryingAfter.isNegative() || tryingAfter.compareTo(TRYING_AFTER_MAX) > 0) {
            throw new IllegalArgumentException("100 Trying is due within 200 ms");
        }
        if (newcomersMax < 0 || newcomersMax > totalMax) {
            throw new IllegalArgumentException("newcomersMax outside 0 to totalMax");
        }
        if (retryAfter.toSeconds() < 1) {
            throw new IllegalArgumentException("Retry-After below 1 s");
        }
    }

    Timing timing(TransactionFlow flow) {
        return new Timing(timers, tryingAfter, flow.reliable());
    }
}
