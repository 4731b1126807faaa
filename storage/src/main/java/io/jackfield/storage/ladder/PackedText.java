package io.jackfield.storage.ladder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Texts as they lie in the file: deflated (RFC 1951) with a dictionary of what SIP messages and
 * session descriptions always say, since each is short and must be readable alone. Confined to one
 * thread.
 */
final class PackedText implements AutoCloseable {
    /** Nothing we ever pack is longer; what is, was damaged. */
    static final int BYTES_MAX = 2 << 20;

    /**
     * What is common stands last: nearer is cheaper. Files are read with what they were written
     * with, so a change here is a new version of the file.
     */
    private static final byte[] DICTIONARY =
            """
            a=rtpmap:13 CN/8000\r
            a=rtpmap:9 G722/8000\r
            a=rtpmap:63 red/48000/2\r
            a=rtpmap:110 telephone-event/48000\r
            a=rtpmap:126 telephone-event/8000\r
            a=rtpmap:101 telephone-event/8000\r
            a=fmtp:101 0-16\r
            a=rtpmap:111 opus/48000/2\r
            a=fmtp:111 minptime=10;useinbandfec=1\r
            a=rtcp-fb:111 transport-cc\r
            a=rtpmap:0 PCMU/8000\r
            a=rtpmap:8 PCMA/8000\r
            a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r
            a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time\r
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r
            a=candidate:1 1 udp 2113937151 192.168.1. typ host generation 0 network-cost 999\r
            a=candidate:2 1 udp 1677729535 typ srflx raddr 0.0.0.0 rport 0\r
            a=end-of-candidates\r
            a=ice-ufrag:\r
            a=ice-pwd:[hidden]\r
            a=ice-options:trickle\r
            a=ice-lite\r
            a=fingerprint:sha-256 \r
            a=setup:actpass\r
            a=setup:active\r
            a=setup:passive\r
            a=mid:0\r
            a=group:BUNDLE 0\r
            a=msid-semantic: WMS\r
            a=rtcp-mux\r
            a=rtcp-rsize\r
            a=rtcp:9 IN IP4 0.0.0.0\r
            a=ptime:20\r
            a=sendonly\r
            a=recvonly\r
            a=sendrecv\r
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126\r
            m=audio 20000 RTP/AVP 8 0 101\r
            v=0\r
            o=- 0 0 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 \r
            t=0 0\r
            WWW-Authenticate: Digest realm="", nonce="", algorithm=SHA-256, qop="auth"\r
            Authorization: Digest username="", realm="", nonce="", uri="sip:", qop=auth, nc=00000001, [hidden]\r
            SIP/2.0 487 Request Terminated\r
            SIP/2.0 401 Unauthorized\r
            SIP/2.0 486 Busy Here\r
            SIP/2.0 183 Session Progress\r
            SIP/2.0 180 Ringing\r
            SIP/2.0 100 Trying\r
            SIP/2.0 200 OK\r
            CANCEL sip: SIP/2.0\r
            BYE sip: SIP/2.0\r
            ACK sip: SIP/2.0\r
            INVITE sip: SIP/2.0\r
            Via: SIP/2.0/UDP ;branch=z9hG4bK;rport;received=127.0.0.1\r
            Via: SIP/2.0/WSS .invalid;branch=z9hG4bK\r
            Max-Forwards: 70\r
            Record-Route: <sip:;transport=ws;lr>\r
            From: <sip:@>;tag=\r
            To: <sip:@>;tag=\r
            Call-ID: \r
            CSeq: 1 INVITE\r
            CSeq: 2 ACK\r
            Contact: <sip:@;transport=ws;ob>\r
            User-Agent: JsSIP 3.\r
            Server: Jackfield\r
            Supported: timer, 100rel, replaces, gruu, outbound\r
            Session-Expires: 1800;refresher=uac\r
            Min-SE: 90\r
            Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, UPDATE, PRACK, INFO, REFER\r
            Accept: application/sdp\r
            Reason: Q.850;cause=16;text=""\r
            Content-Type: application/sdp\r
            Content-Length: 0\r
            \r
            """
                    .getBytes(StandardCharsets.UTF_8);

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[BYTES_MAX];

    byte[] pack(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        deflater.reset();
        deflater.setDictionary(DICTIONARY);
        deflater.setInput(plain, 0, Math.min(plain.length, BYTES_MAX));
        deflater.finish();
        int length = 0;
        byte[] packed = new byte[plain.length / 2 + 64];
        while (!deflater.finished()) {
            length += deflater.deflate(packed, length, packed.length - length);
            if (length == packed.length) {
                packed = Arrays.copyOf(packed, packed.length * 2);
            }
        }
        return Arrays.copyOf(packed, length);
    }

    /**
     * @throws DataFormatException when these bytes were not made by {@link #pack}
     */
    String unpack(byte[] packed) throws DataFormatException {
        inflater.reset();
        inflater.setDictionary(DICTIONARY);
        inflater.setInput(packed);
        int length = 0;
        while (!inflater.finished()) {
            int more = inflater.inflate(buffer, length, buffer.length - length);
            length += more;
            if (more == 0 && !inflater.finished()) {
                throw new DataFormatException("cut short, or too long");
            }
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
