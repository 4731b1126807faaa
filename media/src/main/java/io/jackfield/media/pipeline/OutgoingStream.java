package io.jackfield.media.pipeline;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.codec.OpusSteering;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.dtmf.DtmfSender;
import io.jackfield.protocol.rtcp.PeerReport;
import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.rtp.RewriteOutcome;
import io.jackfield.protocol.rtp.RewriterState;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one leg hears: one unbroken RTP stream, whoever speaks in it, and the reports about it.
 *
 * <p>One source speaks at a time. A pressed key comes before a prompt, a prompt before what comes
 * from other legs, be it packets forwarded or sound that is encoded here; who is not heard is
 * dropped, not delayed.
 *
 * <p>Thread: the media loop's. Neither forwarding a packet nor encoding a frame allocates.
 */
public final class OutgoingStream {
    /** The longest Opus packet, its header, and room for a tag. */
    private static final int PACKET_BYTES_MAX = 1_400;

    /** Room for a tag behind a report. */
    private static final int REPORT_ROOM_BYTES = 512;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Told apart from forwarded sources by the rewriter; the numbers never leave. */
    private static final int PROMPT_SSRC = 1;

    private static final int DTMF_SSRC = 2;
    private static final int SOUND_SSRC = 3;

    /** Who speaks. */
    private enum Feed {
        FORWARDED,
        SOUND,
        PROMPT,
        DTMF
    }

    private final PacketOutput output;
    private final RandomGenerator random;
    private final String cname;
    private final SpeechCodecs speechCodecs;
    private final OpusSteering steering = new OpusSteering();
    private final ByteBuffer scratch = ByteBuffer.allocate(PACKET_BYTES_MAX);
    private final ByteBuffer report =
            ByteBuffer.allocate(RtcpReporter.COMPOUND_BYTES_MAX + REPORT_ROOM_BYTES);
    private final RtpPacket made = new RtpPacket();
    private final SentTotals totals = new SentTotals();

    private @Nullable StreamNumbers numbers;
    private Optional<RtcpReporter> reporter = Optional.empty();
    private @Nullable CodecMap codecs;
    private boolean wanted;
    private PayloadTypeMap forwarded = new PayloadTypeMap(java.util.Map.of());
    private Feed feed = Feed.FORWARDED;
    private @Nullable Player sound;
    private @Nullable Player prompt;
    private @Nullable DtmfSender dtmf;
    private int dtmfPayloadType;
    private int madeSequenceNumber;
    private int madeTimestamp;
    private long generated;

    /**
     * @param cname random, the same for the leg's life (RFC 7022)
     * @param random for SSRC, first sequence number and timestamp
     * @param speechCodecs for prompts and other sound that is encoded here
     */
    public OutgoingStream(
            PacketOutput output, String cname, RandomGenerator random, SpeechCodecs speechCodecs) {
        this.output = output;
        this.cname = cname;
        this.random = random;
        this.speechCodecs = speechCodecs;
    }

    /**
     * What was negotiated. A codec with another clock begins a new SSRC (RFC 7160 §4.1), for which
     * answers without {@code a=ssrc} leave us free.
     *
     * @return true where {@link #reporter} is another than before
     */
    public boolean apply(CodecMap agreed, Direction direction, Instant wallClock, long nowNanos) {
        int clockRate = agreed.chosen().codec().clockRate();
        boolean another = numbers == null || numbers.clockRate() != clockRate;
        if (another) {
            totals.add(numbers);
            numbers = StreamNumbers.random(clockRate, cname, random, wallClock, nowNanos);
            reporter = Optional.of(numbers.reporter());
        }
        boolean sameEvents = codecs != null && codecs.event().equals(agreed.event());
        if (another || !sameEvents) {
            dtmf = agreed.event().map(e -> new DtmfSender(e.codec().clockRate())).orElse(null);
            dtmfPayloadType = agreed.event().map(CodecMap.Entry::send).orElse(0);
            feedTo(next());
        }
        boolean sameCodec =
                codecs != null && codecs.chosen().codec().equals(agreed.chosen().codec());
        codecs = agreed;
        wanted = direction.sends();
        if (!sameCodec) {
            encodeAnew(agreed);
        }
        return another;
    }

    private void encodeAnew(CodecMap agreed) {
        if (!SpeechCodecs.knows(agreed.chosen().codec())) {
            stopPlaying();
            forwardWith(forwarded);
            return;
        }
        if (sound != null) {
            sound.encodeAs(agreed.chosen().codec(), steering.tuning());
        }
        if (prompt != null) {
            prompt.encodeAs(agreed.chosen().codec(), steering.tuning());
        }
    }

    /** Whose turn it is while no key is pressed. */
    private Feed next() {
        return prompt != null ? Feed.PROMPT : background();
    }

    /** Who is heard while there is neither a key nor a prompt. */
    private Feed background() {
        return sound != null ? Feed.SOUND : Feed.FORWARDED;
    }

    /** Packets are forwarded from now on; who is forwarded changes, or what its types are here. */
    public void forwardWith(PayloadTypeMap map) {
        forwarded = map;
        if (sound != null) {
            sound.close();
            sound = null;
        }
        if (feed == Feed.FORWARDED || feed == Feed.SOUND) {
            feedTo(Feed.FORWARDED);
        }
    }

    /**
     * This sound is encoded from now on, in place of packets that are forwarded, whenever {@link
     * #soundBegins} says that there is some.
     *
     * @return false, and nothing changes, before {@link #apply} or where the leg's codec is none of
     *     ours
     */
    public boolean listenTo(SoundSource source) {
        if (codecs == null || !SpeechCodecs.knows(codecs.chosen().codec())) {
            return false;
        }
        forwardWith(forwarded);
        sound = player(source, codecs);
        if (feed == Feed.FORWARDED) {
            feedTo(Feed.SOUND);
        }
        return true;
    }

    /**
     * Sends 20 ms of the sound of {@link #listenTo} at once, for one that has a clock of its own.
     */
    public void soundNow(long nowNanos) {
        if (takesSound() == Outcome.FORWARDED && numbers != null) {
            makeFrame(sound, SOUND_SSRC, numbers, nowNanos);
        }
    }

    /** Nobody gives this sound any more; nothing happens where another has taken its place. */
    public void stopListening(SoundSource source) {
        if (sound != null && sound.plays(source)) {
            forwardWith(forwarded);
        }
    }

    private Player player(SoundSource source, CodecMap agreed) {
        return new Player(source, speechCodecs, agreed.chosen().codec(), steering.tuning());
    }

    /**
     * What becomes of sound for this leg at this moment: {@code FORWARDED}, or why it is not heard.
     */
    public Outcome takesSound() {
        if (!wanted || feed != Feed.SOUND) {
            return Outcome.NOT_WANTED;
        }
        return numbers != null && output.ready() ? Outcome.FORWARDED : Outcome.NO_PATH;
    }

    /** The sound of {@link #listenTo} is taken from now on, until it has nothing more to give. */
    public void soundBegins(long nowNanos) {
        if (sound != null && !sound.isPlaying()) {
            sound.begin(nowNanos);
            if (feed == Feed.SOUND) {
                feedTo(Feed.SOUND);
            }
            output.deadlineMoved();
        }
    }

    /** Sends a packet of another leg, which is rewritten in place. */
    public Outcome forward(RtpPacket packet, long nowNanos) {
        if (!wanted || feed != Feed.FORWARDED) {
            return Outcome.NOT_WANTED;
        }
        if (numbers == null || !output.ready()) {
            return Outcome.NO_PATH;
        }
        packet.stripToPayload();
        return send(packet, numbers, nowNanos);
    }

    private Outcome send(RtpPacket packet, StreamNumbers into, long nowNanos) {
        RewriteOutcome rewritten = into.rewriter().rewrite(packet, nowNanos);
        return switch (rewritten) {
            case FORWARD, FORWARD_RESUMED -> {
                int timestamp = packet.rtpTimestamp();
                int length = packet.payloadLength();
                Outcome sent = output.sendRtp(packet.buffer());
                if (sent == Outcome.FORWARDED) {
                    into.statistics().sent(timestamp, length, nowNanos);
                }
                yield sent;
            }
            case DUPLICATE -> Outcome.DUPLICATE;
            case TOO_LATE -> Outcome.TOO_LATE;
            case UNMAPPED_PAYLOAD_TYPE -> Outcome.UNMAPPED_PAYLOAD_TYPE;
        };
    }

    /** Begins a prompt; false before {@link #apply}, or where the leg's codec is none of ours. */
    public boolean play(Prompt what, boolean loop, long nowNanos) {
        if (codecs == null || !SpeechCodecs.knows(codecs.chosen().codec())) {
            return false;
        }
        closePrompt();
        prompt = player(new PromptSound(what, loop), codecs);
        prompt.begin(nowNanos);
        if (feed != Feed.DTMF) {
            feedTo(Feed.PROMPT);
        }
        return true;
    }

    /** Ends a prompt before its end. */
    public void stopPlaying() {
        closePrompt();
        if (feed == Feed.PROMPT) {
            feedTo(background());
        }
    }

    private void closePrompt() {
        if (prompt != null) {
            prompt.close();
            prompt = null;
        }
    }

    /** Presses a key; false where the peer takes no events, or too many presses wait. */
    public boolean press(DtmfPress press, long nowNanos) {
        if (dtmf == null || !dtmf.press(press.digit(), press.durationMillis(), nowNanos)) {
            return false;
        }
        if (feed != Feed.DTMF) {
            feedTo(Feed.DTMF);
        }
        return true;
    }

    private void feedTo(Feed next) {
        feed = next;
        if (numbers != null) {
            numbers.rewriter().sourceChanges();
            numbers.rewriter()
                    .payloadTypes(next == Feed.FORWARDED ? forwarded : PayloadTypeMap.identity());
        }
    }

    /** When {@link #handleTimeout} wants to be called; never while there is nowhere to send to. */
    public OptionalLong deadlineNanos() {
        if (numbers == null || !output.ready()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(orMaking(numbers.reporter().deadlineNanos()));
    }

    /** That moment, or the one in which the next packet is to be made, if it is earlier. */
    private long orMaking(long otherNanos) {
        if (!wanted) {
            return otherNanos;
        }
        return switch (feed) {
            case DTMF -> dtmf == null ? otherNanos : or(dtmf.deadlineNanos(), otherNanos);
            case PROMPT -> or(prompt, otherNanos);
            case SOUND -> or(sound, otherNanos);
            case FORWARDED -> otherNanos;
        };
    }

    private static long or(OptionalLong dueNanos, long otherNanos) {
        return dueNanos.isPresent() && dueNanos.getAsLong() - otherNanos < 0
                ? dueNanos.getAsLong()
                : otherNanos;
    }

    private static long or(@Nullable Player player, long otherNanos) {
        return player != null && player.isPlaying() && player.dueNanos() - otherNanos < 0
                ? player.dueNanos()
                : otherNanos;
    }

    /** Sends what is due: the next packet of a key, a prompt or other sound, a report. */
    public void handleTimeout(long nowNanos) {
        if (numbers == null || !output.ready()) {
            return;
        }
        if (orMaking(nowNanos + 1) - nowNanos <= 0) {
            make(numbers, nowNanos);
        }
        if (numbers.reporter().poll(report, nowNanos)) {
            Outcome _ = output.sendRtcp(report);
        }
    }

    private void make(StreamNumbers into, long nowNanos) {
        switch (feed) {
            case DTMF -> makeEvent(into, nowNanos);
            case PROMPT -> makePrompt(into, nowNanos);
            case SOUND -> makeFrame(sound, SOUND_SSRC, into, nowNanos);
            case FORWARDED -> {}
        }
    }

    private void makeEvent(StreamNumbers into, long nowNanos) {
        if (dtmf == null) {
            return;
        }
        scratch.clear().position(RtpPacket.HEADER_BYTES);
        if (dtmf.poll(scratch, into.mediaTime(nowNanos), nowNanos)) {
            sendMade(into, dtmfPayloadType, dtmf.rtpTimestamp(), DTMF_SSRC, nowNanos);
        }
        if (dtmf.deadlineNanos().isEmpty()) {
            feedTo(next());
        }
    }

    private void makePrompt(StreamNumbers into, long nowNanos) {
        makeFrame(prompt, PROMPT_SSRC, into, nowNanos);
        if (prompt != null && !prompt.isPlaying()) {
            stopPlaying();
        }
    }

    private void makeFrame(@Nullable Player player, int ssrc, StreamNumbers into, long nowNanos) {
        if (player == null || codecs == null) {
            return;
        }
        scratch.clear().position(RtpPacket.HEADER_BYTES);
        if (player.writeFrame(scratch, nowNanos) > 0) {
            sendMade(into, codecs.chosen().send(), madeTimestamp, ssrc, nowNanos);
        }
        madeTimestamp += player.frameRtpUnits();
    }

    /** The payload stands in {@link #scratch} already. */
    private void sendMade(
            StreamNumbers into, int payloadType, int timestamp, int ssrc, long nowNanos) {
        scratch.flip();
        int end = scratch.limit();
        RtpPacket.writeHeader(scratch, false, payloadType, madeSequenceNumber++, timestamp, ssrc);
        scratch.position(0).limit(end);
        made.wrap(scratch);
        if (send(made, into, nowNanos) == Outcome.FORWARDED) {
            generated++;
        }
    }

    /** Packets made here since last asked. */
    public long takeGenerated() {
        long taken = generated;
        generated = 0;
        return taken;
    }

    /** What reports on this leg; empty before {@link #apply}. */
    public Optional<RtcpReporter> reporter() {
        return reporter;
    }

    /**
     * Takes a report of the peer's.
     *
     * @return what it says of our stream, if anything
     */
    public Optional<PeerReport> reported(RtcpParse.Compound compound, long nowNanos) {
        if (numbers == null) {
            return Optional.empty();
        }
        numbers.reporter().handle(compound, nowNanos);
        Optional<PeerReport> heard = numbers.reporter().heardByPeer();
        totals.heard(heard);
        Optional<PeerReport> fresh = heard.filter(r -> r.receivedAtNanos() == nowNanos);
        fresh.ifPresent(this::steer);
        return fresh;
    }

    /** What is encoded here is made fit for the path that the peer describes. */
    private void steer(PeerReport report) {
        double rttMillis = report.rttNanos().orElse(-1) / NANOS_PER_MILLI;
        OpusTuning before = steering.tuning();
        OpusTuning now = steering.reported(report.block().fractionLost() / 256.0, rttMillis);
        if (now.equals(before)) {
            return;
        }
        if (sound != null) {
            sound.tune(now);
        }
        if (prompt != null) {
            prompt.tune(now);
        }
    }

    /** Says BYE. */
    public void close(long nowNanos) {
        stopPlaying();
        forwardWith(forwarded);
        if (numbers != null && output.ready()) {
            numbers.reporter().goodbye(report, nowNanos);
            Outcome _ = output.sendRtcp(report);
        }
    }

    /** Units per second of the stream; empty before {@link #apply}. */
    public OptionalInt clockRate() {
        return numbers == null ? OptionalInt.empty() : OptionalInt.of(numbers.clockRate());
    }

    /** What was agreed on last. */
    public Optional<CodecMap> codecs() {
        return Optional.ofNullable(codecs);
    }

    public LegStatistics.Sent sent() {
        return totals.sent(numbers);
    }

    public Optional<LegStatistics.HeardByPeer> heardByPeer(long nowNanos) {
        return numbers == null ? Optional.empty() : totals.heardByPeer(numbers, nowNanos);
    }

    /** Where the stream stands. */
    public Optional<RewriterState> exportState(long nowNanos) {
        return Optional.ofNullable(numbers).map(n -> n.rewriter().exportState(nowNanos));
    }
}
