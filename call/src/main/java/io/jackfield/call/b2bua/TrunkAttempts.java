package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.routing.Destination.TrunkAttempt;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The trunks by which a number may be reached, one after the other, and how long the one that is
 * being tried may say nothing.
 *
 * <p>Confined to its call.
 */
final class TrunkAttempts {
    /** A trunk that is up, and what our INVITE over it will say. */
    record Attempt(Party party, Flow flow, SipUri target, Optional<String> callerId) {}

    private final CallState state;
    private final Deque<TrunkAttempt> left = new ArrayDeque<>();
    private OptionalLong silentUntilNanos = OptionalLong.empty();

    TrunkAttempts(CallState state) {
        this.state = state;
    }

    void of(List<TrunkAttempt> attempts) {
        left.addAll(attempts);
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** The next trunk that is up; those that are down are skipped. */
    Optional<Attempt> next() {
        while (!left.isEmpty()) {
            TrunkAttempt attempt = left.removeFirst();
            Optional<Flow> flow = state.context().trunkFlow(attempt.trunk());
            if (flow.isPresent()) {
                return Optional.of(
                        new Attempt(
                                new Party.Customer(
                                        attempt.trunk(), attempt.number(), Optional.empty()),
                                flow.get(),
                                target(attempt),
                                attempt.callerId()));
            }
        }
        return Optional.empty();
    }

    private static SipUri target(TrunkAttempt attempt) {
        String host = attempt.trunk().host();
        return SipUri.of(attempt.number(), host)
                .withHostPort(host, OptionalInt.of(attempt.trunk().port()));
    }

    /** The trunk has been called; from now on it had better say something. */
    void called() {
        silentUntilNanos =
                OptionalLong.of(state.nowNanos() + state.settings().attemptFor().toNanos());
    }

    /** Any provisional response shows that the trunk is there, 100 as well. */
    void heard(SipResponse response) {
        if (response.isProvisional()) {
            silentUntilNanos = OptionalLong.empty();
        }
    }

    /** True, once, when the trunk has said nothing for too long. */
    boolean silentForTooLong() {
        boolean over = Deadlines.due(silentUntilNanos, state.nowNanos());
        if (over) {
            silentUntilNanos = OptionalLong.empty();
        }
        return over;
    }

    OptionalLong deadlineNanos() {
        return silentUntilNanos;
    }
}
