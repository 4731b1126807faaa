package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whatever comes, in whatever order")
class CallStormTest {
    private static final int CALLS = 3_000;
    private static final List<Integer> STATUSES =
            List.of(100, 180, 183, 199, 200, 200, 302, 401, 404, 408, 481, 486, 491, 500, 503, 603);
    private static final List<String> DIRECTIONS =
            List.of("sendrecv", "sendonly", "recvonly", "inactive");

    @Test
    @DisplayName(
            "a call ends, with one record, its media closed once, no exception and no deadline; after"
                    + " that nothing comes of anything")
    void storm() {
        Seed seed = Seed.printed("CallStormTest");
        int answered = 0;
        for (int i = 0; i < CALLS; i++) {
            try {
                answered += new Storm(seed.part(i).random()).rage() ? 1 : 0;
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("call " + i + " of seed " + seed.value(), failed);
            }
        }
        assertThat(answered).as("calls that came to talking").isGreaterThan(CALLS / 10);
    }

    /** One call, and all that happens to it. */
    private static final class Storm {
        private static final int EVENTS_MAX = 30;

        private final RandomGenerator random;
        private final CallBench bench = new CallBench();
        private final List<Peer> peers = new ArrayList<>();
        private final Peer caller;

        Storm(RandomGenerator random) {
            this.random = random;
            this.caller = bench.peer(FakeFlow.browser("ws-anna"));
            peers.add(caller);
        }

        /** True when somebody answered. */
        boolean rage() {
            begin();
            int events = random.nextInt(EVENTS_MAX);
            for (int i = 0; i < events && !bench.call().ended(); i++) {
                happen(peers.get(random.nextInt(peers.size())));
            }
            bench.tell(new CallEvent.Stop("the storm is over"));
            bench.pass(Duration.ofMinutes(5));
            bench.assertOver();
            assertNothingFollows();
            Cdr cdr = bench.record();
            assertThat(cdr.ringMillis()).isNotNegative();
            assertThat(cdr.talkMillis()).isNotNegative();
            assertThat(cdr.answeredBy().isPresent() || cdr.talkMillis() == 0).isTrue();
            return cdr.answeredBy().isPresent();
        }

        private void assertNothingFollows() {
            Call call = bench.call();
            List<CallEvent> late = new ArrayList<>();
            late.add(new CallEvent.Tick());
            late.add(new CallEvent.Stop("again"));
            late.add(new CallEvent.Broken());
            for (Peer peer : peers) {
                late.add(new CallEvent.FlowClosed(peer.flow()));
                late.add(new CallEvent.MediaOpened(peer.legId(), FakeMedia.plain()));
                late.add(new CallEvent.MediaRefused(peer.legId(), "late"));
                late.add(new CallEvent.Media(new MediaEvent.ConsentLost(peer.legId())));
                if (peer.isInvited()) {
                    SipRequest again = peer.invited();
                    late.add(
                            new CallEvent.Sip(
                                    peer.legId(),
                                    new UsageEvent.RequestReceived(
                                            ServerTransactionId.of(again), again)));
                }
            }
            assertThat(call.deadlineNanos()).isEmpty();
            for (CallEvent event : late) {
                assertThat(call.on(event, bench.nowNanos())).as("after the end").isEmpty();
            }
            assertThat(call.abandon(bench.nowNanos())).isEmpty();
        }

        private void begin() {
            Trunk first = CallBench.trunk("first");
            Trunk second = CallBench.trunk("second");
            Destination to =
                    switch (random.nextInt(4)) {
                        case 0 -> new Destination.Echo();
                        case 1 -> CallBench.over(first, second);
                        default -> new Destination.Agents(List.of(CallBench.agent("boris")));
                    };
            if (to instanceof Destination.Trunks) {
                peers.add(bench.carrier(first, "192.0.2.1"));
                peers.add(bench.carrier(second, "192.0.2.2"));
            } else if (to instanceof Destination.Agents) {
                peers.add(bench.phone("boris", "ws-desk"));
                peers.add(bench.phone("boris", "ws-laptop"));
            }
            boolean crowded = random.nextInt(10) == 0;
            bench.refusesMedia(() -> crowded && random.nextInt(3) == 0);
            bench.annaCalls(caller, to, random.nextInt(8) == 0 ? "" : offer());
        }

        private String direction() {
            return DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
        }

        private String offer() {
            return switch (random.nextInt(8)) {
                case 0 -> Descriptions.plain(direction(), random.nextInt(20));
                case 1 -> "v=0";
                default -> Descriptions.browserOffer(direction(), "ufrag" + random.nextInt(2));
            };
        }

        private String answerTo(String theirs) {
            return switch (random.nextInt(6)) {
                case 0 -> "";
                case 1 -> offer();
                default ->
                        theirs.contains("SAVPF")
                                ? Descriptions.browserAnswer(theirs, direction())
                                : Descriptions.plainAnswer(theirs, direction());
            };
        }

        private void happen(Peer peer) {
            if (!peer.isInvited() || !hasDialog(peer)) {
                if (random.nextInt(10) == 0) {
                    caller.cancels();
                }
                bench.pass(Duration.ofMillis(random.nextInt(3_000)));
                return;
            }
            switch (random.nextInt(15)) {
                case 0, 1, 2, 3 -> responds(peer);
                case 4 -> peer.says("BYE", "", "");
                case 5 -> caller.cancels();
                case 6 -> peer.reinvites(random.nextInt(4) == 0 ? "" : offer());
                case 7 -> peer.acknowledgesIfAnswered(random.nextBoolean() ? "" : offer());
                case 8 -> media(peer);
                case 9 -> bench.tell(new CallEvent.FlowClosed(peer.flow()));
                case 10 -> returns(peer);
                case 11 -> fails(peer);
                case 12 -> peer.says("INFO", "application/dtmf-relay", "Signal=1\r\n");
                case 13 -> seldom();
                default -> bench.pass(Duration.ofMillis(random.nextInt(40_000)));
            }
        }

        /** A caller that has not been told our tag can only wait. */
        private boolean hasDialog(Peer peer) {
            return peer != caller
                    || caller.statuses(SipMethod.INVITE).stream().anyMatch(s -> s > 100);
        }

        private void responds(Peer peer) {
            List<SipRequest> asked =
                    List.of(SipMethod.INVITE, SipMethod.BYE, SipMethod.UPDATE).stream()
                            .flatMap(m -> peer.requests(m).stream())
                            .toList();
            if (!asked.isEmpty()) {
                SipRequest request = asked.get(random.nextInt(asked.size()));
                int status = STATUSES.get(random.nextInt(STATUSES.size()));
                peer.respond(request, status, answerTo(Peer.body(request)));
            }
        }

        private void fails(Peer peer) {
            List<SipRequest> asked = peer.requests(SipMethod.INVITE);
            if (!asked.isEmpty()) {
                peer.fails(
                        asked.getLast(),
                        random.nextBoolean() ? FailureKind.TIMEOUT : FailureKind.TRANSPORT);
            }
        }

        private void media(Peer peer) {
            String legId = peer.legId();
            MediaEvent event =
                    switch (random.nextInt(5)) {
                        case 0 -> new MediaEvent.DtlsFailed(legId, "timeout", Duration.ZERO);
                        case 1 -> new MediaEvent.ConsentLost(legId);
                        case 2 -> new MediaEvent.Resumed(legId);
                        default ->
                                new MediaEvent.Silent(
                                        legId, Duration.ofSeconds(5), Direction.SENDRECV);
                    };
            bench.tell(new CallEvent.Media(event));
        }

        private void seldom() {
            if (random.nextInt(10) == 0) {
                bench.tell(new CallEvent.Broken());
            }
        }

        private void returns(Peer peer) {
            String agent = peer == caller ? "anna" : "boris";
            bench.tell(
                    new CallEvent.PhoneReturned(
                            agent,
                            Optional.of(CallBench.instance(peer.flow().id())),
                            random.nextBoolean() ? peer.flow() : FakeFlow.browser("ws-new")));
        }
    }
}
