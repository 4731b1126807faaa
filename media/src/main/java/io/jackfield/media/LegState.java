package io.jackfield.media;

import io.jackfield.protocol.ice.IceState;
import io.jackfield.protocol.rtp.RewriterState;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.srtp.SrtpKeys;
import io.jackfield.protocol.srtp.SrtpState;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * All another node needs to go on with a leg: nothing per packet, about a kilobyte.
 *
 * <p>Whoever restores it must move the outgoing numbers ahead ({@link RewriterState#skippedBy},
 * {@link SrtpState#skippedBy}) by more than could have been sent since, for no SRTP index may ever
 * be used twice under one key.
 *
 * @param codecs empty before the first {@link MediaLeg#apply}
 * @param outgoing our stream's place; empty before the first {@link MediaLeg#apply}
 */
public record LegState(
        String legId,
        Transport transport,
        Optional<CodecMap> codecs,
        Direction direction,
        Optional<RewriterState> outgoing) {

    /** How packets travel. */
    public sealed interface Transport {
        /**
         * @param keys empty before DTLS has given them
         */
        record WebRtc(IceState ice, List<Fingerprint> remoteFingerprints, Optional<Keys> keys)
                implements Transport {
            public WebRtc {
                remoteFingerprints = List.copyOf(remoteFingerprints);
            }
        }

        /**
         * @param localRtp ours; RTCP has the next port
         * @param remote RTP and RTCP address, empty before they are known
         */
        record Plain(InetSocketAddress localRtp, Optional<Remote> remote) implements Transport {}
    }

    /** SRTP of both directions; keys are secrets, their {@code toString} shows nothing. */
    public record Keys(SrtpKeys send, SrtpState sent, SrtpKeys receive, SrtpState received) {}

    /** The peer of a plain leg. */
    public record Remote(InetSocketAddress rtp, InetSocketAddress rtcp) {}
}
