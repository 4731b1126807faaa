package io.jackfield.media;

import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.LocalAnswer;
import io.jackfield.protocol.sdp.MediaAnswer;
import io.jackfield.protocol.sdp.MediaOffer;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import java.util.Optional;

/**
 * What offer and answer have settled for one leg.
 *
 * @param transport the peer's end
 * @param codecs what payload types mean
 * @param direction ours: {@code sends} lets us send to the peer, {@code receives} lets the peer be
 *     heard
 * @param localSetup our part in DTLS, ACTIVE or PASSIVE; empty on plain legs
 * @param sourceRule whose RTP a plain leg takes; has no meaning on browser legs
 */
public record LegParameters(
        RemoteMedia transport,
        CodecMap codecs,
        Direction direction,
        Optional<SetupRole> localSetup,
        SourceRule sourceRule) {

    /** Whose RTP and RTCP a plain leg takes. */
    public enum SourceRule {
        /** Only the signalled address and port. */
        SIGNALLED,
        /**
         * The source of the first packets, then locked: for trunks behind a NAT whose configuration
         * says so. Until locked the leg can be spoken to by strangers.
         */
        LATCHED
    }

    public LegParameters {
        boolean webRtc = transport instanceof RemoteMedia.WebRtc;
        boolean ready =
                localSetup
                        .map(s -> s == SetupRole.ACTIVE || s == SetupRole.PASSIVE)
                        .orElse(!webRtc);
        if (!ready) {
            throw new IllegalArgumentException("a browser leg needs to be active or passive");
        }
    }

    /** After our answer to the peer's offer. */
    public static LegParameters of(MediaOffer offer, LocalAnswer answer) {
        return new LegParameters(
                offer.transport(),
                answer.codecs(),
                answer.direction(),
                answer.localSetup(),
                SourceRule.SIGNALLED);
    }

    /** After the peer's answer to our offer. */
    public static LegParameters of(MediaAnswer answer) {
        return new LegParameters(
                answer.transport(),
                answer.codecs(),
                answer.direction(),
                answer.localSetup(),
                SourceRule.SIGNALLED);
    }

    public LegParameters with(SourceRule rule) {
        return new LegParameters(transport, codecs, direction, localSetup, rule);
    }

    /** The same with another direction of ours: hold, resume, early media. */
    public LegParameters with(Direction other) {
        return new LegParameters(transport, codecs, other, localSetup, sourceRule);
    }
}
