package io.jackfield.protocol.sdp;

import java.net.InetSocketAddress;
import java.util.List;

/** The peer's end of a leg's media, as its description says. */
public sealed interface RemoteMedia {
    /**
     * ICE, DTLS-SRTP, RTP and RTCP on one port.
     *
     * @param fingerprints at least one, all of strong hash functions; the peer's certificate must
     *     match one (RFC 8122 §5)
     * @param setup ACTIVE, PASSIVE or, in offers, ACTPASS
     * @param candidates of component 1; none is usual, since browsers trickle
     * @param reducedSizeRtcp the peer takes RTCP packets of RFC 5506
     */
    record WebRtc(
            IceCredentials ice,
            boolean iceLite,
            List<Fingerprint> fingerprints,
            SetupRole setup,
            List<Candidate> candidates,
            boolean endOfCandidates,
            boolean reducedSizeRtcp)
            implements RemoteMedia {
        public WebRtc {
            fingerprints = List.copyOf(fingerprints);
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * RTP and RTCP in the clear.
     *
     * @param rtp a literal unicast address, never looked up; the unspecified address stands for
     *     "send nothing" (RFC 3264 §8.4) and has lowered the direction already
     */
    record Plain(InetSocketAddress rtp, InetSocketAddress rtcp) implements RemoteMedia {}
}
