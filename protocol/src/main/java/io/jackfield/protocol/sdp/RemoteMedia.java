package io.jackfield.protocol.sdp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

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
     * <p>The unspecified address says "send nothing" (RFC 3264 §8.4), and has lowered the direction
     * already. To a socket it would mean this very host, so packets go only where {@link
     * #rtpTarget} and {@link #rtcpTarget} say.
     *
     * @param rtp a literal unicast or the unspecified address, never looked up
     * @param rtcp likewise
     */
    record Plain(InetSocketAddress rtp, InetSocketAddress rtcp) implements RemoteMedia {
        /** Where RTP goes; empty when nowhere. */
        public Optional<InetSocketAddress> rtpTarget() {
            return target(rtp);
        }

        /** Where RTCP goes; empty when nowhere. */
        public Optional<InetSocketAddress> rtcpTarget() {
            return target(rtcp);
        }

        private static Optional<InetSocketAddress> target(InetSocketAddress said) {
            return Optional.of(said).filter(s -> !s.getAddress().isAnyLocalAddress());
        }
    }
}
