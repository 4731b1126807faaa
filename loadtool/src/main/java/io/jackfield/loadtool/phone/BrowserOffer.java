package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import java.net.Inet6Address;

/**
 * An audio offer as browsers write it (RFC 8829 §5.2.1): full ICE, one port for all. The server's
 * own writer is of no use here, since it offers ICE-lite.
 */
final class BrowserOffer {
    private BrowserOffer() {}

    /**
     * @param sessionId 0 to 2^62
     */
    static String write(LocalMedia.WebRtc local, PhoneCodecs codecs, long sessionId, long ssrc) {
        LocalCandidate host = local.advertised().getFirst();
        return """
        v=0
        o=- %1$d 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        a=extmap-allow-mixed
        a=msid-semantic: WMS phone
        m=audio %2$d UDP/TLS/RTP/SAVPF %3$s
        c=IN %4$s %5$s
        a=rtcp:9 IN IP4 0.0.0.0
        a=candidate:1 1 udp 2122260223 %5$s %2$d typ host generation 0 network-id 1
        a=ice-ufrag:%6$s
        a=ice-pwd:%7$s
        a=ice-options:trickle
        a=fingerprint:%8$s
        a=setup:actpass
        a=mid:0
        a=sendrecv
        a=msid:phone microphone
        a=rtcp-mux
        a=rtcp-rsize
        a=rtpmap:111 opus/48000/2
        a=rtcp-fb:111 transport-cc
        a=fmtp:111 minptime=10;useinbandfec=1
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:110 telephone-event/48000
        a=rtpmap:126 telephone-event/8000
        a=ssrc:%9$d cname:phone
        """
                .formatted(
                        sessionId,
                        host.port(),
                        codecs.payloadTypes(),
                        host.address() instanceof Inet6Address ? "IP6" : "IP4",
                        host.address().getHostAddress(),
                        local.ice().ufrag(),
                        local.ice().pwd(),
                        local.fingerprint(),
                        ssrc)
                .replace("\n", "\r\n");
    }
}
