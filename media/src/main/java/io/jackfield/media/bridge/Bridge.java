package io.jackfield.media.bridge;

import io.jackfield.media.Outcome;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;

/**
 * One direction of a bridge: what one leg says is what the other hears. An echo is a bridge from a
 * leg to itself.
 *
 * <p>{@link #connect} decides once: packets pass as they are where both legs speak the codec, with
 * each byte translated where one speaks µ-law and the other A-law ({@link LawBridge}), and are
 * decoded and encoded else ({@link Transcoder}). What passes pays nothing for the others.
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
     * Connects a leg to what another hears; from now on that one hears this leg's packets, or their
     * sound where it does not speak the codec.
     *
     * @param before where the speaking leg's packets went until now; goes on where it still fits,
     *     else it is for the caller to close
     * @param from what the speaking leg has agreed on
     * @param to what the hearing leg hears
     * @return where the speaking leg's packets go; to nobody, where the hearing leg has not agreed
     *     on anything yet
     */
    public static Hearer connect(
            Hearer before, CodecMap from, OutgoingStream to, SpeechCodecs codecs) {
        if (to.codecs().isEmpty()) {
            return NOBODY;
        }
        CodecMap heard = to.codecs().get();
        if (needsDecoding(from, heard)) {
            return before instanceof Transcoder same && same.connects(from, to, heard)
                    ? same
                    : Transcoder.connect(from, to, heard, codecs);
        }
        CodecMapping mapping = CodecMapping.between(from, heard);
        to.forwardWith(mapping.payloadTypes());
        Bridge bridge = new Bridge(to, mapping.relaysEvents());
        return mapping.laws().isEmpty() ? bridge : new LawBridge(bridge, mapping.laws());
    }

    /** Neither the codec nor, of G.711, its other law is one that the hearing leg takes. */
    private static boolean needsDecoding(CodecMap from, CodecMap to) {
        Codec spoken = from.chosen().codec();
        return CodecMapping.partner(spoken, to).isEmpty()
                && SpeechCodecs.knows(spoken)
                && SpeechCodecs.knows(to.chosen().codec());
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
