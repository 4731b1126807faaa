package io.jackfield.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Guesses;
import io.jackfield.call.auth.TrunkSources;
import io.jackfield.call.b2bua.CallSettings;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.b2bua.Recordings;
import io.jackfield.call.edge.Connector;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.registrar.RegistrarSettings;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.call.token.TokenGate;
import io.jackfield.call.token.UsedTokenJournal;
import io.jackfield.call.trunk.TrunkRequests;
import io.jackfield.call.trunk.Trunks;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.engine.MediaServer;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestClient;
import io.jackfield.protocol.sip.digest.DigestServer;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.testkit.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of signalling put together, between a network that remembers and the real media. */
@DisplayName("A SIP request that comes in")
@Timeout(60)
class SignalingDispatcherTest {
    private static final String REALM = "pbx.example";
    private static final long PATIENCE_SECONDS = 20;

    private final Site site =
            new Site(
                    List.of(agent("1001"), agent("1002")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
    private final VirtualClock clock = new VirtualClock();
    private final CountedIdentifiers ids = new CountedIdentifiers();
    private final Events events = new Events();
    private final BlockingQueue<PbxEvent.Unregistered> unregistered = new LinkedBlockingQueue<>();
    private final SipEdge edge =
            new SipEdge(TransactionSettings.DEFAULT, ids, events, clock::nanos, 1);
    private final FakeFlow browser = FakeFlow.browser("browser");

    /** How many bindings there were whenever one had been added. */
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();

    private MediaServer media;
    private Registrar registrar;
    private SignalingDispatcher dispatcher;
    private int cseq;

    private static Agent agent(String name) {
        return new Agent(name, Optional.empty(), Credential.of(name, REALM, "secret-" + name));
    }

    @BeforeEach
    void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        media =
                MediaServer.start(
                        MediaSettings.of(List.of(new MediaAddress(loopback, loopback)))
                                .withBrowserPort(0));
        OwnAddresses own = new OwnAddresses(REALM, List.of(), Map.of());
        Connector nowhere = (_, _, _) -> Optional.empty();
        TrunkRequests requests = new TrunkRequests(own, ids);
        Trunks trunks = new Trunks(edge, nowhere, requests, events, clock::nanos);
        Authenticator authenticator =
                new Authenticator(
                        new DigestServer(
                                REALM,
                                List.of(DigestAlgorithm.MD5),
                                Duration.ofMinutes(5),
                                new byte[32]),
                        () -> site,
                        ids,
                        events,
                        () -> Instant.ofEpochSecond(1_800_000_000L),
                        new Guesses(events, clock::nanos));
        registrar =
                new Registrar(
                        edge,
                        authenticator,
                        RegistrarSettings.DEFAULT,
                        events,
                        _ -> sizes.add(registrar().size()),
                        ids,
                        clock::nanos);
        TrunkSources sources = new TrunkSources(trunks::addresses);
        Surroundings surroundings =
                new Surroundings(
                        CallSettings.of(REALM),
                        own,
                        ids,
                        registrar,
                        trunks,
                        requests,
                        "test",
                        () -> site,
                        RecordingSettings.DEFAULT);
        Calls calls =
                new Calls(
                        edge,
                        media,
                        Recordings.NONE,
                        _ -> {},
                        events,
                        trunks,
                        surroundings,
                        clock::nanos,
                        10);
        dispatcher =
                new SignalingDispatcher(
                        () -> site,
                        edge,
                        registrar,
                        calls,
                        authenticator,
                        sources,
                        ids,
                        new CallIds(Instant::now, new SecureRandom()),
                        Instant::now,
                        new TokenGate(
                                _ -> Optional.empty(),
                                UsedTokenJournal.none(),
                                Instant::now,
                                clock::nanos),
                        events);
        events.listen(event -> {
            if (event instanceof PbxEvent.Unregistered gone) {
                unregistered.add(gone);
            }
        });
        Thread.ofVirtual().start(registrar);
        edge.start(dispatcher);
    }

    private Registrar registrar() {
        return registrar;
    }

    @AfterEach
    void stop() {
        registrar.stop();
        edge.close();
        media.close();
    }

    private String request(String method, String uri, String user, String more) {
        cseq++;
        return """
        %1$s %2$s SIP/2.0
        Via: SIP/2.0/TCP a.invalid;branch=z9hG4bK%3$d
        From: <sip:%4$s@pbx.example>;tag=f
        To: <sip:%4$s@pbx.example>
        Call-ID: %4$s
        CSeq: %3$d %1$s
        Contact: <sip:%4$s@a.invalid>
        Content-Length: 0
        %5$s
        """
                .formatted(method, uri, cseq, user, more.isEmpty() ? "" : more + "\n");
    }

    private SipResponse ask(FakeFlow flow, String text) {
        edge.received(flow, SipText.bytes(text));
        return response(flow);
    }

    private static SipResponse response(FakeFlow flow) {
        SipMessage next = flow.next();
        while (!(next instanceof SipResponse response && response.isFinal())) {
            next = flow.next();
        }
        return response;
    }

    private SipResponse register(FakeFlow flow, String user) {
        return ask(flow, challenged(flow, user));
    }

    /** A REGISTER that has been challenged, with what it was challenged for. */
    private String challenged(FakeFlow flow, String user) {
        String text = request("REGISTER", "sip:pbx.example", user, "");
        SipResponse challenge = ask(flow, text);
        assertThat(challenge.status()).isEqualTo(401);
        SipRequest first = SipText.request(text);
        String credentials =
                new DigestClient(user, "secret-" + user, Optional.empty())
                        .answer(first, challenge, "cnonce")
                        .orElseThrow()
                        .value();
        return request("REGISTER", "sip:pbx.example", user, "Authorization: " + credentials);
    }

    private PbxEvent.Unregistered nextUnregistered() throws InterruptedException {
        PbxEvent.Unregistered gone = unregistered.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(gone).as("somebody unregistered").isNotNull();
        return gone;
    }

    @Nested
    @DisplayName("outside of any dialog")
    class Outside {
        @Test
        @DisplayName("OPTIONS is told what we can (RFC 3261 §11.2)")
        void options() {
            SipResponse ok = ask(browser, request("OPTIONS", "sip:pbx.example", "1001", ""));
            assertThat(ok.status()).isEqualTo(200);
            assertThat(ok.headers().first("Allow").orElse("")).contains("INVITE", "PRACK");
            assertThat(ok.headers().first("Accept")).contains("application/sdp");
        }

        @ParameterizedTest
        @ValueSource(strings = {"REFER", "SUBSCRIBE", "MESSAGE", "NOTIFY", "PUBLISH", "FOO"})
        @DisplayName("what we do not do is refused with what we do (§8.2.1)")
        void refused(String method) {
            SipResponse no = ask(browser, request(method, "sip:600@pbx.example", "1001", ""));
            assertThat(no.status()).isEqualTo(405);
            assertThat(no.headers().first("Allow").orElse("")).contains("INVITE", "REGISTER");
        }

        @ParameterizedTest
        @ValueSource(strings = {"REGISTER", "OPTIONS"})
        @DisplayName("what demands of us what we do not know is 420, which names it (§8.2.2.3)")
        void badExtension(String method) {
            String text = request(method, "sip:pbx.example", "1001", "Require: 100rel, warp, Path");
            SipResponse no = ask(browser, text);
            assertThat(no.status()).isEqualTo(420);
            assertThat(no.headers().first("Unsupported")).contains("warp, Path");
            assertThat(registrar.size()).isZero();
        }

        @Test
        @DisplayName("an INVITE that demands what we do not know is 420 once its sender is known")
        void badExtensionOfInvite() {
            String text = request("INVITE", "sip:600@pbx.example", "1001", "Require: warp");
            assertThat(ask(browser, text).status()).isEqualTo(401);
            assertThat(register(browser, "1001").status()).isEqualTo(200);
            SipResponse no =
                    ask(browser, request("INVITE", "sip:600@pbx.example", "1001", "Require: warp"));
            assertThat(no.status()).isEqualTo(420);
            assertThat(no.headers().first("Unsupported")).contains("warp");
        }

        @Test
        @DisplayName("what demands what we do is taken, and so is what demands it of proxies only")
        void knownExtension() {
            String ours = request("OPTIONS", "sip:pbx.example", "1001", "Require: 100rel, TIMER");
            assertThat(ask(browser, ours).status()).isEqualTo(200);
            String theirs = request("OPTIONS", "sip:pbx.example", "1001", "Proxy-Require: warp");
            assertThat(ask(browser, theirs).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("a body that we do not read is 415 with those that we do (§8.2.3)")
        void body() {
            String text =
                    request("OPTIONS", "sip:pbx.example", "1001", "Content-Type: text/html")
                                    .replace("Content-Length: 0", "Content-Length: 4")
                            + "<p/>";
            SipResponse no = ask(browser, text);
            assertThat(no.status()).isEqualTo(415);
            assertThat(no.headers().first("Accept")).contains("application/sdp");
        }

        @ParameterizedTest
        @ValueSource(strings = {"BYE", "UPDATE", "INFO", "PRACK"})
        @DisplayName("what belongs in a dialog is 481 (§12.2.2)")
        void noDialog(String method) {
            assertThat(ask(browser, request(method, "sip:600@pbx.example", "1001", "")).status())
                    .isEqualTo(481);
        }

        @Test
        @DisplayName("an INVITE that has come too far is 483 (§16.3)")
        void tooManyHops() {
            String text = request("INVITE", "sip:600@pbx.example", "1001", "Max-Forwards: 0");
            assertThat(ask(browser, text).status()).isEqualTo(483);
        }

        @Test
        @DisplayName("a number of another scheme than sip and tel is 416 (§8.2.2.1)")
        void scheme() {
            String text = request("INVITE", "mailto:anna@example.com", "1001", "");
            assertThat(ask(browser, text).status()).isEqualTo(416);
        }

        @Test
        @DisplayName("an INVITE is 503 with Retry-After while the server drains")
        void draining() {
            dispatcher.drain();
            SipResponse no = ask(browser, request("INVITE", "sip:600@pbx.example", "1001", ""));
            assertThat(no.status()).isEqualTo(503);
            assertThat(no.headers().first("Retry-After")).contains("10");
        }

        @Test
        @DisplayName("what cannot be read is 400 with the reason")
        void malformed() {
            String text = request("OPTIONS", "sip:pbx.example", "1001", "");
            edge.received(browser, SipText.bytes(text.replace("CSeq: 1 ", "CSeq: one ")));
            String answer = new String(browser.nextBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("SIP/2.0 400 Bad Request - CSeq: expected sequence");
        }
    }

    @Nested
    @DisplayName("from an agent's phone")
    class FromAgent {
        @Test
        @DisplayName("needs no second proof on the connection that registered")
        void known() {
            assertThat(register(browser, "1001").status()).isEqualTo(200);
            String text = request("INVITE", "sip:999@pbx.example", "1001", "");
            assertThat(ask(browser, text).status()).isNotEqualTo(401);
        }

        @Test
        @DisplayName("needs one on any other connection, and for any other name (T1)")
        void strangers() {
            assertThat(register(browser, "1001").status()).isEqualTo(200);
            String theirs = request("INVITE", "sip:999@pbx.example", "1001", "");
            assertThat(ask(FakeFlow.browser("other"), theirs).status()).isEqualTo(401);
            String other = request("INVITE", "sip:999@pbx.example", "1002", "");
            assertThat(ask(browser, other).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("needs one each time over UDP, where anybody can send in its name")
        void spoofable() {
            FakeFlow udp = FakeFlow.of("udp", Transport.UDP, "192.0.2.9", 5060);
            assertThat(register(udp, "1001").status()).isEqualTo(200);
            String text = request("INVITE", "sip:999@pbx.example", "1001", "");
            assertThat(ask(udp, text).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("is answered the same whether the user exists or the password is wrong")
        void tellsNothing() {
            SipResponse known = ask(browser, request("REGISTER", "sip:pbx.example", "1001", ""));
            SipResponse unknown = ask(browser, request("REGISTER", "sip:pbx.example", "9999", ""));
            assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(401);
            assertThat(unknown.headers().all("WWW-Authenticate"))
                    .hasSameSizeAs(known.headers().all("WWW-Authenticate"));
        }
    }

    @Nested
    @DisplayName("of registrations")
    class Registrations {
        @Test
        @DisplayName("two agents behind one connection both go with it")
        void sharedConnection() throws InterruptedException {
            assertThat(register(browser, "1001").status()).isEqualTo(200);
            assertThat(register(browser, "1002").status()).isEqualTo(200);
            assertThat(registrar.agentsOn(browser)).containsExactlyInAnyOrder("1001", "1002");
            edge.closed(browser);
            assertThat(List.of(nextUnregistered().agent(), nextUnregistered().agent()))
                    .containsExactlyInAnyOrder("1001", "1002");
            assertThat(registrar.size()).isZero();
            assertThat(registrar.agentsOn(browser)).isEmpty();
        }

        @Test
        @DisplayName("run out though others keep the registrar busy all the time")
        void notStarved() throws InterruptedException {
            assertThat(register(browser, "1001").status()).isEqualTo(200);
            FakeFlow busy = FakeFlow.browser("busy");
            String next = challenged(busy, "1002");
            clock.advance(Duration.ofHours(2));
            assertThat(ask(busy, next).status()).isEqualTo(200);
            assertThat(sizes).containsExactly(1, 1);
            PbxEvent.Unregistered gone = nextUnregistered();
            assertThat(gone.agent()).isEqualTo("1001");
            assertThat(gone.cause()).isEqualTo(PbxEvent.UnregisterCause.EXPIRED);
            assertThat(registrar.agentsOn(browser)).isEmpty();
        }
    }
}
