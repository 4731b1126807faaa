package io.jackfield.protocol.sip.transaction;

import java.time.Duration;

/**
 * The times of one transaction: the settings, and what its transport makes of them.
 *
 * @param tryingAfter see {@link TransactionSettings}
 * @param reliable that nothing has to be sent twice
 */
public record Timing(TimerSettings timers, Duration tryingAfter, boolean reliable) {
    private static final Duration TIMER_D_MIN = Duration.ofSeconds(32);

    Duration t1() {
        return timers.t1();
    }

    Duration t2() {
        return timers.t2();
    }

    Duration t4() {
        return timers.t4();
    }

    /** 64*T1: timers B, F, H, J, L and M, and the wait after a CANCEL. */
    Duration patience() {
        return timers.t1().multipliedBy(64);
    }

    /** "…a value of at least 32 seconds", and not less than the peer's timer H (§17.1.1.2). */
    Duration timerD() {
        return patience().compareTo(TIMER_D_MIN) > 0 ? patience() : TIMER_D_MIN;
    }

    /** "MIN(2*T1, T2)" and so on (§17.1.2.2). */
    Duration doubledUpToT2(Duration interval) {
        Duration doubled = interval.multipliedBy(2);
        return doubled.compareTo(t2()) < 0 ? doubled : t2();
    }
}
