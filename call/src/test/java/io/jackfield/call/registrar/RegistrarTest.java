package io.jackfield.call.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Guesses;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.UnregisterCause;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.call.signaling.EdgeBench;
import io.jackfield.call.signaling.RequestHandler;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.Phone;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestServer;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The registrar (RFC 3261 §10, RFC 5626)")
@Timeout(120)
class RegistrarTest {
    private static final String REALM = "pbx.example";
    private static final int AGENTS = 500;
    private static final Site SITE =
            new Site(
                    IntStream.range(0, AGENTS).mapToObj(i -> agent("a" + i)).toList(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    private final EdgeBench bench = new EdgeBench();
    private final List<Binding> added = new ArrayList<>();
    private final AtomicBoolean listenerFails = new AtomicBoolean();
    private final Registrar registrar =
            new Registrar(
                    bench.edge(),
                    new Authenticator(
                            new DigestServer(
                                    REALM,
                                    List.of(DigestAlgorithm.MD5),
                                    Duration.ofMinutes(5),
                                    new byte[32]),
                            () -> SITE,
                            bench.identifiers(),
                            bench.events(),
                            () -> Instant.ofEpochSecond(1_800_000_000L),
                            new Guesses(bench.events(), bench.clock()::nanos)),
                    RegistrarSettings.DEFAULT,
                    bench.events(),
                    this::onAdded,
                    bench.identifiers(),
                    bench.clock()::nanos);
    private final FakeFlow one = FakeFlow.browser("ws-1");
    private final FakeFlow two = FakeFlow.browser("ws-2");

    private static Agent agent(String name) {
        return new Agent(name, Optional.empty(), Credential.of(name, REALM, "secret"));
    }

    private void onAdded(Binding binding) {
        if (listenerFails.get()) {
            throw new IllegalStateException("a planted mistake");
        }
        added.add(binding);
    }

    @BeforeEach
    void start() {
        bench.start(new ToRegistrar());
        bench.alongside(this::work);
    }

    private void work() {
        while (registrar.busy()) {
            registrar.step(0);
        }
    }

    private final class ToRegistrar implements RequestHandler {
        @Override
        public void onRequest(ServerTransactionId id, SipRequest request, Flow flow) {
            registrar.register(id, request, flow);
        }

        @Override
        public void onAck(SipRequest ack, Flow flow) {}

        @Override
        public void onCancel(ServerTransactionId invite, SipRequest cancel, Flow flow) {}

        @Override
        public void onFlowClosed(Flow flow) {
            registrar.flowClosed(flow);
        }
    }

    private static Phone phone(int agent) {
        return new Phone("a" + agent, "secret");
    }

    private static String contact(String host, int expires) {
        return "Contact: <sip:x@" + host + ".invalid;transport=ws>;expires=" + expires;
    }

    private static SipResponse last(FakeFlow flow) {
        List<SipMessage> all = flow.taken();
        assertThat(all).as("answers to %s", flow).isNotEmpty();
        return (SipResponse) all.getLast();
    }

    /** The REGISTER that answers the challenge which this one earned. */
    private String challenged(FakeFlow flow, Phone phone, String... lines) {
        String asked = phone.register(lines);
        bench.receive(flow, asked);
        SipResponse challenge = last(flow);
        assertThat(challenge.status()).isEqualTo(401);
        return phone.answering(asked, challenge, phone.register(lines));
    }

    private SipResponse register(FakeFlow flow, Phone phone, String... lines) {
        bench.receive(flow, challenged(flow, phone, lines));
        return last(flow);
    }

    private List<PbxEvent.Unregistered> gone() {
        return bench.told(PbxEvent.Unregistered.class);
    }

    @Nested
    @DisplayName("with a phone that registers")
    class Registers {
        @Test
        @DisplayName("reaches it by its flow, and tells of it once")
        void reached() {
            Phone phone = phone(1);
            assertThat(register(one, phone, contact("desk", 600)).status()).isEqualTo(200);
            assertThat(registrar.bindings("a1")).extracting(Binding::flow).containsExactly(one);
            assertThat(registrar.agentsOn(one)).containsExactly("a1");
            assertThat(registrar.reachable()).containsExactly("a1");
            register(one, phone, contact("desk", 600));
            assertThat(added).hasSize(1);
            assertThat(bench.told(PbxEvent.Registered.class))
                    .singleElement()
                    .matches(told -> told.expires().equals(Duration.ofSeconds(600)));
        }

        @Test
        @DisplayName("names all bindings and what is left of their time (§10.3 step 8)")
        void named() {
            register(one, phone(1), contact("desk", 600));
            bench.advance(Duration.ofSeconds(100));
            SipResponse ok =
                    register(two, new Phone("a1", "secret", "other"), contact("laptop", 300));
            assertThat(ok.headers().contacts())
                    .extracting(NameAddress::text)
                    .containsExactly(
                            "<sip:x@desk.invalid;transport=ws>;expires=500",
                            "<sip:x@laptop.invalid;transport=ws>;expires=300");
        }

        @Test
        @DisplayName("says with 423 what would be long enough (§10.3 step 7)")
        void tooBrief() {
            SipResponse brief = register(one, phone(1), contact("desk", 5));
            assertThat(brief.status()).isEqualTo(423);
            assertThat(brief.headers().first("Min-Expires")).contains("60");
            assertThat(registrar.size()).isZero();
        }

        @Test
        @DisplayName("refuses one who speaks for another with 403 (§10.3 step 3)")
        void another() {
            Phone phone = phone(1);
            String asked = phone.register(contact("desk", 600));
            bench.receive(one, asked);
            String signed = phone.answering(asked, last(one), phone.register(contact("desk", 600)));
            bench.receive(one, signed.replace("To: <sip:a1@", "To: <sip:a2@"));
            assertThat(last(one).status()).isEqualTo(403);
            assertThat(registrar.size()).isZero();
        }

        @Test
        @DisplayName("knows which of an agent's phones is on a flow (RFC 5626 §4.1)")
        void instance() {
            register(one, phone(1), contact("desk", 600) + ";+sip.instance=\"<urn:uuid:1>\"");
            assertThat(registrar.instanceOn(one, "a1")).contains("<urn:uuid:1>");
            assertThat(registrar.instanceOn(two, "a1")).isEmpty();
            assertThat(registrar.instanceOn(one, "a2")).isEmpty();
        }

        @Test
        @DisplayName("lets it speak for its agent over every transport that is a connection")
        void connections() {
            for (Transport transport :
                    List.of(Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS)) {
                FakeFlow flow = FakeFlow.of(transport.name(), transport, "198.51.100.9", 40000);
                register(flow, new Phone("a1", "secret", "by-" + transport), contact("desk", 600));
                assertThat(registrar.agentsOn(flow)).as(transport.name()).containsExactly("a1");
            }
        }
    }

    @Nested
    @DisplayName("with a connection that ends")
    class Ends {
        @Test
        @DisplayName("lets go of everybody who was on it")
        void everybody() {
            register(one, phone(1), contact("desk", 600));
            register(one, phone(2), contact("desk", 600));
            register(two, phone(3), contact("desk", 600));
            assertThat(registrar.agentsOn(one)).containsExactlyInAnyOrder("a1", "a2");
            bench.edge().closed(one);
            bench.work();
            assertThat(gone())
                    .allMatch(g -> g.cause() == UnregisterCause.FLOW_LOST)
                    .extracting(PbxEvent.Unregistered::agent)
                    .containsExactlyInAnyOrder("a1", "a2");
            assertThat(registrar.reachable()).containsExactly("a3");
            assertThat(registrar.agentsOn(one)).isEmpty();
            bench.advance(Duration.ofMinutes(11));
            assertThat(gone()).as("nobody goes twice").hasSize(3);
        }

        @Test
        @DisplayName("lets one of two who share it go alone")
        void oneOfTwo() {
            register(one, phone(1), contact("desk", 600));
            register(one, phone(2), contact("desk", 600));
            register(one, new Phone("a1", "secret", "again"), contact("desk", 0));
            assertThat(registrar.agentsOn(one)).containsExactly("a2");
            assertThat(registrar.reachable()).containsExactly("a2");
        }

        @Test
        @DisplayName("keeps what the same agent has on another")
        void otherFlow() {
            register(one, phone(1), contact("desk", 600));
            register(two, new Phone("a1", "secret", "other"), contact("laptop", 600));
            bench.edge().closed(one);
            bench.work();
            assertThat(registrar.bindings("a1")).extracting(Binding::flow).containsExactly(two);
            assertThat(registrar.agentsOn(two)).containsExactly("a1");
        }

        @Test
        @DisplayName("takes a REGISTER that was waiting with it")
        void inOrder() {
            String signed = challenged(one, phone(1), contact("desk", 600));
            bench.arrive(one, signed);
            bench.edge().closed(one);
            bench.work();
            assertThat(registrar.size()).isZero();
            assertThat(registrar.agentsOn(one)).isEmpty();
        }
    }

    @Nested
    @DisplayName("as time passes")
    class Time {
        @Test
        @DisplayName("ends a binding at its moment, by itself")
        void quiet() {
            register(one, phone(1), contact("desk", 60));
            bench.clock().advance(Duration.ofSeconds(60).minusNanos(1));
            assertThat(registrar.busy()).isFalse();
            bench.clock().advance(Duration.ofNanos(1));
            assertThat(registrar.busy()).as("wakes by itself").isTrue();
            bench.work();
            assertThat(gone()).singleElement().matches(g -> g.cause() == UnregisterCause.EXPIRED);
            assertThat(registrar.reachable()).isEmpty();
            assertThat(registrar.agentsOn(one)).isEmpty();
        }

        @Test
        @DisplayName("ends it also where REGISTERs come without a pause")
        void notStarved() {
            register(one, phone(1), contact("desk", 60));
            Phone stranger = phone(2);
            bench.arrive(two, stranger.register());
            bench.arrive(two, stranger.register());
            bench.workEdge();
            for (int second = 0; second < 60; second++) {
                bench.clock().advance(Duration.ofSeconds(1));
                registrar.step(0);
                bench.arrive(two, stranger.register());
                bench.workEdge();
            }
            assertThat(gone()).hasSize(1);
            assertThat(registrar.busy()).as("strangers still wait").isTrue();
        }

        @Test
        @DisplayName("does not let what has run out count, nor be refreshed as if it had not")
        void inTime() {
            Phone phone = phone(1);
            register(one, phone, contact("desk", 60));
            String late = challenged(two, phone, contact("desk", 60));
            bench.clock().advance(Duration.ofSeconds(60));
            bench.receive(two, late);
            assertThat(gone())
                    .extracting(PbxEvent.Unregistered::cause)
                    .containsExactly(UnregisterCause.EXPIRED);
            assertThat(added).hasSize(2);
        }

        @Test
        @DisplayName("lets a refresh put the moment off")
        void refreshed() {
            Phone phone = phone(1);
            register(one, phone, contact("desk", 60));
            bench.advance(Duration.ofSeconds(50));
            register(one, phone, contact("desk", 60));
            bench.advance(Duration.ofSeconds(59));
            assertThat(gone()).isEmpty();
            bench.advance(Duration.ofSeconds(1));
            assertThat(gone()).hasSize(1);
        }

        @Test
        @DisplayName("ends one binding of an agent and keeps the other until its own moment")
        void oneByOne() {
            register(one, phone(1), contact("desk", 60));
            register(two, new Phone("a1", "secret", "other"), contact("laptop", 120));
            bench.advance(Duration.ofSeconds(60));
            assertThat(registrar.bindings("a1")).extracting(Binding::flow).containsExactly(two);
            bench.advance(Duration.ofSeconds(60));
            assertThat(registrar.bindings("a1")).isEmpty();
        }

        @Test
        @DisplayName("ends those of a whole house, and keeps nothing of them")
        void manyAgents() {
            List<FakeFlow> flows = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                FakeFlow flow = FakeFlow.browser("house-" + i);
                flows.add(flow);
                register(flow, phone(i), contact("desk", 60 + i % 100));
            }
            assertThat(registrar.size()).isEqualTo(AGENTS);
            bench.clock().advance(Duration.ofSeconds(160));
            bench.work();
            assertThat(registrar.size()).isZero();
            assertThat(gone()).hasSize(AGENTS);
            assertThat(flows).allMatch(flow -> registrar.agentsOn(flow).isEmpty());
            assertThat(registrar.busy()).isFalse();
        }
    }

    @Nested
    @DisplayName("under more than it can do")
    class Flooded {
        private void fill() {
            Phone stranger = phone(2);
            for (int i = 0; i < Registrar.WAITING_MAX; i++) {
                bench.arrive(FakeFlow.browser("flood-" + i % 200), stranger.register());
                if (i % 1_000 == 0) {
                    bench.workEdge();
                }
            }
            bench.workEdge();
        }

        @Test
        @DisplayName("answers one REGISTER too many with 503 and when to come again")
        void busy() {
            register(one, phone(1), contact("desk", 600));
            fill();
            bench.arrive(two, phone(3).register());
            bench.workEdge();
            SipResponse busy = last(two);
            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.headers().first("Retry-After")).contains("5");
            bench.work();
            bench.receive(two, new Phone("a3", "secret", "again").register());
            assertThat(last(two).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("makes nobody wait who tells of a lost connection, and forgets none")
        void lostMeanwhile() {
            register(one, phone(1), contact("desk", 600));
            fill();
            registrar.flowClosed(one);
            bench.work();
            assertThat(gone()).hasSize(1);
            assertThat(registrar.agentsOn(one)).isEmpty();
        }
    }

    @Nested
    @DisplayName("with others who read")
    class Readers {
        /**
         * A gap would be some nanoseconds long, so this asks very often; it never fails by luck.
         */
        @Test
        @DisplayName("never shows an agent as away while it refreshes")
        void steady() throws InterruptedException {
            Phone phone = phone(1);
            register(one, phone, contact("desk", 600));
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger away = new AtomicInteger();
            Thread reader =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!done.get()) {
                                    boolean there =
                                            registrar.agentsOn(one).contains("a1")
                                                    && !registrar.bindings("a1").isEmpty();
                                    away.addAndGet(there ? 0 : 1);
                                }
                            });
            for (int i = 0; i < 1_000; i++) {
                register(one, phone, contact("desk", 600));
            }
            done.set(true);
            reader.join();
            assertThat(away).hasValue(0);
        }
    }

    @Nested
    @DisplayName("with a mistake of ours in what it is to do")
    class Mistakes {
        @Test
        @DisplayName("loses that one REGISTER, and takes the next")
        void goesOn() {
            listenerFails.set(true);
            String first = challenged(one, phone(1), contact("desk", 600));
            bench.receive(one, first);
            listenerFails.set(false);
            assertThat(register(two, phone(2), contact("desk", 600)).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("ends its thread when told to, after what was put before")
    void ends() throws InterruptedException {
        String signed = challenged(one, phone(1), contact("desk", 600));
        bench.arrive(one, signed);
        bench.workEdge();
        registrar.stop();
        Thread thread = Thread.ofVirtual().start(registrar);
        thread.join();
        assertThat(registrar.reachable()).containsExactly("a1");
    }
}
