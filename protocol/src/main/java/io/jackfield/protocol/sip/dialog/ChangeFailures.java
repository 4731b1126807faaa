package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What to do when the peer does not take our re-INVITE or UPDATE (RFC 3261 §14.1, RFC 3311 §5.3).
 */
final class ChangeFailures {
    /** The glare timer runs "in units of 10 ms" (§14.1). */
    private static final int UNIT_MILLIS = 10;

    private static final int OWNER_MIN_MILLIS = 2_100;
    private static final int OWNER_MAX_MILLIS = 4_000;
    private static final int OTHER_MAX_MILLIS = 2_000;

    /** A longer Retry-After is not waited for: the call shall decide. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private ChangeFailures() {}

    static void onRefusal(
            Turn turn, Awaited awaited, SipResponse response, Optional<Duration> retryAfter) {
        if (!isCurrent(turn, awaited)) {
            return;
        }
        withdraw(turn, awaited);
        Change change = turn.change.orElseThrow();
        switch (response.status()) {
            case 408, 481 -> {
                if (!InDialog.onGone(turn, response.status(), response.reason())) {
                    refused(turn, change, response.status());
                }
            }
            case 491 -> tryAgain(turn, change, glareNanos(turn), 491);
            case 500 -> onBusy(turn, change, retryAfter);
            case 422 -> onTooSmall(turn, change, response);
            case 405, 501, 504 -> onNoUpdate(turn, awaited, change, response.status());
            default -> refused(turn, change, response.status());
        }
    }

    /** No response: a timeout counts as 408, a transport's failure as 503 (§8.1.3.1). */
    static void onFailure(Turn turn, Awaited awaited, FailureKind kind) {
        if (!isCurrent(turn, awaited)) {
            return;
        }
        withdraw(turn, awaited);
        Change change = turn.change.orElseThrow();
        switch (kind) {
            case TIMEOUT -> {
                if (!InDialog.onSilence(turn)) {
                    refused(turn, change, 408);
                }
            }
            case TRANSPORT -> refused(turn, change, 503);
        }
    }

    private static boolean isCurrent(Turn turn, Awaited awaited) {
        return turn.change.filter(c -> c.isIn(awaited.id())).isPresent();
    }

    private static void withdraw(Turn turn, Awaited awaited) {
        turn.fork(awaited.fork())
                .filter(fork -> fork.sdp().weOffered())
                .ifPresent(fork -> turn.put(fork.with(fork.sdp().withdrawn())));
    }

    private static void tryAgain(Turn turn, Change change, long afterNanos, int status) {
        if (change.mayTryAgain()) {
            turn.change = Optional.of(change.waiting(OptionalLong.of(turn.nowNanos + afterNanos)));
        } else {
            refused(turn, change, status);
        }
    }

    /**
     * "If the UAC is the owner of the Call-ID …, T has a randomly chosen value between 2.1 and 4
     * seconds", else "between 0 and 2 seconds" (§14.1).
     */
    private static long glareNanos(Turn turn) {
        int least = turn.basis.weCalled() ? OWNER_MIN_MILLIS : 0;
        int most = turn.basis.weCalled() ? OWNER_MAX_MILLIS : OTHER_MAX_MILLIS;
        int units = Chance.below((most - least) / UNIT_MILLIS + 1, turn.basis.ids());
        return Duration.ofMillis(least + (long) units * UNIT_MILLIS).toNanos();
    }

    private static void onBusy(Turn turn, Change change, Optional<Duration> retryAfter) {
        Optional<Duration> wait = retryAfter.filter(a -> a.compareTo(WAIT_MAX) <= 0);
        if (wait.isPresent()) {
            tryAgain(turn, change, wait.get().toNanos(), 500);
        } else {
            refused(turn, change, 500);
        }
    }

    private static void onTooSmall(Turn turn, Change change, SipResponse response) {
        Optional<SessionTimer> raised = turn.timer.raisedBy(response);
        if (raised.isPresent()) {
            turn.timer = raised.get();
            tryAgain(turn, change, 0, response.status());
        } else {
            refused(turn, change, response.status());
        }
    }

    /** A peer that cannot do it by UPDATE may do it by re-INVITE, once the dialog is confirmed. */
    private static void onNoUpdate(Turn turn, Awaited awaited, Change change, int status) {
        boolean confirmed = turn.setup instanceof Setup.Talking;
        if (!awaited.request().method().equals(SipMethod.UPDATE) || !confirmed) {
            refused(turn, change, status);
            return;
        }
        if (status != 504) {
            turn.current().ifPresent(f -> turn.put(f.with(f.peer().withoutUpdate())));
        }
        turn.change = Optional.of(change.byInviteNow());
    }

    private static void refused(Turn turn, Change change, int status) {
        turn.change = change.next().map(Change::offer);
        turn.timer = turn.timer.tryAgain(turn.nowNanos);
        if (change.sdp().isPresent()) {
            turn.tell(new UsageNotice.OfferRefused(status));
        }
    }
}
