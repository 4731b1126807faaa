package io.jackfield.call.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A signalling loop")
@Timeout(60)
class SignalingLoopTest {
    private final EdgeBench bench = new EdgeBench();
    private final FakeFlow browser = FakeFlow.browser("ws-1");
    private final FakeFlow trunk = FakeFlow.of("udp-1", Transport.UDP, "192.0.2.1", 5060);
    private int branches;

    private static String request(String method, String branch, String callId) {
        return """
        %1$s sip:600@pbx.example SIP/2.0
        Via: SIP/2.0/UDP a.invalid;branch=z9hG4bK%2$s
        From: <sip:anna@pbx.example>;tag=f
        To: <sip:600@pbx.example>
        Call-ID: %3$s
        CSeq: 1 %1$s
        Max-Forwards: 70

        """
                .formatted(method, branch, callId);
    }

    private String fresh(String method) {
        branches++;
        return request(method, "n" + branches, "n" + branches);
    }

    private RecordedHandler answering() {
        return new RecordedHandler(
                (id, request) -> bench.edge().respond(id, SipResponses.to(request, 200, "answer")));
    }

    private static List<Integer> statuses(FakeFlow flow) {
        return flow.taken().stream()
                .filter(SipResponse.class::isInstance)
                .map(m -> ((SipResponse) m).status())
                .toList();
    }

    /** Remembers what becomes of requests. */
    private static final class RecordedUser implements TransactionUser {
        private final List<Integer> statuses = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();

        @Override
        public void onResponse(ClientTransactionId id, SipResponse response) {
            statuses.add(response.status());
        }

        @Override
        public void onFailure(ClientTransactionId id, Failure failure) {
            failures.add(failure);
        }
    }

    private final RecordedUser user = new RecordedUser();

    private SipRequest send(FakeFlow flow, String method) {
        SipRequest request = SipText.request(fresh(method));
        bench.edge().send(ClientTransactionId.of(request), request, flow, user);
        bench.work();
        return request;
    }

    private void answer(FakeFlow flow, SipRequest request, int status) {
        SipResponse response = SipResponses.to(request, status, "theirs");
        bench.edge().received(flow, response.encode());
        bench.work();
    }

    @Nested
    @DisplayName("with a request from outside")
    class FromOutside {
        @Test
        @DisplayName("gives it to its handler once, however often it comes, and repeats the answer")
        void once() {
            RecordedHandler handler = answering();
            bench.start(handler);
            for (int i = 0; i < 3; i++) {
                bench.receive(trunk, request("OPTIONS", "same", "c"));
            }
            assertThat(handler.requests).hasSize(1);
            assertThat(statuses(trunk)).containsExactly(200, 200, 200);
        }

        @Test
        @DisplayName("says 100 Trying when the handler has been silent for 200 ms (§17.2.1)")
        void trying() {
            bench.start(new RecordedHandler());
            bench.receive(trunk, request("INVITE", "i", "c"));
            bench.advance(Duration.ofMillis(190));
            assertThat(trunk.isQuiet()).isTrue();
            bench.advance(Duration.ofMillis(10));
            assertThat(statuses(trunk)).containsExactly(100);
        }

        @Test
        @DisplayName("resends a refusal over UDP until the ACK comes, which is its own (§17.2.1)")
        void resends() {
            RecordedHandler handler =
                    new RecordedHandler((id, request) ->
                            bench.edge().respond(id, SipResponses.to(request, 486, "busy")));
            bench.start(handler);
            bench.receive(trunk, request("INVITE", "i", "c"));
            bench.advance(Duration.ofMillis(1_500));
            assertThat(statuses(trunk)).containsExactly(486, 486, 486);
            bench.receive(
                    trunk,
                    request("ACK", "i", "c")
                            .replace("600@pbx.example>\nCall", "600@pbx.example>;tag=busy\nCall"));
            bench.advance(Duration.ofSeconds(10));
            assertThat(trunk.isQuiet()).isTrue();
            assertThat(handler.acks).isEmpty();
        }

        @Test
        @DisplayName("tells of a CANCEL that matches, and answers one that does not with 481")
        void cancels() {
            RecordedHandler handler = new RecordedHandler();
            bench.start(handler);
            bench.receive(trunk, request("INVITE", "i", "c"));
            bench.receive(trunk, request("CANCEL", "i", "c"));
            assertThat(handler.cancels).isEqualTo(handler.ids);
            assertThat(statuses(trunk)).containsExactly(200);
            bench.receive(trunk, request("CANCEL", "other", "c"));
            assertThat(statuses(trunk)).containsExactly(481);
            assertThat(handler.cancels).hasSize(1);
        }

        @Test
        @DisplayName("lets nobody but its sender cancel it (threat T9)")
        void foreignCancel() {
            RecordedHandler handler = new RecordedHandler();
            bench.start(handler);
            bench.receive(trunk, request("INVITE", "i", "c"));
            FakeFlow stranger = FakeFlow.of("udp-2", Transport.UDP, "203.0.113.6", 5060);
            bench.receive(stranger, request("CANCEL", "i", "c"));
            assertThat(handler.cancels).isEmpty();
            assertThat(statuses(stranger)).containsExactly(481);
        }

        @Test
        @DisplayName("gives the ACK of a 2xx to its handler (§13.3.1.4)")
        void ackOfSuccess() {
            RecordedHandler handler = answering();
            bench.start(handler);
            bench.receive(browser, request("INVITE", "i", "c"));
            bench.receive(browser, request("ACK", "a", "c"));
            assertThat(handler.acks).hasSize(1);
        }
    }

    @Nested
    @DisplayName("with a request of ours")
    class Ours {
        @Test
        @DisplayName("tells its user of every answer, and once of the last")
        void answers() {
            bench.start(new RecordedHandler());
            SipRequest options = send(trunk, "OPTIONS");
            answer(trunk, options, 200);
            answer(trunk, options, 200);
            assertThat(user.statuses).containsExactly(200);
            assertThat(user.failures).isEmpty();
        }

        @Test
        @DisplayName("tells its user when nobody answers for 32 s, and nothing more (timer F)")
        void timesOut() {
            bench.start(new RecordedHandler());
            SipRequest options = send(trunk, "OPTIONS");
            bench.advance(Duration.ofMillis(31_990));
            assertThat(user.failures).isEmpty();
            bench.advance(Duration.ofMillis(10));
            assertThat(user.failures).containsExactly(TransactionUser.Failure.TIMEOUT);
            answer(trunk, options, 200);
            assertThat(user.statuses).isEmpty();
            assertThat(bench.told(PbxEvent.SipRefused.class))
                    .extracting(PbxEvent.SipRefused::reason)
                    .containsExactly("response to nothing");
        }

        @Test
        @DisplayName("keeps its time though strangers keep the loop busy all along")
        void notStarved() {
            bench.start(answering());
            send(trunk, "OPTIONS");
            long end = bench.clock().nanos() + Duration.ofSeconds(32).toNanos();
            while (end - bench.clock().nanos() > 0) {
                bench.arrive(browser, fresh("OPTIONS"));
                bench.arrive(browser, fresh("OPTIONS"));
                bench.clock().advance(Duration.ofMillis(100));
                bench.edge().step();
            }
            assertThat(user.failures).containsExactly(TransactionUser.Failure.TIMEOUT);
            assertThat(bench.edge().busy()).as("strangers still wait").isTrue();
        }

        @Test
        @DisplayName("hears every 2xx of an INVITE for 32 s, for each needs its ACK (RFC 6026)")
        void repeatedSuccess() {
            bench.start(new RecordedHandler());
            SipRequest invite = send(trunk, "INVITE");
            answer(trunk, invite, 200);
            bench.advance(Duration.ofSeconds(31));
            answer(trunk, invite, 200);
            assertThat(user.statuses).containsExactly(200, 200);
            bench.advance(Duration.ofSeconds(4));
            answer(trunk, invite, 200);
            assertThat(user.statuses).containsExactly(200, 200);
        }

        @Test
        @DisplayName("is forgotten with all that belongs to it, however it ended")
        void forgotten() {
            bench.start(new RecordedHandler());
            answer(trunk, send(trunk, "OPTIONS"), 404);
            answer(trunk, send(trunk, "INVITE"), 486);
            answer(trunk, send(trunk, "INVITE"), 200);
            send(trunk, "OPTIONS");
            assertThat(bench.edge().remembered()).isPositive();
            bench.advance(Duration.ofSeconds(40));
            // A loop tidies up with the next thing that it does.
            answer(trunk, send(browser, "OPTIONS"), 200);
            assertThat(bench.edge().remembered()).isZero();
        }

        @Test
        @DisplayName("tells its user at once when the flow does not take it")
        void notTaken() {
            bench.start(new RecordedHandler());
            browser.close();
            send(browser, "OPTIONS");
            assertThat(user.failures).containsExactly(TransactionUser.Failure.TRANSPORT);
        }

        @Test
        @DisplayName("tells its user, and the handler, when the flow ends under it")
        void flowEnds() {
            RecordedHandler handler = new RecordedHandler();
            bench.start(handler);
            send(browser, "OPTIONS");
            bench.edge().closed(browser);
            bench.work();
            assertThat(user.failures).containsExactly(TransactionUser.Failure.TRANSPORT);
            assertThat(handler.closed).containsExactly(browser);
            assertThat(bench.told(PbxEvent.FlowClosed.class)).hasSize(1);
        }

        @Test
        @DisplayName("is cancelled once it has a provisional answer (§9.1)")
        void cancelled() {
            bench.start(new RecordedHandler());
            SipRequest invite = send(trunk, "INVITE");
            ClientTransactionId id = ClientTransactionId.of(invite);
            bench.edge().cancel(id, invite.headers().callId(), Optional.of("SIP;cause=200"));
            bench.work();
            assertThat(trunk.taken()).extracting(m -> m.method().name()).containsExactly("INVITE");
            answer(trunk, invite, 180);
            List<SipMessage> sent = trunk.taken();
            assertThat(sent).extracting(m -> m.method().name()).containsExactly("CANCEL");
            assertThat(sent.getFirst().headers().first("Reason")).contains("SIP;cause=200");
        }
    }

    @Nested
    @DisplayName("under more than it can do")
    class Flooded {
        private void fill(int messages) {
            for (int i = 0; i < messages; i++) {
                bench.arrive(FakeFlow.browser("flood-" + i % 200), fresh("OPTIONS"));
            }
        }

        @Test
        @DisplayName("drops and counts what comes from outside beyond its mailbox")
        void bounded() {
            RecordedHandler handler = answering();
            bench.start(handler);
            fill(SignalingLoop.MAILBOX_MAX + 10);
            assertThat(bench.told(PbxEvent.SipRefused.class))
                    .hasSize(10)
                    .allMatch(refused -> refused.reason().equals("signalling is overloaded"))
                    .noneMatch(PbxEvent.SipRefused::answered);
            bench.work();
            assertThat(handler.requests).hasSize(SignalingLoop.MAILBOX_MAX);
        }

        @Test
        @DisplayName("never waits for itself: its own answers need no room in the full mailbox")
        void noWaitForItself() {
            bench.start(answering());
            fill(SignalingLoop.MAILBOX_MAX);
            FakeFlow last = FakeFlow.browser("last");
            bench.edge().step();
            bench.arrive(last, fresh("OPTIONS"));
            bench.work();
            assertThat(statuses(last)).containsExactly(200);
        }
    }

    @Nested
    @DisplayName("with a mistake of ours in what it is to do")
    class Mistakes {
        @Test
        @DisplayName("loses that one thing, and does the next")
        void goesOn() {
            RecordedHandler handler =
                    new RecordedHandler((ServerTransactionId id, SipRequest request) -> {
                        if (request.headers().callId().equals("bad")) {
                            throw new IllegalStateException("a planted mistake");
                        }
                        bench.edge().respond(id, SipResponses.to(request, 200, "t"));
                    });
            bench.start(handler);
            bench.arrive(browser, request("OPTIONS", "b", "bad"));
            bench.arrive(browser, request("OPTIONS", "g", "good"));
            bench.work();
            assertThat(statuses(browser)).containsExactly(200);
        }
    }

    @Test
    @DisplayName("ends when told to, after what was put before")
    void ends() {
        RecordedHandler handler = answering();
        for (int i = 0; i < 5; i++) {
            bench.arrive(browser, fresh("OPTIONS"));
        }
        bench.edge().start(handler);
        bench.edge().close();
        assertThat(handler.requests).hasSize(5);
        assertThat(statuses(browser)).hasSize(5);
    }
}
