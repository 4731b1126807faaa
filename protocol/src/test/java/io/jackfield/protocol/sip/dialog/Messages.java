package io.jackfield.protocol.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** What the other side of a usage under test says. */
final class Messages {
    static final String PEER_TAG = "peer";
    static final String CALL_ID = "peers-call";
    static final String PEER_CONTACT = "<sip:1001@192.0.2.1:5062>";

    private Messages() {}

    /** Settings of a leg with UDP, session timer off and 100rel off: each test adds its own. */
    static LegSettings settings() {
        return LegSettings.of(
                        "UDP",
                        "192.0.2.9",
                        OptionalInt.of(5060),
                        NameAddress.of(SipUri.of("pbx", "192.0.2.9")))
                .withSessionTimer(SessionTimerSettings.OFF)
                .withReliable100(LegSettings.Reliable100.OFF);
    }

    static SipMessage parsed(byte[] bytes) {
        ParseResult result = SipParser.parse(bytes);
        assertThat(result).isInstanceOf(ParseResult.Parsed.class);
        return ((ParseResult.Parsed) result).message();
    }

    /** As it arrives: written, and read again. */
    static SipMessage overTheWire(SipMessage message) {
        return parsed(message.encode());
    }

    /** The peer's INVITE to us; {@code sdp} empty for none. */
    static SipRequest invite(String sdp, String... lines) {
        return request("INVITE", 1, "<sip:600@pbx.example.com>", sdp, lines);
    }

    /**
     * A request of the peer that we were called by, with its Contact.
     *
     * @param to the value of To
     * @param lines further headers
     */
    static SipRequest request(String method, long cseq, String to, String sdp, String... lines) {
        String text =
                method
                        + " sip:pbx@192.0.2.9 SIP/2.0\r\n"
                        + "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK-peer-"
                        + method
                        + cseq
                        + "\r\nMax-Forwards: 70\r\nFrom: <sip:1001@pbx.example.com>;tag="
                        + PEER_TAG
                        + "\r\nTo: "
                        + to
                        + "\r\nCall-ID: "
                        + CALL_ID
                        + "\r\nCSeq: "
                        + cseq
                        + " "
                        + method
                        + "\r\n"
                        + lines(sdp, lines);
        return (SipRequest) parsed(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(String sdp, String... lines) {
        boolean hasContact = List.of(lines).stream().anyMatch(l -> l.startsWith("Contact:"));
        return (hasContact ? "" : "Contact: " + PEER_CONTACT + "\r\n")
                + String.join("", List.of(lines).stream().map(line -> line + "\r\n").toList())
                + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: "
                + sdp.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + sdp;
    }

    /** The peer's response to a request of ours. */
    static SipResponse response(
            SipRequest request, int status, String toTag, String sdp, String... lines) {
        String[] head =
                new String(SipResponses.to(request, status, toTag).encode(), StandardCharsets.UTF_8)
                        .split("Content-Length", 2);
        String text = head[0] + lines(sdp, lines);
        return (SipResponse) parsed(text.getBytes(StandardCharsets.UTF_8));
    }
}
