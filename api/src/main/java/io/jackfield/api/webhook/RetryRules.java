package io.jackfield.api.webhook;

import java.time.Duration;
import java.time.Instant;

/** When an event is tried again, and when no more. Pure; any thread. */
final class RetryRules {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    /**
     * So often may an endpoint that answers refuse (4xx) one event before the others go on without
     * it; about four minutes.
     */
    static final int REFUSED_MAX = 8;

    private static final int DOUBLINGS_MAX = 12;

    private RetryRules() {}

    /** What is to be done after an attempt. */
    sealed interface Verdict {
        record Done() implements Verdict {}

        record Again(Instant at) implements Verdict {}

        record Dead(String reason) implements Verdict {}
    }

    /**
     * After one more attempt.
     *
     * @param attempts so far, this one included: 1 or more
     * @param refused how many of them were refused
     * @param since when the event was put into the outbox
     * @param jitter from 0 to below 1
     */
    static Verdict after(
            Outcome outcome, int attempts, int refused, Instant since, Instant now, double jitter) {
        if (outcome.taken()) {
            return new Verdict.Done();
        }
        if (refused >= REFUSED_MAX) {
            return new Verdict.Dead("refused " + refused + " times, at last: " + outcome.words());
        }
        Instant again = now.plus(pause(attempts, jitter));
        if (again.isAfter(since.plus(GIVE_UP_AFTER))) {
            return new Verdict.Dead("not taken for a day, at last: " + outcome.words());
        }
        return new Verdict.Again(again);
    }

    /** Whether the endpoint has looked at the event and will not have it. */
    static boolean isRefusal(Outcome outcome) {
        return outcome instanceof Outcome.Answered(var status, _, _)
                && status >= 400
                && status < 500
                && status != 408
                && status != 425
                && status != 429;
    }

    /** Doubles from a second to an hour; the upper half of it is left to chance. */
    static Duration pause(int attempts, double jitter) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS_MAX));
        Duration whole = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        long half = whole.toMillis() / 2;
        return Duration.ofMillis(half + (long) (half * jitter));
    }
}
