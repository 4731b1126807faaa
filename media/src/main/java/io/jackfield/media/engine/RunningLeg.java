package io.jackfield.media.engine;

import io.jackfield.media.LegParameters;
import io.jackfield.media.LegState;
import io.jackfield.media.LegStatistics;
import io.jackfield.media.LinkWindow;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaListener;
import io.jackfield.media.Outcome;
import io.jackfield.media.QualityReport;
import io.jackfield.media.audio.SoundMeter;
import io.jackfield.media.bridge.Bridge;
import io.jackfield.media.bridge.QualityEcho;
import io.jackfield.media.bridge.Seat;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.LinkMeter;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.PacketOutput;
import io.jackfield.media.pipeline.PipelineEvents;
import io.jackfield.media.pipeline.ReceivePipeline;
import io.jackfield.media.pipeline.Tap;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.socket.LoopTimer;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtcp.PeerReport;
import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.rtcp.RtcpParser;
import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A leg on the media loop: what both kinds have in common.
 *
 * <p>Thread: the media loop's.
 */
abstract class RunningLeg implements PacketOutput, PipelineEvents {
    private static final System.Logger LOG = System.getLogger(RunningLeg.class.getName());

    /** Less is what any network does. */
    private static final double LOSS_TOLD_MIN = 0.02;

    private final String id;
    private final MediaListener listener;
    private final LoopTimer timer;
    private final long openedNanos;
    private final Instant opened;
    private final Map<Outcome, Long> dropped = new EnumMap<>(Outcome.class);
    private final ReceivePipeline received;
    private final OutgoingStream outgoing;
    private final LinkMeter meter;

    final Engine engine;

    private Hearer hearer = Hearer.NOBODY;
    private LegStatistics.Decoded decodedBefore = LegStatistics.Decoded.NOTHING;
    private Optional<RunningLeg> heardBy = Optional.empty();
    private Optional<RunningLeg> hears = Optional.empty();
    private Optional<RunningRoom> room = Optional.empty();
    private Optional<Seat> seat = Optional.empty();
    private boolean measured;
    private Optional<LegParameters> parameters = Optional.empty();
    private boolean closed;
    private boolean finished;
    private boolean lossTold;

    RunningLeg(String id, MediaListener listener, Engine engine, long nowNanos) {
        this.id = id;
        this.listener = listener;
        this.engine = engine;
        this.openedNanos = nowNanos;
        this.opened = engine.wallClock().instant();
        this.timer = engine.loop().timer(this::onTimer);
        this.received = new ReceivePipeline(this, engine.settings().silenceAfter());
        this.outgoing = new OutgoingStream(this, randomName(), engine.random(), engine.codecs());
        this.meter = new LinkMeter(received, outgoing);
    }

    /** "a random CNAME" of 96 bits (RFC 7022 §4.2). */
    private String randomName() {
        byte[] bytes = new byte[12];
        engine.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    // What the kinds differ in.

    /** Takes over the peer's transport. */
    abstract void applyTransport(LegParameters agreed, long nowNanos);

    /** True where the peer's packets can come: what the silence watch waits for. */
    abstract boolean connected();

    abstract OptionalLong transportDeadlineNanos();

    abstract void onTransportTimer(long nowNanos);

    /**
     * Takes no more RTP.
     *
     * @return true where RTCP can still come
     */
    abstract boolean closeRtp();

    abstract void closeTransport();

    abstract LegState.Transport exportTransport(long nowNanos);

    // Commands.

    final void apply(LegParameters agreed, long nowNanos) {
        if (closed) {
            return;
        }
        parameters = Optional.of(agreed);
        boolean anotherReporter =
                outgoing.apply(
                        agreed.codecs(),
                        agreed.direction(),
                        engine.wallClock().instant(),
                        nowNanos);
        if (anotherReporter) {
            outgoing.reporter().ifPresent(received::reportTo);
        }
        received.apply(agreed.codecs(), agreed.direction());
        applyTransport(agreed, nowNanos);
        received.expectPackets(connected(), nowNanos);
        measureFrom(nowNanos);
        connectAgain();
        rearm();
    }

    /** Payload types may have changed on either side. */
    private void connectAgain() {
        connectHearer();
        hears.ifPresent(RunningLeg::connectHearer);
    }

    private void connectHearer() {
        Optional<CodecMap> codecs = outgoing.codecs();
        if (seat.isPresent()) {
            codecs.ifPresent(agreed -> seat.get().connect(agreed, outgoing));
            return;
        }
        if (measured && codecs.isPresent()) {
            speakTo(QualityEcho.connect(hearer, codecs.get(), outgoing, engine.codecs()));
            return;
        }
        speakTo(
                heardBy.isPresent() && codecs.isPresent()
                        ? Bridge.connect(
                                hearer, codecs.get(), heardBy.get().outgoing, engine.codecs())
                        : Hearer.NOBODY);
    }

    /** The last one is done with, and what it has counted is kept. */
    @SuppressWarnings("ReferenceEquality") // The very same goes on.
    private void speakTo(Hearer next) {
        if (next != hearer) {
            Hearer last = hearer;
            decodedBefore = decodedBefore.plus(last.decoded());
            last.close();
            hearer = next;
            if (last instanceof QualityEcho echo) {
                tell(new MediaEvent.QualityMeasured(id, report(echo.meter())));
            }
        }
    }

    /** From now on what this leg says is heard by the other, who may be itself, and nobody else. */
    final void speakTo(RunningLeg other) {
        if (closed || other.closed) {
            return;
        }
        unheard();
        other.room.ifPresent(left -> left.leave(other));
        other.hears.ifPresent(RunningLeg::unheard);
        other.outgoing.stopPlaying();
        heardBy = Optional.of(other);
        other.hears = Optional.of(this);
        connectHearer();
        other.rearm();
    }

    /** It hears itself two seconds later, and is measured. */
    final void qualityEcho() {
        if (closed) {
            return;
        }
        park();
        measured = true;
        connectHearer();
    }

    private QualityReport report(SoundMeter meter) {
        LegStatistics figures = statistics(System.nanoTime());
        return QualityReports.of(meter, figures);
    }

    /** It takes a seat in a room, and leaves where it was. */
    final void sit(RunningRoom in, Seat taken) {
        park();
        room = Optional.of(in);
        seat = Optional.of(taken);
        speakTo(taken);
        connectHearer();
    }

    /** It is in that room no more; for the room to say. */
    final void stand() {
        room = Optional.empty();
        seat = Optional.empty();
        speakTo(Hearer.NOBODY);
    }

    /** Packets that were sent at somebody else's time. */
    final void countGenerated() {
        engine.counters().add(Outcome.GENERATED, outgoing.takeGenerated());
    }

    /** Nobody hears this leg. */
    final void unheard() {
        room.ifPresent(left -> left.leave(this));
        measured = false;
        heardBy.ifPresent(other -> other.hears = Optional.empty());
        heardBy = Optional.empty();
        speakTo(Hearer.NOBODY);
    }

    /** This leg hears nobody, and nobody hears it. */
    final void park() {
        unheard();
        hears.ifPresent(RunningLeg::unheard);
        outgoing.stopPlaying();
        rearm();
    }

    final void play(Prompt prompt, boolean loop, long nowNanos) {
        if (!closed && outgoing.play(prompt, loop, nowNanos)) {
            rearm();
        }
    }

    /** From now on it sees what the leg says. */
    final void tap(Tap tap) {
        received.tap(tap);
    }

    final void press(DtmfPress press, long nowNanos) {
        if (!closed && outgoing.press(press, nowNanos)) {
            rearm();
        }
    }

    // Packets.

    /** An RTP packet that proved to be the peer's. */
    final Outcome receiveRtp(ByteBuffer packet, long nowNanos) {
        Optional<RtcpReporter> reporter = outgoing.reporter();
        if (reporter.isEmpty()) {
            return Outcome.NOT_EXPECTED;
        }
        Outcome outcome = received.handle(packet, reporter.get(), hearer, nowNanos);
        if (received.takeDeadlineMoved()) {
            rearm();
        }
        return outcome;
    }

    /** An RTCP compound that proved to be the peer's. */
    final Outcome receiveRtcp(ByteBuffer compound, long nowNanos) {
        return switch (RtcpParser.parse(compound)) {
            case RtcpParse.Compound reports -> {
                Optional<PeerReport> report = outgoing.reported(reports, nowNanos);
                if (!closed) {
                    seen(
                            false,
                            reports,
                            report.map(RunningLeg::rttMillis).orElse(OptionalDouble.empty()));
                    report.ifPresent(this::reported);
                } else if (outgoing.heardByPeer(nowNanos).isPresent()) {
                    finish(nowNanos);
                }
                yield Outcome.RTCP_TAKEN;
            }
            case RtcpParse.Refused _ -> Outcome.RTCP_REFUSED;
        };
    }

    @Override
    public final Outcome sendRtcp(ByteBuffer compound) {
        // read before it is encrypted in its place
        RtcpParse ours = RtcpParser.parse(compound.duplicate());
        Outcome outcome = sendCompound(compound);
        if (outcome == Outcome.FORWARDED && ours instanceof RtcpParse.Compound reports) {
            seen(true, reports, OptionalDouble.empty());
        }
        return outcome;
    }

    /** As {@link #sendRtcp}. */
    abstract Outcome sendCompound(ByteBuffer compound);

    /** Which way RTCP goes now. */
    abstract Optional<MediaEvent.RtcpSeen.Path> rtcpPath();

    private void seen(boolean sent, RtcpParse.Compound reports, OptionalDouble rttMillis) {
        tell(new MediaEvent.RtcpSeen(id, sent, reports, rttMillis, rtcpPath()));
    }

    /** The peer's view of our stream: told while it is bad. */
    private void reported(PeerReport report) {
        double lost = report.block().fractionLost() / 256.0;
        boolean bad = lost >= LOSS_TOLD_MIN;
        if (bad || lossTold) {
            tell(new MediaEvent.LossReported(id, lost, rttMillis(report)));
        }
        lossTold = bad;
    }

    private static OptionalDouble rttMillis(PeerReport report) {
        return report.rttNanos().isPresent()
                ? OptionalDouble.of(report.rttNanos().getAsLong() / 1e6)
                : OptionalDouble.empty();
    }

    /** Counts what became of a packet of this leg's. */
    final void count(Outcome outcome) {
        engine.counters().count(outcome);
        if (!isGood(outcome)) {
            dropped.merge(outcome, 1L, Long::sum);
        }
    }

    private static boolean isGood(Outcome outcome) {
        return switch (outcome) {
            case FORWARDED, UNHEARD, GENERATED, STUN_ANSWERED, DTLS_TAKEN, RTCP_TAKEN -> true;
            case STUN_UNKNOWN,
                    STUN_REFUSED,
                    DTLS_REFUSED,
                    RTCP_REFUSED,
                    NOT_MEDIA,
                    UNKNOWN_SOURCE,
                    BEFORE_KEYS,
                    BAD_TAG,
                    REPLAYED,
                    MALFORMED,
                    DUPLICATE,
                    TOO_LATE,
                    UNKNOWN_PAYLOAD_TYPE,
                    UNMAPPED_PAYLOAD_TYPE,
                    NOT_EXPECTED,
                    NOT_WANTED,
                    NO_PATH,
                    SEND_FAILED ->
                    false;
        };
    }

    // Time.

    private void onTimer(long nowNanos) {
        if (closed) {
            finish(nowNanos);
            return;
        }
        onTransportTimer(nowNanos);
        received.handleTimeout(nowNanos);
        outgoing.handleTimeout(nowNanos);
        countGenerated();
        meter.poll(nowNanos, engine.loop().late()).ifPresent(this::measured);
        rearm();
    }

    /** Sets the timer to the next thing that is due. */
    final void rearm() {
        if (closed) {
            return;
        }
        OptionalLong next =
                earlier(
                        transportDeadlineNanos(),
                        earlier(
                                meter.deadlineNanos(),
                                earlier(received.deadlineNanos(), outgoing.deadlineNanos())));
        if (next.isPresent()) {
            timer.at(next.getAsLong());
        } else {
            timer.cancel();
        }
    }

    private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        return a.getAsLong() - b.getAsLong() < 0 ? a : b;
    }

    @Override
    public final void deadlineMoved() {
        rearm();
    }

    /** The transport has just begun, or ceased, to work. */
    final void transportChanged(long nowNanos) {
        received.expectPackets(connected(), nowNanos);
        measureFrom(nowNanos);
        rearm();
    }

    private void measureFrom(long nowNanos) {
        if (connected()) {
            meter.begin(nowNanos);
        }
    }

    private void measured(LinkWindow window) {
        tell(new MediaEvent.LinkMeasured(id, window));
    }

    // Events.

    @Override
    public final void firstPacket() {
        tell(new MediaEvent.FirstPacket(id, sinceOpen()));
    }

    @Override
    public final void pressed(DtmfPress press) {
        tell(new MediaEvent.DtmfReceived(id, press.digit().character(), press.durationMillis()));
        hearer.pressed(press, System.nanoTime());
        heardBy.ifPresent(RunningLeg::rearm);
    }

    @Override
    public final void silent(Duration sinceLastPacket) {
        Direction expected = parameters.map(LegParameters::direction).orElse(Direction.INACTIVE);
        tell(new MediaEvent.Silent(id, sinceLastPacket, expected));
    }

    @Override
    public final void resumed() {
        tell(new MediaEvent.Resumed(id));
    }

    final void tell(MediaEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "leg=" + id + " listener failed", fault);
        }
    }

    final Duration sinceOpen() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    // The end.

    /**
     * Ends the leg. A peer that has said nothing of our packets yet may do so with its own BYE (RFC
     * 3550 §6.6), which comes about now: for that the last event waits a little.
     */
    final void close(long nowNanos) {
        if (closed) {
            return;
        }
        meter.rest(nowNanos, engine.loop().late()).ifPresent(this::measured);
        boolean unknown = outgoing.sent().packets() > 0 && outgoing.heardByPeer(nowNanos).isEmpty();
        outgoing.close(nowNanos);
        park();
        closed = true;
        if (unknown && closeRtp()) {
            timer.at(nowNanos + engine.settings().lastReportWithin().toNanos());
        } else {
            finish(nowNanos);
        }
    }

    /** The same without waiting. */
    final void closeNow(long nowNanos) {
        close(nowNanos);
        finish(nowNanos);
    }

    private void finish(long nowNanos) {
        if (finished) {
            return;
        }
        finished = true;
        timer.cancel();
        closeTransport();
        engine.legs().remove(this);
        tell(new MediaEvent.Closed(id, statistics(nowNanos)));
    }

    final boolean isClosed() {
        return closed;
    }

    final String id() {
        return id;
    }

    final Optional<LegParameters> parameters() {
        return parameters;
    }

    final LegStatistics statistics(long nowNanos) {
        return new LegStatistics(
                id,
                opened,
                Duration.ofNanos(nowNanos - openedNanos),
                outgoing.codecs().map(codecs -> codecs.chosen().codec()),
                received.statistics(),
                decodedBefore.plus(hearer.decoded()),
                outgoing.sent(),
                outgoing.heardByPeer(nowNanos),
                dropped);
    }

    final LegState exportState(long nowNanos) {
        return new LegState(
                id,
                exportTransport(nowNanos),
                outgoing.codecs(),
                parameters.map(LegParameters::direction).orElse(Direction.INACTIVE),
                outgoing.exportState(nowNanos));
    }
}
