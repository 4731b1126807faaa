package io.jackfield.protocol.sdp;

import java.net.InetAddress;
import java.util.List;

/**
 * Our end of a leg's media, all of it that a description may show. No address gets into a
 * description but from here.
 */
public sealed interface LocalMedia {
    /** The address that stands in {@code c=} and {@code o=}. */
    InetAddress address();

    /**
     * ICE-lite, DTLS-SRTP, RTP and RTCP on one port: towards browsers.
     *
     * @param setup our wish; in an offer as it is (usually ACTPASS), in an answer ACTIVE where the
     *     offer leaves it to us, else PASSIVE
     * @param advertised 1 to 8, most preferred first
     */
    record WebRtc(
            IceCredentials ice,
            Fingerprint fingerprint,
            SetupRole setup,
            List<LocalCandidate> advertised)
            implements LocalMedia {
        private static final int ADVERTISED_MAX = 8;

        public WebRtc {
            advertised = List.copyOf(advertised);
            SdpText.check(
                    !advertised.isEmpty() && advertised.size() <= ADVERTISED_MAX,
                    "list of advertised addresses",
                    advertised);
            SdpText.check(setup != SetupRole.HOLDCONN, "setup", setup);
        }

        @Override
        public InetAddress address() {
            return advertised.getFirst().address();
        }
    }

    /**
     * RTP and RTCP in the clear, on two ports: towards trunks.
     *
     * @param address as advertised
     * @param rtpPort 1 to 65535
     * @param rtcpPort 1 to 65535; said in {@code a=rtcp} when it is not the next one
     */
    record Plain(InetAddress address, int rtpPort, int rtcpPort) implements LocalMedia {
        public Plain {
            SdpText.check(rtpPort >= 1 && rtpPort <= 65535, "RTP port", rtpPort);
            SdpText.check(rtcpPort >= 1 && rtcpPort <= 65535, "RTCP port", rtcpPort);
            SdpText.check(!address.isAnyLocalAddress(), "advertised address", address);
        }
    }
}
