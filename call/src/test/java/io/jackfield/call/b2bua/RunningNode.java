package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.CallIds;
import io.jackfield.call.SignalingDispatcher;
import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Guesses;
import io.jackfield.call.auth.TrunkSources;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.registrar.RegistrarSettings;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.DialPattern;
import io.jackfield.call.routing.InboundNumber;
import io.jackfield.call.routing.Route;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Target;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.call.token.TokenGate;
import io.jackfield.call.token.TokenRules;
import io.jackfield.call.token.UsedTokenJournal;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestClient;
import io.jackfield.protocol.sip.digest.DigestServer;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Signalling as it runs: loops, registrar and calls on their own threads, and flows instead of
 * sockets. No test here depends on how long anything takes.
 */
final class RunningNode implements AutoCloseable {
    private static final String REALM = "pbx.example";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<Cdr> records = new LinkedBlockingQueue<>();
    private final List<PbxEvent> seen = new CopyOnWriteArrayList<>();
    private final BlockingQueue<PbxEvent.CallEnded> ends = new LinkedBlockingQueue<>();
    private final Site site;
    private final BenchContext context;
    private final SipEdge edge;
    private final Registrar registrar;
    private final Calls calls;
    private final SignalingDispatcher dispatcher;

    /** Agents anna and boris; every number of a trunk rings boris; a trunk's name leads there. */
    RunningNode(PlantedBug bug, Trunk... trunks) {
        this(
                bug,
                TokenRules.NONE,
                new TokenGate(
                        _ -> Optional.empty(),
                        UsedTokenJournal.none(),
                        Instant::now,
                        System::nanoTime),
                trunks);
    }

    /** The same, and every number leads to the first trunk for who shows a call token. */
    RunningNode(PlantedBug bug, TokenRules rules, TokenGate gate, Trunk... trunks) {
        site =
                new Site(
                        List.of(agent("anna"), agent("boris")),
                        List.of(trunks),
                        routes(trunks),
                        List.of(
                                new InboundNumber(
                                        new DialPattern("_X."), new Target.ToAgent("boris"))),
                        List.of(),
                        rules);
        context = new BenchContext(bug);
        Identifiers identifiers = new CountedIdentifiers();
        Events events = new Events();
        events.listen(seen::add);
        edge = new SipEdge(TransactionSettings.DEFAULT, identifiers, events, System::nanoTime, 2);
        Authenticator authenticator =
                new Authenticator(
                        new DigestServer(
                                REALM,
                                List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                                Duration.ofMinutes(5),
                                new byte[32]),
                        () -> site,
                        identifiers,
                        events,
                        Instant::now,
                        new Guesses(events, System::nanoTime));
        registrar =
                new Registrar(
                        edge,
                        authenticator,
                        RegistrarSettings.DEFAULT,
                        events,
                        this::returned,
                        identifiers,
                        System::nanoTime);
        calls =
                new Calls(
                        edge,
                        new FakeMedia(() -> {}),
                        Recordings.NONE,
                        records::add,
                        events,
                        (_, _) -> {},
                        new Registered(context),
                        System::nanoTime,
                        10);
        dispatcher =
                new SignalingDispatcher(
                        () -> site,
                        edge,
                        registrar,
                        calls,
                        authenticator,
                        new TrunkSources(_ -> List.of()),
                        identifiers,
                        new CallIds(Instant::now, new SecureRandom()),
                        Instant::now,
                        gate,
                        events);
        events.listen(this::ended);
        Thread.ofVirtual().name("registrar").start(registrar);
        edge.start(dispatcher);
    }

    private static List<Route> routes(Trunk... trunks) {
        List<Route> routes = new ArrayList<>();
        for (Trunk trunk : trunks) {
            Target target = new Target.ToTrunks(List.of(trunk.name()), 0, "", Optional.empty());
            routes.add(new Route(new DialPattern(trunk.name()), target));
        }
        Stream.of(trunks)
                .limit(1)
                .map(trunk -> new Target.ToTrunks(List.of(trunk.name()), 0, "", Optional.empty()))
                .flatMap(target -> Stream.of("_X.", "_+X.").map(p -> guarded(p, target)))
                .forEach(routes::add);
        return routes;
    }

    private static Route guarded(String pattern, Target target) {
        return new Route(
                new DialPattern(pattern),
                target,
                Optional.of(new Route.TokenDemand(Set.of("spring"))));
    }

    private void returned(Binding phone) {
        calls.phoneReturned(phone);
    }

    private static Agent agent(String name) {
        return new Agent(name, Optional.empty(), Credential.of(name, REALM, "secret of " + name));
    }

    @Override
    public void close() {
        calls.stopAll("the test is over");
        registrar.stop();
        edge.close();
    }

    /** The trunk is up, and that is the way to it. Before anybody calls. */
    void leadsTo(Trunk trunk, Flow flow) {
        context.leadsTo(trunk, flow);
    }

    // ---- what happens

    void drain() {
        dispatcher.drain();
    }

    void hangUpAll() {
        calls.stopAll("the server stops");
    }

    /** Waits until everybody has heard that the call of the last record is over. */
    void seenEnd() {
        try {
            PbxEvent.CallEnded end = ends.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(end).as("a call that ended").isNotNull();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void ended(PbxEvent event) {
        if (event instanceof PbxEvent.CallEnded end) {
            ends.add(end);
        }
    }

    /** All that has been published so far. */
    List<PbxEvent> seen() {
        return seen;
    }

    int callsUp() {
        return calls.size();
    }

    /** That arrives over that flow. */
    void receives(FakeFlow flow, SipMessage message) {
        edge.received(flow, message.encode());
    }

    /** Somebody on that flow calls. */
    void calls(FakeFlow flow, String from, String to, String sdp) {
        calls(flow, flow.id(), from, to, sdp, "");
    }

    /**
     * One of several calls over that flow.
     *
     * @param id its own
     * @param more header lines, each with its end
     */
    void calls(FakeFlow flow, String id, String from, String to, String sdp, String more) {
        receives(
                flow,
                SipText.request(
                                """
                                INVITE sip:%3$s@pbx.example SIP/2.0
                                Via: SIP/2.0/%4$s %1$s.invalid;branch=%5$s
                                From: <sip:%2$s@pbx.example>;tag=caller
                                To: <sip:%3$s@pbx.example>
                                Call-ID: call-%1$s
                                CSeq: 1 INVITE
                                Contact: <sip:%2$s@%1$s.invalid>
                                Max-Forwards: 70
                                %6$s
                                """
                                        .formatted(
                                                id,
                                                from,
                                                to,
                                                flow.transport(),
                                                "z9hG4bKinvite-" + id,
                                                more))
                        .withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8)));
    }

    /** The branch of the INVITE that came over that flow. */
    static String branch(FakeFlow flow) {
        return "z9hG4bKinvite-" + flow.id();
    }

    /** The called one answers that INVITE of ours. */
    void answers(FakeFlow flow, SipRequest invite, int status, String sdp) {
        SipResponse bare = SipResponses.to(invite, status, "called");
        SipResponse named =
                bare.withHeaders(
                        bare.headers().withContact(NameAddress.of(SipUri.of("x", "x.invalid"))));
        receives(
                flow,
                sdp.isEmpty()
                        ? named
                        : named.withBody("application/sdp", sdp.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A request of the caller within the dialog that our answer made.
     *
     * @param over the way it comes
     */
    void says(FakeFlow over, String method, int number, SipResponse answer) {
        SipHeaders named = answer.headers();
        inDialog(over, method, number, named.from().text(), named.to().text(), named.callId());
    }

    /** The same of one whom that INVITE of ours has called. */
    void calledSays(FakeFlow over, String method, int number, SipRequest invite) {
        SipHeaders named = invite.headers();
        String from = named.to().withTag("called").text();
        inDialog(over, method, number, from, named.from().text(), named.callId());
    }

    private void inDialog(
            FakeFlow over, String method, int number, String from, String to, String callId) {
        receives(
                over,
                SipText.request(
                        """
                        %1$s sip:pbx.example SIP/2.0
                        Via: SIP/2.0/%2$s %3$s.invalid;branch=z9hG4bK%1$s-%3$s-%4$d
                        From: %5$s
                        To: %6$s
                        Call-ID: %7$s
                        CSeq: %4$d %1$s
                        Contact: <sip:caller@%3$s.invalid>
                        Max-Forwards: 70

                        """
                                .formatted(
                                        method,
                                        over.transport(),
                                        over.id(),
                                        number,
                                        from,
                                        to,
                                        callId)));
    }

    /** Registers that agent's phone over that flow. */
    void registers(FakeFlow flow, String agent) {
        SipRequest bare = register(flow, agent, 1, "");
        receives(flow, bare);
        SipResponse challenge = (SipResponse) flow.next();
        assertThat(challenge.status()).isEqualTo(401);
        Header credentials =
                new DigestClient(agent, "secret of " + agent, Optional.of(REALM))
                        .answer(bare, challenge, "0123456789abcdef")
                        .orElseThrow();
        receives(
                flow,
                register(flow, agent, 2, credentials.name() + ": " + credentials.value() + "\n"));
        assertThat(((SipResponse) flow.next()).status()).isEqualTo(200);
    }

    private static SipRequest register(FakeFlow flow, String agent, int number, String extra) {
        return SipText.request(
                """
                REGISTER sip:pbx.example SIP/2.0
                Via: SIP/2.0/WSS %1$s.invalid;branch=z9hG4bKreg%1$s%3$d
                From: <sip:%2$s@pbx.example>;tag=reg
                To: <sip:%2$s@pbx.example>
                Call-ID: registration-%1$s
                CSeq: %3$d REGISTER
                Contact: <sip:%2$s@%1$s.invalid;transport=ws>;expires=600
                Max-Forwards: 70
                %4$s
                """
                        .formatted(flow.id(), agent, number, extra));
    }

    // ---- what comes of it

    /** The next response to the peer, provisional ones left out; fails the test when none comes. */
    static SipResponse finalResponse(FakeFlow flow) {
        SipMessage next = flow.next();
        while (!(next instanceof SipResponse response) || response.isProvisional()) {
            next = flow.next();
        }
        return response;
    }

    /** The next new request to the peer. */
    static SipRequest request(FakeFlow flow) {
        SipMessage next = flow.next();
        while (!(next instanceof SipRequest)) {
            next = flow.next();
        }
        return (SipRequest) next;
    }

    /** The next record; fails the test when none comes. */
    Cdr record() {
        try {
            return Optional.ofNullable(records.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .orElseThrow(() -> new AssertionError("no record"));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** The bench's answers, but phones are those that have registered. */
    private final class Registered implements CallContext {
        private final BenchContext bench;

        Registered(BenchContext bench) {
            this.bench = bench;
        }

        @Override
        public Destination route(Party by, String dialled) {
            return new Destination.Unknown();
        }

        @Override
        public Prompt ringback() {
            return BenchContext.MUSIC;
        }

        @Override
        public Prompt music() {
            return BenchContext.MUSIC;
        }

        @Override
        public CallSettings settings() {
            return bench.settings();
        }

        @Override
        public Identifiers identifiers() {
            return bench.identifiers();
        }

        @Override
        public List<Binding> phones(String agent) {
            return registrar.bindings(agent);
        }

        @Override
        public Optional<Flow> trunkFlow(Trunk trunk) {
            return bench.trunkFlow(trunk);
        }

        @Override
        public LegSettings legSettings(Flow flow) {
            return bench.legSettings(flow);
        }

        @Override
        public String host(Flow flow) {
            return bench.host(flow);
        }

        @Override
        public Optional<RecordingWanted> recording(NewCall call, Party answeredBy) {
            return bench.recording(call, answeredBy);
        }

        @Override
        public Optional<List<Header>> credentials(Trunk trunk, UsageNotice.Challenged challenged) {
            return Optional.empty();
        }
    }
}
