package io.jackfield.loadtool.phone;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecOrder;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.LocalAnswer;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.MediaOffer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Previous;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SdpWriter;
import io.jackfield.protocol.sdp.SetupRole;
import java.util.List;
import java.util.Optional;

/**
 * An audio answer as browsers write it: that of the server's writer, without ICE-lite.
 *
 * @param agreed what is settled by it
 */
record BrowserAnswer(String sdp, LegParameters agreed) {
    /**
     * @param codecs by preference
     * @param sessionId 0 to 2^62
     * @return empty where the offer is none of WebRtc, or has none of these codecs
     */
    static Optional<BrowserAnswer> to(
            String offer, LocalMedia.WebRtc local, List<Codec> codecs, long sessionId) {
        return SdpParser.parse(offer) instanceof SdpParser.Parsed(var description)
                        && Negotiation.readOffer(description) instanceof MediaOffer read
                        && read.isWebRtc()
                ? to(read, local, codecs, sessionId)
                : Optional.empty();
    }

    private static Optional<BrowserAnswer> to(
            MediaOffer offer, LocalMedia.WebRtc local, List<Codec> codecs, long sessionId) {
        List<Codec> common = Negotiation.common(offer, codecs, CodecOrder.OURS);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        LocalAnswer answer =
                Negotiation.writeAnswer(
                        offer,
                        active(local),
                        common.subList(0, 1),
                        Direction.SENDRECV,
                        Previous.none(sessionId));
        String sdp = SdpWriter.write(answer.description()).replace("a=ice-lite\r\n", "");
        return Optional.of(new BrowserAnswer(sdp, LegParameters.of(offer, answer)));
    }

    /** As browsers answer where it is left to them (RFC 8829 §5.3.1). */
    private static LocalMedia.WebRtc active(LocalMedia.WebRtc local) {
        return new LocalMedia.WebRtc(
                local.ice(), local.fingerprint(), SetupRole.ACTIVE, local.advertised());
    }
}
