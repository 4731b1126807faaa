package io.jackfield.server;

import io.jackfield.api.events.EventHub;
import io.jackfield.api.events.EventType;
import io.jackfield.api.events.EventsApi;
import io.jackfield.api.http.ApiHandler;
import io.jackfield.api.http.ApiPart;
import io.jackfield.api.http.CallControlApi;
import io.jackfield.api.http.CdrReader;
import io.jackfield.api.http.Demo;
import io.jackfield.api.http.FloorApi;
import io.jackfield.api.http.Guard;
import io.jackfield.api.http.Readiness;
import io.jackfield.api.webhook.Webhooks;
import io.jackfield.api.webhook.WebhooksApi;
import io.jackfield.call.CallCommands;
import io.jackfield.call.CallIds;
import io.jackfield.call.SignalingDispatcher;
import io.jackfield.call.Surroundings;
import io.jackfield.call.auth.Authenticator;
import io.jackfield.call.auth.Guesses;
import io.jackfield.call.auth.TrunkSources;
import io.jackfield.call.b2bua.CallSettings;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.edge.OwnAddresses;
import io.jackfield.call.edge.RandomIdentifiers;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.registrar.RegistrarSettings;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Site;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.token.TokenGate;
import io.jackfield.call.trunk.TrunkRequests;
import io.jackfield.call.trunk.Trunks;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.engine.MediaServer;
import io.jackfield.observe.metrics.Gauges;
import io.jackfield.observe.metrics.PbxMetrics;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestServer;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.PbxSite;
import io.jackfield.server.listener.SipListeners;
import io.jackfield.server.tls.ServerName;
import io.jackfield.server.tls.SipTls;
import io.jackfield.server.tls.TlsIdentity;
import io.jackfield.server.token.TokenKeys;
import io.jackfield.server.web.WebServer;
import io.jackfield.storage.CdrStorage;
import io.jackfield.storage.token.UsedTokenFiles;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The assembly: every long-lived part, made in the order in which it starts. Closing runs the same
 * list backwards.
 */
public final class Pbx implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Pbx.class.getName());
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);
    private static final int NONCE_KEY_BYTES = 32;
    private static final int CALLS_MAX = 2_000;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final SignalingDispatcher dispatcher;
    private final Calls calls;
    private final WebServer web;
    private final MediaEngine media;
    private final RecordingPart recordings;
    private final Events events;
    private final Trunks trunks;
    private final Registrar registrar;
    private final FloorPart floor;
    private final Webhooks webhooks;
    private final TokenKeys tokenKeys = open(new TokenKeys());
    private volatile PbxSite whole;
    private volatile Site site;
    private volatile Readiness.State state = Readiness.State.STARTING;

    /** Streams without an end look at it. */
    private volatile boolean stopping;

    /**
     * Starts everything.
     *
     * @param demo what the demo's page shows; empty when this is not the demo
     * @param log what writes down what happens
     * @throws IOException when the media port cannot be bound
     */
    public Pbx(Configuration configuration, PbxSite first, Optional<Demo> demo, PbxLog log)
            throws IOException {
        this(configuration, first, demo, log, List.of());
    }

    /**
     * The same with more of an API.
     *
     * @throws IOException when the media port cannot be bound
     */
    Pbx(
            Configuration configuration,
            PbxSite first,
            Optional<Demo> demo,
            PbxLog log,
            List<ApiPart> more)
            throws IOException {
        whole = first;
        site = first.calls();
        SecureRandom random = new SecureRandom();
        RandomIdentifiers identifiers = new RandomIdentifiers(random);
        events = new Events();

        CdrStorage records =
                open(
                        CdrStorage.open(
                                configuration.data().resolve("spool"), configuration.database()));

        Optional<LadderPart> ladders =
                configuration.ladder().map(limits -> open(LadderPart.start(configuration, limits)));
        ladders.ifPresent(ladder -> events.listen(ladder::on));
        QualityPart quality = QualityPart.start(events);

        webhooks =
                open(
                        EventsPart.webhooks(
                                configuration.data().resolve("webhooks"),
                                configuration.webhooks().allowPrivate()));
        EventHub told =
                open(
                        EventsPart.start(
                                configuration.data().resolve("events"),
                                name -> site.agent(name).isPresent()));
        told.take(webhooks::take);
        events.listen(told::on);

        media = open(MediaServer.start(mediaSettings(configuration)));

        recordings =
                open(
                        RecordingPart.start(
                                configuration.recordings(), first.calls(), random, events));

        SipListeners listeners =
                open(
                        new SipListeners(
                                configuration.sip(), sipTls(configuration), System::nanoTime));
        SipEdge edge =
                open(
                        new SipEdge(
                                TransactionSettings.DEFAULT,
                                identifiers,
                                events,
                                System::nanoTime,
                                Runtime.getRuntime().availableProcessors()));
        OwnAddresses own = ownAddresses(configuration, listeners);
        TrunkRequests trunkRequests = new TrunkRequests(own, identifiers);
        trunks = new Trunks(edge, listeners, trunkRequests, events, System::nanoTime);
        parts.push(trunks::stop);

        Authenticator authenticator =
                new Authenticator(
                        digest(configuration, random),
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
                        phone -> calls().phoneReturned(phone),
                        identifiers,
                        System::nanoTime);
        TrunkSources trunkSources = new TrunkSources(trunks::addresses);
        Surroundings surroundings =
                new Surroundings(
                        callSettings(configuration),
                        own,
                        identifiers,
                        registrar,
                        trunks,
                        trunkRequests,
                        Version.PRODUCT,
                        () -> site,
                        configuration.recordings().settings());
        calls =
                new Calls(
                        edge,
                        media,
                        recordings::record,
                        quality.judging(records),
                        events,
                        trunks,
                        surroundings,
                        System::nanoTime,
                        CALLS_MAX);
        CallIds callIds = new CallIds(Instant::now, random);
        SiteHouse house = new SiteHouse(() -> whole, new BuiltInPrompts());
        floor =
                open(
                        FloorPart.start(
                                configuration.data().resolve("floor"),
                                calls,
                                house,
                                registrar,
                                events,
                                effect -> {
                                    if (effect instanceof FloorEffect.Told what) {
                                        log.told(what);
                                    }
                                    told.on(effect);
                                },
                                () ->
                                        told.history().isRead(System.nanoTime())
                                                || webhooks.want(EventType.CALL_OFFERED)));
        open(MenuPart.start(calls, house, events));
        dispatcher =
                new SignalingDispatcher(
                        () -> site,
                        edge,
                        registrar,
                        calls,
                        authenticator,
                        trunkSources,
                        identifiers,
                        callIds,
                        Instant::now,
                        tokenGate(configuration),
                        events);

        events.listen(log::on);
        WebSockets webSockets = new WebSockets();
        PbxMetrics metrics =
                new PbxMetrics(
                        new Gauges(
                                registrar::size,
                                () ->
                                        site.agents().stream()
                                                .map(a -> !registrar.bindings(a.name()).isEmpty())
                                                .toList(),
                                calls::size,
                                webSockets::count,
                                trunks::states,
                                media::counters,
                                recordGauges(records),
                                recordings::counters));
        events.listen(metrics::on);
        metrics.floor(floor::figures);
        ladders.ifPresent(ladder -> ladder.tell(metrics));
        AgentGrades grades = new AgentGrades(name -> site.agent(name).isPresent(), floor::graded);
        quality.tell(call -> {
            metrics.heard(call);
            grades.heard(call);
        });

        Thread.ofVirtual().name("registrar").start(registrar);
        parts.push(registrar::stop);
        edge.start(dispatcher);
        listeners.open(edge);
        listeners.trunks(flow -> trunkSources.find(site, flow).isPresent());
        replace(first);
        Guard guard =
                new Guard(
                        configuration.api().token(),
                        () -> whole.keys(),
                        Instant::now,
                        WebServer.trustedRequests(configuration));
        ApiHandler api =
                new ApiHandler(
                        () -> state,
                        guard,
                        metrics::text,
                        reader(records),
                        calls::snapshots,
                        Optional.of(
                                new CallControlApi(
                                        new CallCommands(
                                                calls, () -> site, callIds, Instant::now))),
                        Optional.of(new FloorApi(floor::figures, floor::ask)),
                        demo,
                        Optional.of(recordings.api(calls::pauseRecording)),
                        Stream.of(
                                        List.of(
                                                new EventsApi(told.history()),
                                                new WebhooksApi(webhooks, Instant::now),
                                                new RouteApi(() -> whole),
                                                quality.api(ladders.map(LadderPart::reader))),
                                        ladders.map(l -> l.api(() -> stopping)).orElse(List.of()),
                                        more)
                                .flatMap(List::stream)
                                .toList());
        web =
                open(
                        WebServer.open(
                                configuration,
                                api,
                                edge,
                                Optional.of(new WebServer.Listening(told.history(), guard))));
        parts.push(() -> stopping = true);
        webSockets.of = Optional.of(web);
        state = Readiness.State.READY;
    }

    /** The web server comes last, but is looked at by metrics that come before. */
    private static final class WebSockets {
        private volatile Optional<WebServer> of = Optional.empty();

        int count() {
            return of.map(WebServer::webSockets).orElse(0);
        }
    }

    private TokenGate tokenGate(Configuration configuration) {
        UsedTokenFiles journal = open(UsedTokenFiles.open(configuration.data().resolve("tokens")));
        return new TokenGate(tokenKeys, journal, Instant::now, System::nanoTime);
    }

    private Calls calls() {
        return calls;
    }

    /** The media, for the demo's robot, which speaks through it as well. */
    MediaEngine media() {
        return media;
    }

    /** The port of the plain HTTP listener. */
    int httpPort() {
        return web.httpPort();
    }

    /**
     * Goes over to another site. Calls that are up go on as they are: an agent who is gone, or has
     * another password, loses the phones' bindings; a trunk that is different begins anew; all else
     * is what the next call meets. One caller at a time.
     */
    void replace(PbxSite replacement) {
        Site before = site;
        Site next = replacement.calls();
        whole = replacement;
        site = next;
        tokenKeys.apply(next.tokens().sets());
        trunks.apply(next.trunks());
        floor.replace(replacement.floor());
        webhooks.apply(next.webhooks());
        Set<String> withdrawn = withdrawn(before, next);
        if (!withdrawn.isEmpty()) {
            registrar.withdraw(withdrawn);
        }
    }

    private static Set<String> withdrawn(Site before, Site next) {
        return before.agents().stream()
                .filter(agent ->
                        next.agent(agent.name())
                                .filter(n -> n.credential().equals(agent.credential()))
                                .isEmpty())
                .map(Agent::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is in force. */
    Site site() {
        return site;
    }

    /** Tells all who listen. */
    void publish(PbxEvent event) {
        events.publish(event);
    }

    /** Adds a part that is closed before all that is there. */
    void with(AutoCloseable part) {
        parts.push(part);
    }

    /** Calls that are up. */
    int callsUp() {
        return calls.size();
    }

    /** No new calls; those that are up go on. */
    void drain() {
        state = Readiness.State.DRAINING;
        dispatcher.drain();
    }

    /** BYE to everybody. */
    void hangUpAll() {
        calls.stopAll("the server stops");
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                LOG.log(System.Logger.Level.WARNING, "a part did not close well", failed);
            }
        }
    }

    private <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    private static MediaSettings mediaSettings(Configuration configuration) {
        Configuration.Media media = configuration.media();
        List<MediaAddress> addresses =
                media.addresses().stream()
                        .map(a -> new MediaAddress(a.local(), a.advertised()))
                        .toList();
        return MediaSettings.of(addresses)
                .withBrowserPort(media.port())
                .withTrunkPorts(media.ports().first(), media.ports().last());
    }

    private static Optional<SipTls> sipTls(Configuration configuration) {
        return configuration
                .sip()
                .files()
                .map(f -> TlsIdentity.read(f.certificate(), f.key()))
                .map(identity ->
                        new SipTls(
                                identity, Optional.empty(), ServerName.of(configuration.domain())));
    }

    private static OwnAddresses ownAddresses(Configuration configuration, SipListeners listeners) {
        return new OwnAddresses(
                configuration.domain(),
                configuration.media().addresses().stream()
                        .map(a -> new OwnAddresses.Mapping(a.local(), a.advertised()))
                        .toList(),
                listeners.ports());
    }

    private static DigestServer digest(Configuration configuration, SecureRandom random) {
        byte[] key = new byte[NONCE_KEY_BYTES];
        random.nextBytes(key);
        return new DigestServer(
                configuration.realm(),
                List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                NONCE_LIFETIME,
                key);
    }

    private static CallSettings callSettings(Configuration configuration) {
        Configuration.Calls settings = configuration.calls();
        CallSettings standard = CallSettings.of(configuration.domain());
        return new CallSettings(
                configuration.domain(),
                settings.ring(),
                standard.attemptFor(),
                settings.resume(),
                settings.silence(),
                settings.lengthMax(),
                standard.legsMax());
    }

    private static Gauges.Records recordGauges(CdrStorage records) {
        return new Gauges.Records(
                () -> records.health().waiting(),
                () -> records.health().stored(),
                () -> records.health().lost(),
                () -> records.health().rejected(),
                () -> records.health().spoolTrouble().isPresent(),
                () -> records.health().databaseTrouble().isPresent());
    }

    private static CdrReader reader(CdrStorage records) {
        return (cursor, limit) -> {
            try {
                return records.before(cursor, limit);
            } catch (SQLException away) {
                throw new CdrReader.UnavailableException(away);
            }
        };
    }
}
