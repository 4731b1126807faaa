package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.RequestHandler;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.media.BrowserLeg;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.engine.MediaServer;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the real edge, its loops, the calls' own threads and the real media. */
@DisplayName("The calls that are up")
@Timeout(60)
class CallsTest {
    private static final long PATIENCE_SECONDS = 20;

    private final Surroundings context = new Surroundings();
    private final Events events = new Events();
    private final BlockingQueue<Cdr> records = new LinkedBlockingQueue<>();
    private final BlockingQueue<Cdr> ends = new LinkedBlockingQueue<>();
    private final SipEdge edge =
            new SipEdge(
                    TransactionSettings.DEFAULT,
                    new CountedIdentifiers(),
                    events,
                    System::nanoTime,
                    1);
    private final FakeFlow anna = FakeFlow.browser("anna");
    private MediaServer media;
    private Calls calls;
    private Destination destination = new Destination.Echo();
    private Party party = new Party.Phone("1001", Optional.empty(), Optional.empty());

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        media =
                MediaServer.start(
                        MediaSettings.of(List.of(new MediaAddress(loopback, loopback)))
                                .withBrowserPort(0));
        calls = calls(media);
        events.listen(event -> {
            if (event instanceof PbxEvent.CallEnded(_, var cdr)) {
                ends.add(cdr);
            }
        });
        edge.start(new Handler());
    }

    @AfterEach
    void stop() {
        edge.close();
        media.close();
    }

    private Calls calls(MediaEngine engine) {
        return new Calls(
                edge, engine, records::add, events, (_, _) -> {}, context, System::nanoTime, 10);
    }

    /** What the dispatcher does, for one destination. */
    private final class Handler implements RequestHandler {
        @Override
        public void onRequest(ServerTransactionId id, SipRequest request, Flow flow) {
            if (request.headers().to().tag().isPresent()) {
                if (!calls.request(id, request, flow, agentsOn(flow))) {
                    edge.respond(id, SipResponses.to(request, 481, "unknown"));
                }
                return;
            }
            calls.start(
                    new IncomingCall(
                            "c1",
                            request,
                            id,
                            flow,
                            party,
                            "600",
                            destination,
                            Cdr.Direction.INTERNAL,
                            Optional.empty(),
                            Instant.ofEpochSecond(1_800_000_000L)));
        }

        @Override
        public void onAck(SipRequest ack, Flow flow) {
            calls.ack(ack, flow, agentsOn(flow));
        }

        @Override
        public void onCancel(ServerTransactionId invite, SipRequest cancel, Flow flow) {
            calls.cancel(invite, cancel);
        }

        @Override
        public void onFlowClosed(Flow flow) {
            calls.flowClosed(flow);
        }

        /** The phone of agent 1001 is on anna's flow, and on the one it comes back over. */
        private Set<String> agentsOn(Flow flow) {
            return flow.id().startsWith("anna") ? Set.of("1001") : Set.of();
        }
    }

    private void send(FakeFlow from, String method, int cseq, String toTag, String body) {
        String transport = from.transport().webSocket() ? "WSS" : "UDP";
        // A CANCEL and its INVITE share a branch, as do an INVITE and the ACK of its refusal.
        String branch = method.equals("CANCEL") ? "INVITE" + cseq : method + cseq;
        edge.received(
                from,
                SipText.bytes(
                        """
                        %1$s sip:600@pbx.example SIP/2.0
                        Via: SIP/2.0/%2$s a.invalid;branch=z9hG4bK%3$s
                        Max-Forwards: 70
                        From: <sip:1001@pbx.example>;tag=anna
                        To: <sip:600@pbx.example>%4$s
                        Call-ID: call
                        CSeq: %5$d %1$s
                        Contact: <sip:1001@a.invalid;transport=ws>
                        %6$sContent-Length: %7$d

                        """
                                        .formatted(
                                                method,
                                                transport,
                                                branch,
                                                toTag.isEmpty() ? "" : ";tag=" + toTag,
                                                cseq,
                                                body.isEmpty()
                                                        ? ""
                                                        : "Content-Type: application/sdp\n",
                                                body.length())
                                + body.replace("\r\n", "\n")));
    }

    private void invite(FakeFlow from, String sdp) {
        send(from, "INVITE", 1, "", sdp);
    }

    /** The next response that is not provisional. */
    private SipResponse finalTo(FakeFlow flow) {
        SipMessage next = flow.next();
        while (!(next instanceof SipResponse response && response.isFinal())) {
            next = flow.next();
        }
        return response;
    }

    private SipRequest requestTo(FakeFlow flow) {
        SipMessage next = flow.next();
        while (!(next instanceof SipRequest request)) {
            next = flow.next();
        }
        return request;
    }

    /** The one record there is, once the call is over. */
    private Cdr onlyRecord() throws InterruptedException {
        Cdr first = records.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(first).as("a record").isNotNull();
        while (calls.size() > 0) {
            Thread.onSpinWait();
        }
        assertThat(records).as("further records").isEmpty();
        assertThat(ends).hasSize(1);
        return first;
    }

    private String established() {
        invite(anna, Descriptions.browserOffer("sendrecv"));
        SipResponse ok = finalTo(anna);
        assertThat(ok.status()).isEqualTo(200);
        String tag = ok.headers().to().tag().orElseThrow();
        send(anna, "ACK", 1, tag, "");
        return tag;
    }

    @Test
    @DisplayName("end with one record each, and none stays")
    void oneRecord() throws InterruptedException {
        String tag = established();
        assertThat(calls.size()).isEqualTo(1);
        send(anna, "BYE", 2, tag, "");
        assertThat(finalTo(anna).status()).isEqualTo(200);
        assertThat(onlyRecord().cause()).isEqualTo("normal");
    }

    @Test
    @DisplayName("take requests only from where their peer is, or its phone has come back (T9)")
    void ownPeer() throws InterruptedException {
        String tag = established();
        FakeFlow mallory = FakeFlow.browser("mallory");
        send(mallory, "BYE", 2, tag, "");
        assertThat(finalTo(mallory).status()).isEqualTo(481);
        assertThat(calls.size()).isEqualTo(1);

        FakeFlow back = FakeFlow.browser("anna-back");
        send(back, "BYE", 3, tag, "");
        assertThat(finalTo(back).status()).isEqualTo(200);
        assertThat(onlyRecord().cause()).isEqualTo("normal");
    }

    @Test
    @DisplayName("of a trunk take requests from its other addresses, and from no stranger's")
    void cluster() throws InterruptedException {
        FakeFlow first = FakeFlow.of("first", Transport.TCP, "192.0.2.1", 5060);
        FakeFlow second = FakeFlow.of("second", Transport.TCP, "192.0.2.2", 5060);
        FakeFlow stranger = FakeFlow.of("stranger", Transport.TCP, "192.0.2.3", 5060);
        context.cluster = Set.of(first, second);
        party = new Party.Customer(CallBench.trunk("carrier"), "5550100", Optional.empty());
        invite(first, Descriptions.browserOffer("sendrecv"));
        SipResponse ok = finalTo(first);
        assertThat(ok.status()).isEqualTo(200);
        String tag = ok.headers().to().tag().orElseThrow();
        send(first, "ACK", 1, tag, "");

        send(stranger, "BYE", 2, tag, "");
        assertThat(finalTo(stranger).status()).isEqualTo(481);
        send(second, "BYE", 3, tag, "");
        assertThat(finalTo(second).status()).isEqualTo(200);
        assertThat(onlyRecord().cause()).isEqualTo("normal");
    }

    @Test
    @DisplayName("are cancelled from where their caller is, and from nowhere else (T9)")
    void cancelled() throws InterruptedException {
        FakeFlow boris = FakeFlow.browser("boris");
        context.phones = List.of(phone("1002", boris));
        destination = new Destination.Agents(List.of(CallBench.agent("1002")));
        invite(anna, Descriptions.browserOffer("sendrecv"));
        SipRequest rings = requestTo(boris);
        FakeFlow mallory = FakeFlow.browser("mallory");
        send(mallory, "CANCEL", 1, "", "");
        assertThat(finalTo(mallory).status()).isEqualTo(481);
        edge.received(boris, SipResponses.to(rings, 486, "boris").encode());
        assertThat(finalTo(anna).status()).isEqualTo(486);
        assertThat(onlyRecord().cause()).isEqualTo("busy");
    }

    private static Binding phone(String agent, Flow flow) {
        return new Binding(
                agent,
                SipUri.of(agent, "b.invalid"),
                flow,
                Optional.empty(),
                Optional.empty(),
                "registration",
                1,
                0);
    }

    @Test
    @DisplayName("stop with BYE when the server stops at once")
    void stopped() throws InterruptedException {
        String tag = established();
        calls.stopAll("the server stops");
        SipRequest bye = requestTo(anna);
        assertThat(bye.method().name()).isEqualTo("BYE");
        assertThat(bye.headers().from().tag()).contains(tag);
        answer(bye);
        Cdr cdr = onlyRecord();
        assertThat(cdr.cause()).isEqualTo("the server stops");
        assertThat(cdr.hangupSide()).isEqualTo(Cdr.HangupSide.PBX);
    }

    private void answer(SipRequest bye) {
        edge.received(anna, SipResponses.to(bye, 200, "anna").encode());
    }

    @Nested
    @DisplayName("when the program itself fails")
    class Broken {
        /** An engine whose every method does as the real one, but for some that fail. */
        private MediaEngine failing(Set<String> methods) {
            return proxy(MediaEngine.class, media, methods);
        }

        private <T> T proxy(Class<T> type, Object real, Set<String> methods) {
            InvocationHandler handler =
                    (_, method, arguments) -> {
                        if (methods.contains(method.getName())) {
                            throw new IllegalStateException("planted");
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            return result instanceof BrowserLeg leg && methods.contains("close")
                                    ? proxy(BrowserLeg.class, leg, methods)
                                    : result;
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    };
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }

        @Test
        @DisplayName("tell both sides, and leave their record")
        void told() throws InterruptedException {
            calls = calls(failing(Set.of("echo")));
            established();
            answer(requestTo(anna));
            assertThat(onlyRecord().cause()).isEqualTo("internal error");
        }

        @Test
        @DisplayName("again while the call is being ended, leave their record all the same")
        void again() throws InterruptedException {
            calls = calls(failing(Set.of("echo", "apply", "close")));
            invite(anna, Descriptions.browserOffer("sendrecv"));
            assertThat(onlyRecord().cause()).isEqualTo("internal error");
        }
    }

    /** What these calls ask; nothing of it is down or slow. */
    private static final class Surroundings implements CallContext {
        private final Identifiers identifiers = new CountedIdentifiers();
        private volatile List<Binding> phones = List.of();
        private volatile Set<Flow> cluster = Set.of();

        @Override
        public CallSettings settings() {
            return CallSettings.of("pbx.example");
        }

        @Override
        public Identifiers identifiers() {
            return identifiers;
        }

        @Override
        public List<Binding> phones(String agent) {
            return phones;
        }

        @Override
        public Optional<Flow> trunkFlow(Trunk trunk) {
            return Optional.empty();
        }

        @Override
        public boolean sendsFrom(Trunk trunk, Flow flow) {
            return cluster.contains(flow);
        }

        @Override
        public LegSettings legSettings(Flow flow) {
            NameAddress contact = NameAddress.of(SipUri.of("pbx", "pbx.example"));
            return LegSettings.of("WSS", "pbx.example", OptionalInt.empty(), contact);
        }

        @Override
        public String host(Flow flow) {
            return "pbx.example";
        }

        @Override
        public Optional<List<Header>> credentials(Trunk trunk, UsageNotice.Challenged challenged) {
            return Optional.empty();
        }
    }
}
