package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.inDialog;
import static io.jackfield.protocol.sip.transaction.Messages.request;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two tables and a bad network between them: what the machines are for. */
@DisplayName("10,000 calls over UDP that loses, repeats and reorders")
class LossyNetworkTest {
    private static final int CALLS = 10_000;
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(7);

    private static final NetworkConditions BAD =
            NetworkConditions.PERFECT
                    .withDelay(Duration.ofMillis(20))
                    .withJitter(Duration.ofMillis(60))
                    .withLoss(0.1)
                    .withDuplicate(0.05)
                    .withReorder(0.05, Duration.ofMillis(300));

    private static final TransactionSettings ROOMY =
            new TransactionSettings(
                    TimerSettings.DEFAULT,
                    Duration.ofMillis(200),
                    10 * CALLS,
                    10 * CALLS,
                    Duration.ofSeconds(5));

    private record Task(long atNanos, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            long byTime = atNanos - other.atNanos;
            return Long.signum(byTime == 0 ? number - other.number : byTime);
        }
    }

    private final Seed seed = Seed.printed("LossyNetworkTest");
    private final VirtualClock clock = new VirtualClock();
    private final Identifiers identifiers = new CountingIdentifiers();
    private final PriorityQueue<Task> agenda = new PriorityQueue<>();
    private final SimulatedNetwork<SipMessage> toBob = new SimulatedNetwork<>(BAD, seed.part(1));
    private final SimulatedNetwork<SipMessage> toAlice = new SimulatedNetwork<>(BAD, seed.part(2));
    private final Alice alice = new Alice();
    private final Bob bob = new Bob();
    private long tasks;

    @Test
    @DisplayName("end each transaction exactly once on both sides, and leave both tables empty")
    void everythingEndsOnce() {
        for (int i = 0; i < CALLS; i++) {
            Kind kind = Kind.values()[i % Kind.values().length];
            String callId = kind + "-" + i;
            later(BETWEEN_CALLS.multipliedBy(i), () -> alice.call(callId, kind));
        }
        run();

        assertThat(alice.begun).hasSizeGreaterThan(CALLS);
        assertThat(alice.ends.keySet()).isEqualTo(alice.begun);
        assertThat(alice.ends.values()).containsOnly(1);
        assertThat(alice.failures).isLessThan(CALLS / 1_000);
        assertThat(bob.arrivals.values()).containsOnly(1);
        assertThat(alice.byes).isEqualTo(bob.byes).isGreaterThan(CALLS / 2 - CALLS / 1_000);
        assertThat(bob.unacknowledged).isEmpty();
        assertThat(alice.table.remembered()).isZero();
        assertThat(bob.table.remembered()).isZero();
        assertThat(toBob.lost()).isGreaterThan(CALLS / 10);
        assertThat(toAlice.duplicated()).isGreaterThan(CALLS / 20);
    }

    /** What becomes of a call. */
    private enum Kind {
        ANSWERED_AFTER_RINGING,
        ANSWERED_AT_ONCE,
        BUSY,
        CANCELLED
    }

    /** Calls, acknowledges, hangs up. */
    private final class Alice {
        private final TestFlow flow = new TestFlow("udp-bob", false, Integer.MAX_VALUE);
        private final Transactions<TestFlow> table = new Transactions<>(ROOMY, identifiers);
        private final Set<ClientTransactionId> begun = new HashSet<>();
        private final Map<ClientTransactionId, Integer> ends = new HashMap<>();
        private final Map<ClientTransactionId, String> callIds = new HashMap<>();
        private final Set<String> answered = new HashSet<>();
        private int failures;
        private int byes;

        void call(String callId, Kind kind) {
            SipRequest invite = request(SipMethod.INVITE, identifiers.branch(), callId, 1);
            begin(invite);
            if (kind == Kind.CANCELLED) {
                ClientTransactionId id = ClientTransactionId.of(invite);
                later(
                        Duration.ofSeconds(2),
                        () -> perform(table.cancel(id, Optional.empty(), clock.nanos())));
            }
        }

        private void begin(SipRequest request) {
            ClientTransactionId id = ClientTransactionId.of(request);
            begun.add(id);
            callIds.put(id, request.headers().callId());
            perform(table.send(request, flow, clock.nanos()));
        }

        void perform(List<TransactionOutput<TestFlow>> outputs) {
            for (TransactionOutput<TestFlow> output : outputs) {
                switch (output) {
                    case TransactionOutput.Send<TestFlow>(var message, _) ->
                            toBob.send(clock.nanos(), message);
                    case TransactionOutput.ResponseArrived<TestFlow>(var id, var response, _) ->
                            onResponse(id, response);
                    case TransactionOutput.RequestTimedOut<TestFlow>(var id) -> {
                        failures++;
                        end(id);
                    }
                    // A repeated response may come after its transaction: that is what stray means.
                    case TransactionOutput.Stray<TestFlow> _ -> {}
                    case TransactionOutput<TestFlow> other ->
                            throw new AssertionError("alice did not expect " + other);
                }
            }
        }

        private void onResponse(ClientTransactionId id, SipResponse response) {
            if (response.isProvisional()) {
                return;
            }
            String callId = callIds.get(id);
            if (!response.isSuccess() || !id.method().equals(SipMethod.INVITE)) {
                end(id);
                return;
            }
            SipRequest ack = inDialog(request(SipMethod.ACK, identifiers.branch(), callId, 1));
            toBob.send(clock.nanos(), ack);
            if (answered.add(callId)) {
                end(id);
                byes++;
                later(Duration.ofSeconds(3), () -> begin(bye(callId)));
            }
        }

        private SipRequest bye(String callId) {
            return inDialog(request(SipMethod.BYE, identifiers.branch(), callId, 2));
        }

        private void end(ClientTransactionId id) {
            ends.merge(id, 1, Integer::sum);
        }
    }

    /** Rings, answers, repeats its 2xx until the ACK comes (RFC 3261 §13.3.1.4). */
    private final class Bob {
        private final TestFlow flow = new TestFlow("udp-alice", false, Integer.MAX_VALUE);
        private final Transactions<TestFlow> table = new Transactions<>(ROOMY, identifiers);
        private final Map<ServerTransactionId, Integer> arrivals = new HashMap<>();
        private final Set<String> unacknowledged = new HashSet<>();
        private int byes;

        void perform(List<TransactionOutput<TestFlow>> outputs) {
            for (TransactionOutput<TestFlow> output : outputs) {
                switch (output) {
                    case TransactionOutput.Send<TestFlow>(var message, _) ->
                            toAlice.send(clock.nanos(), message);
                    case TransactionOutput.RequestArrived<TestFlow>(var id, var request, _) -> {
                        arrivals.merge(id, 1, Integer::sum);
                        onRequest(id, request);
                    }
                    case TransactionOutput.AckArrived<TestFlow>(var ack, _) ->
                            unacknowledged.remove(ack.headers().callId());
                    case TransactionOutput.CancelArrived<TestFlow>(var invite, var cancel, _) ->
                            perform(table.respond(invite, terminated(cancel), clock.nanos()));
                    // An ACK or a CANCEL may have been lost eleven times in a row.
                    case TransactionOutput.AckTimedOut<TestFlow> _ -> {}
                    case TransactionOutput<TestFlow> other ->
                            throw new AssertionError("bob did not expect " + other);
                }
            }
        }

        private SipResponse terminated(SipRequest cancel) {
            return response(
                    request(
                            SipMethod.INVITE,
                            cancel.headers().via().branch().orElseThrow(),
                            cancel.headers().callId(),
                            1),
                    487);
        }

        private void onRequest(ServerTransactionId id, SipRequest request) {
            if (request.method().equals(SipMethod.BYE)) {
                byes++;
                answer(id, request, 200, Duration.ZERO);
                return;
            }
            switch (Kind.valueOf(request.headers().callId().split("-")[0])) {
                case ANSWERED_AFTER_RINGING -> {
                    answer(id, request, 180, Duration.ofMillis(100));
                    accept(id, request, Duration.ofSeconds(3));
                }
                case ANSWERED_AT_ONCE -> accept(id, request, Duration.ZERO);
                case BUSY -> answer(id, request, 486, Duration.ofMillis(150));
                case CANCELLED -> {
                    answer(id, request, 180, Duration.ofMillis(100));
                    // Rings no longer when alice was lost for good and could not even cancel.
                    answer(id, request, 480, Duration.ofMinutes(1));
                }
            }
        }

        private void answer(ServerTransactionId id, SipRequest request, int status, Duration in) {
            later(in, () -> perform(table.respond(id, response(request, status), clock.nanos())));
        }

        private void accept(ServerTransactionId id, SipRequest request, Duration in) {
            unacknowledged.add(request.headers().callId());
            later(in, () -> repeat(id, request, TimerSettings.DEFAULT.t1(), Duration.ZERO));
        }

        private void repeat(
                ServerTransactionId id, SipRequest request, Duration pause, Duration since) {
            if (!unacknowledged.contains(request.headers().callId())
                    || since.compareTo(Duration.ofSeconds(32)) > 0) {
                return;
            }
            perform(table.respond(id, response(request, 200), clock.nanos()));
            Duration next = pause.multipliedBy(2);
            Duration t2 = TimerSettings.DEFAULT.t2();
            later(
                    pause,
                    () ->
                            repeat(
                                    id,
                                    request,
                                    next.compareTo(t2) < 0 ? next : t2,
                                    since.plus(pause)));
        }
    }

    private void later(Duration in, Runnable work) {
        agenda.add(new Task(clock.nanos() + in.toNanos(), tasks++, work));
    }

    private void run() {
        OptionalLong next = next();
        while (next.isPresent()) {
            clock.advanceTo(next.getAsLong());
            long now = clock.nanos();
            toBob.poll(now).forEach(m -> bob.perform(bob.table.receive(m, bob.flow, now)));
            toAlice.poll(now).forEach(m -> alice.perform(alice.table.receive(m, alice.flow, now)));
            alice.perform(alice.table.tick(now));
            bob.perform(bob.table.tick(now));
            while (!agenda.isEmpty() && agenda.peek().atNanos - now <= 0) {
                agenda.remove().work.run();
            }
            next = next();
        }
    }

    private OptionalLong next() {
        long now = clock.nanos();
        OptionalLong task =
                agenda.isEmpty() ? OptionalLong.empty() : OptionalLong.of(agenda.peek().atNanos);
        return Stream.of(
                        task,
                        toBob.deadlineNanos(),
                        toAlice.deadlineNanos(),
                        alice.table.deadlineNanos(),
                        bob.table.deadlineNanos())
                .flatMap(deadline -> deadline.stream().boxed())
                .min((a, b) -> Long.compare(a - now, b - now))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }
}
