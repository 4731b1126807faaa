package io.jackfield.media.bridge;

import io.jackfield.media.Outcome;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;

/**
 * One direction of a bridge: what one leg says is what the other hears. An echo is a bridge from a
 * leg to itself.
 *
 * <p>Thread: the media loop's.
 */
public final class Bridge implements Hearer {
    private final OutgoingStream to;
    private final boolean relaysEvents;

    private Bridge(OutgoingStream to, boolean relaysEvents) {
        this.to = to;
        this.relaysEvents = relaysEvents;
    }

    /**
     * Connects a leg to what another hears; from now on that one forwards this leg's packets.
     *
     * @param from what the speaking leg has agreed on
     * @param to what the hearing leg hears
     * @return where the speaking leg's packets go; to nobody, where the hearing leg has not agreed
     *     on anything yet
     */
    public static Hearer connect(CodecMap from, OutgoingStream to) {
        if (to.codecs().isEmpty()) {
            return NOBODY;
        }
        CodecMapping mapping = CodecMapping.between(from, to.codecs().get());
        to.forwardWith(mapping.payloadTypes());
        return new Bridge(to, mapping.relaysEvents());
    }

    @Override
    public Outcome hear(RtpPacket packet, long nowNanos) {
        return forward(packet, nowNanos);
    }

    /**
     * Passes a packet on: stripped of header extensions, with the other leg's payload type, SSRC,
     * sequence number and timestamp. Nothing else of the one leg reaches the other.
     */
    public Outcome forward(RtpPacket packet, long nowNanos) {
        return to.forward(packet, nowNanos);
    }

    @Override
    public void pressed(DtmfPress press, long nowNanos) {
        if (!relaysEvents) {
            boolean _ = to.press(press, nowNanos);
        }
    }
}
