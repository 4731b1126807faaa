package io.jackfield.media.pipeline;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.LinkWindow;
import io.jackfield.media.Outcome;
import io.jackfield.protocol.dtmf.DtmfReceiver;
import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.RtpValidity;
import io.jackfield.protocol.rtp.SequenceOutcome;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a packet a leg sends us, in this order: is it RTP, may this leg be heard now, is
 * its payload type agreed on; statistics; DTMF; tap; on to whoever hears the leg.
 *
 * <p>Recording looks in through {@link Tap}; the audio level of RFC 6464 has its place there too,
 * once a description asks for the extension.
 *
 * <p>Thread: the media loop's.
 */
public final class ReceivePipeline {
    private final PipelineEvents events;
    private final RtpPacket packet = new RtpPacket();
    private final ReceivedSources sources = new ReceivedSources();
    private final SilenceWatch silence;

    private PayloadTypes payloadTypes = PayloadTypes.NONE;
    private boolean mayBeHeard;
    private boolean heardAnything;
    private @Nullable DtmfReceiver dtmf;
    private int dtmfClockRate;
    private Tap tap = Tap.NONE;
    private @Nullable CodecMap codecs;
    private boolean deadlineMoved;
    private boolean expected;

    /**
     * @param silenceAfter as {@link io.jackfield.media.MediaSettings#silenceAfter}
     */
    public ReceivePipeline(PipelineEvents events, Duration silenceAfter) {
        this.events = events;
        this.silence = new SilenceWatch(silenceAfter);
    }

    /** What was negotiated. */
    public void apply(CodecMap agreed, Direction direction) {
        codecs = agreed;
        payloadTypes = new PayloadTypes(agreed);
        mayBeHeard = direction.receives();
        tap.agreed(agreed);
    }

    /** Whether packets should come: the transport is connected and the direction allows it. */
    public void expectPackets(boolean connected, long nowNanos) {
        expected = connected && mayBeHeard;
        silence.expect(expected, nowNanos);
    }

    /** From now on it sees the packets, instead of another. */
    public void tap(Tap next) {
        tap = next;
        if (codecs != null) {
            next.agreed(codecs);
        }
    }

    /**
     * Takes one packet, authenticated and decrypted where the leg has SRTP.
     *
     * @param datagram from position to limit, with room for a tag behind; may be changed
     * @param reporter that reports on what was heard
     * @param hearer takes what passes all steps
     */
    public Outcome handle(
            ByteBuffer datagram, RtcpReporter reporter, Hearer hearer, long nowNanos) {
        if (packet.wrap(datagram) != RtpValidity.VALID) {
            return Outcome.MALFORMED;
        }
        if (!mayBeHeard) {
            return Outcome.NOT_EXPECTED;
        }
        int payloadType = packet.payloadType();
        PayloadTypes.Kind kind = payloadTypes.kind(payloadType);
        if (kind == PayloadTypes.Kind.UNKNOWN) {
            return Outcome.UNKNOWN_PAYLOAD_TYPE;
        }
        Outcome counted = count(payloadTypes.clockRate(payloadType), reporter, nowNanos);
        if (counted != Outcome.FORWARDED) {
            return counted;
        }
        if (kind == PayloadTypes.Kind.EVENT) {
            readEvent(payloadTypes.clockRate(payloadType), nowNanos);
        }
        tap.packet(packet, nowNanos);
        return hearer.hear(packet, nowNanos);
    }

    private Outcome count(int clockRate, RtcpReporter reporter, long nowNanos) {
        SequenceOutcome place =
                sources.count(
                        packet.ssrc(),
                        clockRate,
                        packet.sequenceNumber(),
                        packet.rtpTimestamp(),
                        packet.payloadLength(),
                        reporter,
                        nowNanos);
        if (place == null) {
            return Outcome.UNKNOWN_SOURCE;
        }
        if (place == SequenceOutcome.DUPLICATE) {
            return Outcome.DUPLICATE;
        }
        if (silence.heard(nowNanos)) {
            deadlineMoved = true;
            events.resumed();
        }
        if (!heardAnything) {
            heardAnything = true;
            events.firstPacket();
        }
        return Outcome.FORWARDED;
    }

    private void readEvent(int clockRate, long nowNanos) {
        if (dtmf == null || dtmfClockRate != clockRate) {
            dtmf = new DtmfReceiver(clockRate);
            dtmfClockRate = clockRate;
        }
        deadlineMoved = true;
        dtmf.handle(
                        packet.buffer(),
                        packet.payloadOffset(),
                        packet.payloadLength(),
                        packet.rtpTimestamp(),
                        nowNanos)
                .ifPresent(events::pressed);
    }

    /** True once after a packet that may have moved {@link #deadlineNanos} forward. */
    public boolean takeDeadlineMoved() {
        boolean moved = deadlineMoved;
        deadlineMoved = false;
        return moved;
    }

    /** When {@link #handleTimeout} wants to be called. */
    public OptionalLong deadlineNanos() {
        OptionalLong quiet = silence.deadlineNanos();
        OptionalLong press = dtmf == null ? OptionalLong.empty() : dtmf.deadlineNanos();
        if (quiet.isEmpty() || press.isEmpty()) {
            return quiet.isPresent() ? quiet : press;
        }
        return quiet.getAsLong() - press.getAsLong() < 0 ? quiet : press;
    }

    /** Ends a press whose end got lost, and notices silence. */
    public void handleTimeout(long nowNanos) {
        if (dtmf != null) {
            dtmf.handleTimeout(nowNanos).ifPresent(events::pressed);
        }
        if (silence.begins(nowNanos)) {
            events.silent(silence.sinceHeard(nowNanos));
        }
    }

    /** Tells another reporter of the sources heard so far. */
    public void reportTo(RtcpReporter reporter) {
        sources.reportTo(reporter);
    }

    /** What came since last asked. */
    public LinkWindow.Incoming takeWindow(long nowNanos) {
        return sources.takeWindow(expected, nowNanos);
    }

    public LegStatistics.Received statistics() {
        return sources.statistics();
    }
}
