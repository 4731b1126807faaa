package io.jackfield.observe.metrics;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.contactcenter.floor.FloorFigures;
import io.jackfield.media.MediaCounters;
import io.jackfield.media.Outcome;
import io.jackfield.media.QualityReport;
import io.jackfield.media.recording.Recorder;
import io.jackfield.observe.hep.HepExport;
import io.jackfield.observe.ladder.LadderRecorder;
import io.jackfield.observe.quality.CallQuality;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * All metrics of the process.
 *
 * <p>Thread-safety: any thread.
 */
public final class PbxMetrics {
    /** Methods that get a label of their own; a stranger can make up any number of others. */
    private static final Set<String> METHODS =
            Set.of(
                    "INVITE",
                    "ACK",
                    "BYE",
                    "CANCEL",
                    "REGISTER",
                    "OPTIONS",
                    "INFO",
                    "UPDATE",
                    "PRACK",
                    "REFER",
                    "NOTIFY",
                    "SUBSCRIBE",
                    "MESSAGE",
                    "PUBLISH");

    /** Asterisk's numbers for the states of an endpoint. */
    private static final int OFFLINE = 1;

    private static final int ONLINE = 2;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter sipMessages =
            Counter.builder()
                    .name("jackfield_sip_messages_total")
                    .help("SIP messages by direction, method and class of the response.")
                    .labelNames("direction", "method", "kind")
                    .register(registry);
    private final Counter sipRefused =
            Counter.builder()
                    .name("jackfield_sip_refused_total")
                    .help("Messages that were not SIP, beyond a bound, or belonged to nothing.")
                    .labelNames("answered")
                    .register(registry);
    private final Counter authenticationFailures =
            Counter.builder()
                    .name("jackfield_authentication_failures_total")
                    .help("Requests with wrong or unusable credentials.")
                    .register(registry);
    private final Counter guessesLimited =
            Counter.builder()
                    .name("jackfield_guesses_limited_total")
                    .help("Times that so many passwords were guessed that no more were looked at.")
                    .labelNames("limit")
                    .register(registry);
    private final Counter callTokens =
            Counter.builder()
                    .name("jackfield_call_tokens_total")
                    .help("Calls that needed a call token, by what became of it.")
                    .labelNames("outcome")
                    .register(registry);
    private final Counter calls =
            Counter.builder()
                    .name("jackfield_calls_ended_total")
                    .help("Calls that ended, by direction and class of the status the caller got.")
                    .labelNames("direction", "status")
                    .register(registry);
    private final Histogram ring =
            Histogram.builder()
                    .name("jackfield_call_ring_seconds")
                    .help("Time from the start of a call to its answer or end.")
                    .classicOnly()
                    .classicUpperBounds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 60)
                    .register(registry);

    private final Histogram qualityEchoLoss =
            Histogram.builder()
                    .name("jackfield_quality_echo_loss_ratio")
                    .help("Share of packets lost in calls of the quality echo, by their way.")
                    .labelNames("direction")
                    .classicOnly()
                    .classicUpperBounds(0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
                    .register(registry);

    private final Gauge siteVersion =
            Gauge.builder()
                    .name("jackfield_site_version")
                    .help("Version of the site's tables that is in force; 0 before the first.")
                    .register(registry);
    private final Counter siteChanges =
            Counter.builder()
                    .name("jackfield_site_changes_total")
                    .help("Changes of the site's tables that were seen, and what became of them.")
                    .labelNames("verdict")
                    .register(registry);

    private final LongAdder callsStarted = new LongAdder();
    private final QualityMetrics quality = new QualityMetrics(registry);

    /**
     * @param gauges read whenever Prometheus asks
     */
    public PbxMetrics(Gauges gauges) {
        JvmMetrics.builder().register(registry);
        gauge(
                "jackfield_registrations",
                "Phones that can be reached.",
                gauges.registrations()::getAsInt);
        gauge(
                "jackfield_agents_registered",
                "Agents that can be reached.",
                () -> reachable(gauges.agents().get()));
        gauge("jackfield_calls", "Calls that are up.", gauges.calls()::getAsInt);
        gauge(
                "jackfield_websockets",
                "Browsers that are connected.",
                gauges.webSockets()::getAsInt);
        gauge(
                "jackfield_media_legs",
                "Media legs that are open.",
                () -> gauges.media().get().legs());
        gauge(
                "jackfield_media_ports_in_use",
                "UDP ports of trunk legs in use.",
                () -> gauges.media().get().trunkPortsInUse());
        gauge(
                "jackfield_dtls_handshakes",
                "DTLS handshakes that are going on.",
                () -> gauges.media().get().handshakesRunning());
        CounterWithCallback.builder()
                .name("jackfield_dtls_handshakes_cancelled_total")
                .help(
                        "DTLS handshakes closed before their end, as by a quick hang-up: no failures.")
                .callback(callback ->
                        callback.call((double) gauges.media().get().handshakesCancelled()))
                .register(registry);
        gauge(
                "jackfield_media_commands_dropped",
                "Commands the media loop was too busy for.",
                () -> gauges.media().get().commandsDropped());
        records(gauges.records());
        recordings(gauges.recordings());
        trunks(gauges);
        packets(gauges);
        asterisk(gauges);
    }

    /** Adds agents and queues; once. */
    public void floor(Supplier<FloorFigures> figures) {
        var _ = new FloorMetrics(registry, figures);
    }

    /** Adds ladders and capture servers; once. */
    public void diagnosis(LadderRecorder ladders, HepExport hep) {
        var _ = new DiagnosisMetrics(registry, ladders, hep);
    }

    /** Counts how a call was heard that has ended. */
    public void heard(CallQuality call) {
        quality.ended(call);
    }

    private void records(Gauges.Records records) {
        gauge("jackfield_cdrs_waiting", "Call records in memory alone.", records.waiting());
        gauge("jackfield_cdrs_stored", "Call records stored since start.", records.stored());
        gauge("jackfield_cdrs_lost", "Call records given up.", records.lost());
        gauge("jackfield_cdrs_rejected", "Call records kept aside.", records.rejected());
        gauge(
                "jackfield_cdr_spool_failing",
                "1 while call records cannot be written to disk: somebody must act.",
                () -> records.spoolFailing().getAsBoolean() ? 1 : 0);
        gauge(
                "jackfield_cdr_database_failing",
                "1 while call records wait in the spool for the database.",
                () -> records.databaseFailing().getAsBoolean() ? 1 : 0);
    }

    private void recordings(Supplier<Recorder.Counters> counters) {
        gauge(
                "jackfield_recordings_active",
                "Recordings that go on.",
                () -> counters.get().active());
        gauge(
                "jackfield_recordings_ready",
                "Recordings that came to a good end since start.",
                () -> counters.get().ready());
        gauge(
                "jackfield_recordings_failed",
                "Recordings that could not begin or go on since start.",
                () -> counters.get().failed());
        gauge(
                "jackfield_recordings_bytes",
                "Bytes of the recordings that are ready.",
                () -> counters.get().bytes());
        gauge(
                "jackfield_recordings_dropped_packets",
                "Packets that the writers were too slow for.",
                () -> counters.get().dropped());
        gauge(
                "jackfield_recordings_queue_fill",
                "How full the fullest queue to a writer is, 0 to 1.",
                (DoubleSupplier) () -> counters.get().fill());
        gauge(
                "jackfield_recordings_failing",
                "1 while recordings cannot be written to disk: somebody must act.",
                () -> counters.get().failing() ? 1 : 0);
    }

    /**
     * What Asterisk's exporter says under the same names, so that dashboards keep working; the
     * labels name nobody.
     */
    private void asterisk(Gauges gauges) {
        GaugeWithCallback.builder()
                .name("asterisk_endpoints_state")
                .help(
                        "State of each agent: 1 offline, 2 online. Trunks are not among them, so"
                                + " that count(asterisk_endpoints_state==2) counts agents.")
                .labelNames("id")
                .callback(callback -> {
                    List<Boolean> agents = gauges.agents().get();
                    for (int i = 0; i < agents.size(); i++) {
                        callback.call(agents.get(i) ? ONLINE : OFFLINE, Integer.toString(i + 1));
                    }
                })
                .register(registry);
        gauge("asterisk_endpoints_count", "Configured agents.", () -> gauges.agents().get().size());
        gauge(
                "asterisk_channels_count",
                "Legs that have media.",
                () -> gauges.media().get().legs());
        gauge("asterisk_calls_count", "Calls that are up.", gauges.calls()::getAsInt);
        gauge("asterisk_calls_sum", "Calls since the start.", callsStarted::sum);
        gauge(
                "asterisk_core_uptime_seconds",
                "Time since the start.",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }

    private static long reachable(List<Boolean> agents) {
        return agents.stream().filter(reachable -> reachable).count();
    }

    private void gauge(String name, String help, LongSupplier value) {
        gauge(name, help, (DoubleSupplier) value::getAsLong);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void trunks(Gauges gauges) {
        GaugeWithCallback.builder()
                .name("jackfield_trunk_up")
                .help("1 when the trunk can be used.")
                .labelNames("trunk")
                .callback(callback ->
                        gauges.trunks()
                                .get()
                                .forEach((name, up) -> callback.call(up ? 1 : 0, name)))
                .register(registry);
    }

    private void packets(Gauges gauges) {
        CounterWithCallback.builder()
                .name("jackfield_media_packets_total")
                .help("Packets of the media, by what became of them.")
                .labelNames("outcome")
                .callback(callback -> {
                    MediaCounters counters = gauges.media().get();
                    for (Outcome outcome : Outcome.values()) {
                        callback.call(
                                (double) counters.packets(outcome),
                                outcome.name().toLowerCase(Locale.ROOT));
                    }
                })
                .register(registry);
    }

    /** Counts one event. */
    public void on(PbxEvent event) {
        switch (event) {
            case PbxEvent.SipReceived(_, var message) -> count("in", message);
            case PbxEvent.SipSent(_, var message, _) -> count("out", message);
            case PbxEvent.SipRefused(_, _, var answered) ->
                    sipRefused.labelValues(Boolean.toString(answered)).inc();
            case PbxEvent.AuthenticationFailed _ -> authenticationFailures.inc();
            case PbxEvent.GuessesLimited(_, var limit, _, _) ->
                    guessesLimited.labelValues(limit.name().toLowerCase(Locale.ROOT)).inc();
            case PbxEvent.TokenChecked(_, _, _, var refusal) ->
                    callTokens
                            .labelValues(refusal.map(TokenRefusal::code).orElse("accepted"))
                            .inc();
            case PbxEvent.SiteChanged(var version, _) -> {
                siteVersion.set((double) version);
                siteChanges.labelValues("applied").inc();
            }
            case PbxEvent.SiteRefused _ -> siteChanges.labelValues("refused").inc();
            case PbxEvent.CallStarted _ -> callsStarted.increment();
            case PbxEvent.CallEnded(_, var cdr) -> {
                String direction = cdr.direction().name().toLowerCase(Locale.ROOT);
                calls.labelValues(direction, cdr.sipStatus() / 100 + "xx").inc();
                ring.observe(cdr.ringMillis() / 1000.0);
            }
            case PbxEvent.QualityMeasured(_, _, var report) -> {
                measured("from_peer", report.fromPeer());
                report.toPeer().ifPresent(path -> measured("to_peer", path));
            }
            case PbxEvent.FlowClosed _,
                    PbxEvent.Registered _,
                    PbxEvent.Unregistered _,
                    PbxEvent.LegStarted _,
                    PbxEvent.LegProgressed _,
                    PbxEvent.DialogBegan _,
                    PbxEvent.QualityJudged _,
                    PbxEvent.CallAnswered _,
                    PbxEvent.CallHeld _,
                    PbxEvent.CallEnding _,
                    PbxEvent.CallerWaits _,
                    PbxEvent.OfferRang _,
                    PbxEvent.OfferAnswered _,
                    PbxEvent.OfferMissed _,
                    PbxEvent.CustomerReached _,
                    PbxEvent.CallerInMenu _,
                    PbxEvent.MenuLeft _,
                    PbxEvent.AgentJoined _,
                    PbxEvent.AgentLeft _,
                    PbxEvent.PartyJoined _,
                    PbxEvent.JoinFailed _,
                    PbxEvent.TransferBegan _,
                    PbxEvent.Transferred _,
                    PbxEvent.TransferFailed _,
                    PbxEvent.LegLost _,
                    PbxEvent.LegReturned _,
                    PbxEvent.LegEnded _,
                    PbxEvent.MediaHappened _,
                    PbxEvent.RecordingHappened _,
                    PbxEvent.TrunkChanged _ -> {}
        }
    }

    private void measured(String direction, QualityReport.Path path) {
        qualityEchoLoss.labelValues(direction).observe(path.lost());
    }

    private void count(String direction, SipMessage message) {
        String name = message.method().name();
        String kind =
                switch (message) {
                    case SipRequest _ -> "request";
                    case SipResponse response -> response.status() / 100 + "xx";
                };
        sipMessages.labelValues(direction, METHODS.contains(name) ? name : "other", kind).inc();
    }

    /** Everything in Prometheus' text format. */
    public String text() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
