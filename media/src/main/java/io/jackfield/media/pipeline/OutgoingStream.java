package io.jackfield.media.pipeline;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.dtmf.DtmfSender;
import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.rtp.RewriteOutcome;
import io.jackfield.protocol.rtp.RewriterState;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one leg hears: one unbroken RTP stream, whoever speaks in it, and the reports about it.
 *
 * <p>One source speaks at a time. A pressed key comes before a prompt, a prompt before what is
 * forwarded from another leg; who is not heard is dropped, not delayed.
 *
 * <p>Thread: the media loop's. Forwarding a packet allocates nothing.
 */
public final class OutgoingStream {
    /** A packet of ours is 172 bytes; the rest is room for a tag. */
    private static final int PACKET_BYTES_MAX = 512;

    /** Told apart from forwarded sources by the rewriter; the numbers never leave. */
    private static final int PROMPT_SSRC = 1;

    private static final int DTMF_SSRC = 2;

    /** Who speaks. */
    private enum Feed {
        FORWARDED,
        PROMPT,
        DTMF
    }

    private final PacketOutput output;
    private final RandomGenerator random;
    private final String cname;
    private final ByteBuffer scratch = ByteBuffer.allocate(PACKET_BYTES_MAX);
    private final ByteBuffer report =
            ByteBuffer.allocate(RtcpReporter.COMPOUND_BYTES_MAX + PACKET_BYTES_MAX);
    private final RtpPacket made = new RtpPacket();
    private final SentTotals totals = new SentTotals();

    private @Nullable StreamNumbers numbers;
    private Optional<RtcpReporter> reporter = Optional.empty();
    private @Nullable CodecMap codecs;
    private boolean wanted;
    private PayloadTypeMap forwarded = new PayloadTypeMap(java.util.Map.of());
    private Feed feed = Feed.FORWARDED;
    private @Nullable Player player;
    private @Nullable DtmfSender dtmf;
    private int dtmfPayloadType;
    private int madeSequenceNumber;
    private int madeTimestamp;
    private long generated;

    /**
     * @param cname random, the same for the leg's life (RFC 7022)
     * @param random for SSRC, first sequence number and timestamp
     */
    public OutgoingStream(PacketOutput output, String cname, RandomGenerator random) {
        this.output = output;
        this.cname = cname;
        this.random = random;
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
            stopMaking();
        }
        boolean sameEvents = codecs != null && codecs.event().equals(agreed.event());
        if (another || !sameEvents) {
            dtmf = agreed.event().map(e -> new DtmfSender(e.codec().clockRate())).orElse(null);
            dtmfPayloadType = agreed.event().map(CodecMap.Entry::send).orElse(0);
            feedTo(player == null ? Feed.FORWARDED : Feed.PROMPT);
        }
        codecs = agreed;
        wanted = direction.sends();
        if (player != null && !speaksG711(agreed)) {
            stopPlaying();
        }
        return another;
    }

    private static boolean speaksG711(CodecMap codecs) {
        Codec codec = codecs.chosen().codec();
        return codec.equals(Codec.PCMU) || codec.equals(Codec.PCMA);
    }

    /** Who is forwarded changes, or what its payload types are here. */
    public void forwardWith(PayloadTypeMap map) {
        forwarded = map;
        if (feed == Feed.FORWARDED) {
            feedTo(Feed.FORWARDED);
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

    /** Begins a prompt; false where the leg does not speak G.711. */
    public boolean play(Prompt prompt, boolean loop, long nowNanos) {
        if (codecs == null || !speaksG711(codecs)) {
            return false;
        }
        boolean alaw = codecs.chosen().codec().equals(Codec.PCMA);
        player = new Player(prompt, loop, alaw, nowNanos);
        if (feed != Feed.DTMF) {
            feedTo(Feed.PROMPT);
        }
        return true;
    }

    /** Ends a prompt before its end. */
    public void stopPlaying() {
        player = null;
        if (feed == Feed.PROMPT) {
            feedTo(Feed.FORWARDED);
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

    private void stopMaking() {
        player = null;
        dtmf = null;
        feed = Feed.FORWARDED;
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
        long earliest = numbers.reporter().deadlineNanos();
        OptionalLong making = makingDeadlineNanos();
        if (making.isPresent() && making.getAsLong() - earliest < 0) {
            earliest = making.getAsLong();
        }
        return OptionalLong.of(earliest);
    }

    private OptionalLong makingDeadlineNanos() {
        if (!wanted) {
            return OptionalLong.empty();
        }
        return switch (feed) {
            case DTMF -> dtmf == null ? OptionalLong.empty() : dtmf.deadlineNanos();
            case PROMPT ->
                    player == null ? OptionalLong.empty() : OptionalLong.of(player.dueNanos());
            case FORWARDED -> OptionalLong.empty();
        };
    }

    /** Sends what is due: the next packet of a key or a prompt, a report. */
    public void handleTimeout(long nowNanos) {
        if (numbers == null || !output.ready()) {
            return;
        }
        OptionalLong making = makingDeadlineNanos();
        if (making.isPresent() && making.getAsLong() - nowNanos <= 0) {
            make(numbers, nowNanos);
        }
        if (numbers.reporter().poll(report, nowNanos)) {
            Outcome _ = output.sendRtcp(report);
        }
    }

    private void make(StreamNumbers into, long nowNanos) {
        switch (feed) {
            case DTMF -> makeEvent(into, nowNanos);
            case PROMPT -> makeFrame(into, nowNanos);
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
            feedTo(player == null ? Feed.FORWARDED : Feed.PROMPT);
        }
    }

    private void makeFrame(StreamNumbers into, long nowNanos) {
        if (player == null || codecs == null) {
            return;
        }
        scratch.clear().position(RtpPacket.HEADER_BYTES);
        player.writeFrame(scratch, nowNanos);
        sendMade(into, codecs.chosen().send(), madeTimestamp, PROMPT_SSRC, nowNanos);
        madeTimestamp += Player.FRAME_SAMPLES;
        if (player.isOver()) {
            stopPlaying();
        }
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

    /** Takes a report of the peer's. */
    public void reported(RtcpParse.Compound compound, long nowNanos) {
        if (numbers != null) {
            numbers.reporter().handle(compound, nowNanos);
            totals.heard(numbers.reporter().heardByPeer());
        }
    }

    /** Says BYE. */
    public void close(long nowNanos) {
        if (numbers != null && output.ready()) {
            numbers.reporter().goodbye(report, nowNanos);
            Outcome _ = output.sendRtcp(report);
        }
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
