package io.jackfield.protocol.sip.transaction;

import static io.jackfield.protocol.sip.transaction.Messages.ack;
import static io.jackfield.protocol.sip.transaction.Messages.invite;
import static io.jackfield.protocol.sip.transaction.Messages.request;
import static io.jackfield.protocol.sip.transaction.Messages.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("Any event in any state")
class RandomEventsTest {
    private final Seed seed = Seed.printed("RandomEventsTest");
    private final RandomGenerator random = seed.random();

    private static final SipRequest INVITE = invite("z9hG4bK1");
    private static final SipRequest BYE = request(SipMethod.BYE, "z9hG4bK2");

    @Test
    @DisplayName("leaves a client machine valid, gives its user one result, and wakes no dead one")
    void clientMachines() {
        for (int i = 0; i < 20_000; i++) {
            Timing timing = new Timing(TimerSettings.DEFAULT, Duration.ZERO, random.nextBoolean());
            boolean isInvite = random.nextBoolean();
            SipRequest request = isInvite ? INVITE : BYE;
            ClientTransaction state =
                    (isInvite
                                    ? InviteClient.start(INVITE, timing)
                                    : NonInviteClient.start(BYE, timing))
                            .next();
            int results = 0;
            for (int step = 0; step < 30; step++) {
                boolean accepted = state instanceof InviteClient.Accepted;
                boolean terminated = state instanceof ClientTransaction.Terminated;
                ClientTransaction.Step next = state.on(clientEvent(request), timing);
                assertThat(terminated && !next.effects().isEmpty()).isFalse();
                results += accepted ? 0 : results(next);
                state = next.next();
            }
            assertThat(results).isLessThanOrEqualTo(1);
        }
    }

    private static int results(ClientTransaction.Step step) {
        return (int)
                step.effects().stream()
                        .filter(effect ->
                                switch (effect) {
                                    case ClientTransaction.Effect.TellResponse(var r) ->
                                            r.isFinal();
                                    case ClientTransaction.Effect.TellTimeout _,
                                            ClientTransaction.Effect.TellNotSent _ ->
                                            true;
                                    case ClientTransaction.Effect.Send _,
                                            ClientTransaction.Effect.Start _,
                                            ClientTransaction.Effect.BeginCancel _ ->
                                            false;
                                })
                        .count();
    }

    private ClientTransaction.Event clientEvent(SipRequest request) {
        return switch (random.nextInt(8)) {
            case 0 -> new ClientTransaction.Event.Cancel(Optional.empty());
            case 1 -> new ClientTransaction.Event.TransportFailed();
            case 2, 3, 4 -> new ClientTransaction.Event.Fired(anyTimer());
            default -> new ClientTransaction.Event.Received(anyResponse(request));
        };
    }

    @Test
    @DisplayName("leaves a server machine valid, sends one final response, and wakes no dead one")
    void serverMachines() {
        for (int i = 0; i < 20_000; i++) {
            Timing timing = new Timing(TimerSettings.DEFAULT, Duration.ZERO, random.nextBoolean());
            boolean isInvite = random.nextBoolean();
            SipRequest request = isInvite ? INVITE : BYE;
            ServerTransaction state =
                    (isInvite ? InviteServer.start(INVITE, timing) : NonInviteServer.start())
                            .next();
            Map<Integer, Integer> finals = new HashMap<>();
            for (int step = 0; step < 30; step++) {
                boolean terminated = state instanceof ServerTransaction.Terminated;
                ServerTransaction.Step next = state.on(serverEvent(request), timing);
                assertThat(terminated && !next.effects().isEmpty()).isFalse();
                count(next, finals);
                state = next.next();
            }
            assertThat(finals.keySet().stream().map(s -> s >= 300 ? s : 200).distinct())
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private static void count(ServerTransaction.Step step, Map<Integer, Integer> finals) {
        for (ServerTransaction.Effect effect : step.effects()) {
            if (effect instanceof ServerTransaction.Effect.Send(var response)
                    && response.isFinal()) {
                finals.merge(response.status(), 1, Integer::sum);
            }
        }
    }

    private ServerTransaction.Event serverEvent(SipRequest request) {
        return switch (random.nextInt(8)) {
            case 0 -> new ServerTransaction.Event.TransportFailed();
            case 1, 2 -> new ServerTransaction.Event.Fired(anyTimer());
            case 3, 4 -> new ServerTransaction.Event.Received(request);
            case 5 -> new ServerTransaction.Event.Received(ack(INVITE));
            default -> new ServerTransaction.Event.Respond(anyResponse(request));
        };
    }

    private Timer anyTimer() {
        return Timer.values()[random.nextInt(Timer.values().length)];
    }

    private SipResponse anyResponse(SipRequest request) {
        return response(request, random.nextInt(100, 700));
    }

    /** One table, and everything that a hostile network and a careless user can do to it. */
    private final class Chaos {
        private static final int TOTAL_MAX = 60;
        private static final List<SipMethod> METHODS =
                List.of(
                        SipMethod.INVITE,
                        SipMethod.ACK,
                        SipMethod.CANCEL,
                        SipMethod.BYE,
                        SipMethod.OPTIONS,
                        new SipMethod("XYZZY"));

        private final List<TestFlow> flows =
                List.of(
                        new TestFlow("udp-1", false, 15),
                        new TestFlow("udp-2", false, TOTAL_MAX),
                        new TestFlow("ws-1", true, 15));
        private final VirtualClock clock = new VirtualClock();
        private final CountingIdentifiers identifiers = new CountingIdentifiers();
        private final Transactions<TestFlow> table =
                new Transactions<>(
                        new TransactionSettings(
                                TimerSettings.DEFAULT,
                                Duration.ofMillis(random.nextInt(2) * 200),
                                TOTAL_MAX,
                                TOTAL_MAX - 10,
                                Duration.ofSeconds(1)),
                        identifiers);
        private final List<SipRequest> ours = new ArrayList<>();
        private final Map<ClientTransactionId, Integer> ends = new HashMap<>();
        private final Map<ServerTransactionId, SipRequest> theirs = new HashMap<>();

        void step() {
            long now = clock.nanos();
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> perform(table.receive(anyRequest(), anyFlow(), now));
                case 3, 4 -> perform(table.receive(anyMessage(), anyFlow(), now));
                case 5, 6 -> answerSomething(now);
                case 7 -> sendSomething(now);
                case 8 -> breakOrCancel(now);
                default -> {
                    clock.advance(Duration.ofMillis(random.nextInt(3_000)));
                    perform(table.tick(clock.nanos()));
                }
            }
            assertThat(table.size()).isLessThanOrEqualTo(2 * TOTAL_MAX);
        }

        private SipMessage anyMessage() {
            return ours.isEmpty() ? anyRequest() : anyResponse(anyOf(ours));
        }

        private SipRequest anyRequest() {
            SipRequest request =
                    request(
                            anyOf(METHODS),
                            (random.nextInt(8) == 0 ? "" : "z9hG4bK") + random.nextInt(400),
                            "call" + random.nextInt(20),
                            random.nextInt(4));
            return random.nextBoolean() ? request : Messages.inDialog(request);
        }

        private TestFlow anyFlow() {
            return anyOf(flows);
        }

        private void answerSomething(long now) {
            if (theirs.isEmpty()) {
                return;
            }
            ServerTransactionId id = anyOf(List.copyOf(theirs.keySet()));
            SipResponse answer = anyResponse(theirs.get(id));
            perform(table.respond(id, answer, now));
        }

        private void sendSomething(long now) {
            SipRequest request =
                    request(
                            random.nextBoolean() ? SipMethod.INVITE : SipMethod.INFO,
                            "z9hG4bKours" + identifiers.branch(),
                            "ours",
                            ours.size());
            ours.add(request);
            perform(table.send(request, anyFlow(), now));
        }

        private void breakOrCancel(long now) {
            if (random.nextInt(10) == 0) {
                perform(table.transportFailed(anyFlow(), now));
            } else if (!ours.isEmpty()) {
                ClientTransactionId id = ClientTransactionId.of(anyOf(ours));
                perform(table.cancel(id, Optional.of("SIP;cause=600"), now));
            }
        }

        private <T> T anyOf(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private void perform(List<TransactionOutput<TestFlow>> outputs) {
            for (TransactionOutput<TestFlow> output : outputs) {
                switch (output) {
                    case TransactionOutput.RequestArrived<TestFlow>(var id, var request, _) -> {
                        assertThat(request.method()).isNotIn(SipMethod.ACK, SipMethod.CANCEL);
                        theirs.put(id, request);
                    }
                    case TransactionOutput.ResponseArrived<TestFlow>(var id, var response, _) -> {
                        boolean repeatable =
                                response.isSuccess() && id.method().equals(SipMethod.INVITE);
                        if (response.isFinal() && !(repeatable && ends.containsKey(id))) {
                            end(id);
                        }
                    }
                    case TransactionOutput.RequestTimedOut<TestFlow>(var id) -> end(id);
                    case TransactionOutput.RequestNotSent<TestFlow>(var id) -> end(id);
                    case TransactionOutput.Send<TestFlow>(var message, _) ->
                            assertThat(
                                            message instanceof SipResponse
                                                    && message.method().equals(SipMethod.ACK))
                                    .isFalse();
                    case TransactionOutput.AckArrived<TestFlow> _,
                            TransactionOutput.CancelArrived<TestFlow> _,
                            TransactionOutput.ResponseNotSent<TestFlow> _,
                            TransactionOutput.AckTimedOut<TestFlow> _,
                            TransactionOutput.Stray<TestFlow> _,
                            TransactionOutput.Refused<TestFlow> _ -> {}
                }
            }
        }

        private void end(ClientTransactionId id) {
            assertThat(ends.merge(id, 1, Integer::sum)).as("ends of %s", id).isEqualTo(1);
        }

        /** Answers and cancels all that is open, and lets the timers run out. */
        void finish() {
            long now = clock.nanos();
            theirs.forEach((id, r) -> perform(table.respond(id, response(r, 500), now)));
            ours.forEach(
                    r -> perform(table.cancel(ClientTransactionId.of(r), Optional.empty(), now)));
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofSeconds(40));
                perform(table.tick(clock.nanos()));
            }
        }
    }

    @RepeatedTest(20)
    @DisplayName("leaves a table whole: each request of ours ends once, and in the end it is empty")
    void table() {
        Chaos chaos = new Chaos();
        for (int i = 0; i < 5_000; i++) {
            chaos.step();
        }
        chaos.finish();

        assertThat(chaos.ends).hasSize(chaos.ours.size());
        assertThat(chaos.table.size()).isZero();
        assertThat(chaos.table.deadlineNanos()).isEmpty();
        assertThat(chaos.table.remembered()).isZero();
    }
}
