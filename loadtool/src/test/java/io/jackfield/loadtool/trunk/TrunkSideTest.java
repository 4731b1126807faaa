package io.jackfield.loadtool.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sip.Framing;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.Via;
import io.jackfield.testkit.VirtualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The trunk that a run plays")
class TrunkSideTest {
    private static final InetSocketAddress PBX = new InetSocketAddress("127.0.0.1", 5070);
    private static final InetSocketAddress TRUNK = new InetSocketAddress("127.0.0.1", 5090);

    private final VirtualClock clock = new VirtualClock();
    private final List<SipMessage> sent = new ArrayList<>();
    private final List<String> media = new ArrayList<>();
    private boolean noSockets;
    private final TrunkSide trunk =
            new TrunkSide(
                    TRUNK,
                    List.of(Codec.PCMU, Codec.PCMA),
                    this::open,
                    new Counting(),
                    (message, to) -> {
                        assertThat(to).isEqualTo(PBX);
                        sent.add(message);
                    });

    private TrunkMedia open(String dialled) throws IOException {
        if (noSockets) {
            throw new IOException("too many open files");
        }
        media.add("open for " + dialled);
        return new Noting();
    }

    private final class Noting implements TrunkMedia {
        @Override
        public LocalMedia.Plain local() {
            return new LocalMedia.Plain(InetAddress.getLoopbackAddress(), 4_000, 4_001);
        }

        @Override
        public void apply(LegParameters agreed) {
            RemoteMedia.Plain remote = (RemoteMedia.Plain) agreed.transport();
            media.add(agreed.codecs().chosen().codec() + " to port " + remote.rtp().getPort());
        }

        @Override
        public void talk() {
            media.add("talks");
        }

        @Override
        public void close() {
            media.add("closed");
        }
    }

    private static final class Counting implements Identifiers {
        private int count;

        @Override
        public String tag() {
            return "tag" + ++count;
        }

        @Override
        public String branch() {
            return Via.MAGIC_COOKIE + ++count;
        }

        @Override
        public String callId() {
            return "call" + ++count;
        }
    }

    /** A request of the PBX's; its branch follows from what it is. */
    private void request(String method, String to, int cseq, String body) {
        String text =
                """
                %1$s sip:95551234@127.0.0.1:5090 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK%1$s%4$d
                From: <sip:pbx@127.0.0.1>;tag=theirs
                To: %2$s
                Call-ID: one
                CSeq: %4$d %1$s
                Contact: <sip:pbx@127.0.0.1:5070>
                Max-Forwards: 70
                Content-Type: application/sdp
                Content-Length: %5$d

                %3$s\
                """
                        .formatted(method, to, body, cseq, body.replace("\n", "\r\n").length())
                        .replace("\n", "\r\n");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ParseResult.Parsed parsed = (ParseResult.Parsed) SipParser.parse(bytes, Framing.DATAGRAM);
        trunk.receive(parsed.message(), PBX, clock.nanos());
    }

    private static String offer(String formats, int port) {
        return "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio %d RTP/AVP %s\n"
                .formatted(port, formats);
    }

    private void invite(String sdp) {
        request("INVITE", "<sip:95551234@127.0.0.1:5090>", 1, sdp);
    }

    private SipResponse response() {
        return (SipResponse) sent.getLast();
    }

    private String localTo() {
        return "<sip:95551234@127.0.0.1:5090>;tag=" + response().headers().to().tag().orElseThrow();
    }

    @Test
    @DisplayName("answers a call at once with the first codec of the offer that it has")
    void answers() {
        invite(offer("9 8 0", 6_000));

        assertThat(response().status()).isEqualTo(200);
        assertThat(new String(response().body(), StandardCharsets.UTF_8))
                .contains("m=audio 4000 RTP/AVP 8");
        assertThat(media).containsExactly("open for 95551234", "PCMA/8000 to port 6000");
        assertThat(trunk.callsTaken()).isEqualTo(1);
    }

    @Test
    @DisplayName("talks from the ACK on, and no more after the BYE")
    void talksAndEnds() {
        invite(offer("0", 6_000));
        String to = localTo();
        request("ACK", to, 1, "");
        assertThat(media).endsWith("talks");

        request("BYE", to, 2, "");
        assertThat(response().status()).isEqualTo(200);
        assertThat(media).endsWith("closed");
        assertThat(trunk.calls()).isZero();
    }

    @Test
    @DisplayName(
            "says its 200 again until the ACK comes (RFC 3261 §13.3.1.4), and gives up after 32 s")
    void repeats() {
        invite(offer("0", 6_000));
        sent.clear();
        long until = clock.nanos() + Duration.ofSeconds(40).toNanos();
        while (trunk.deadlineNanos().isPresent()
                && trunk.deadlineNanos().getAsLong() - until <= 0) {
            clock.advanceTo(trunk.deadlineNanos().getAsLong());
            trunk.tick(clock.nanos());
        }

        assertThat(sent)
                .filteredOn(m -> m instanceof SipResponse r && r.status() == 200)
                .hasSizeGreaterThan(5);
        assertThat(sent)
                .filteredOn(m -> m instanceof SipRequest r && r.method().toString().equals("BYE"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("refuses what has none of its codecs, and keeps no sockets for it")
    void refuses() {
        invite(offer("9", 6_000));

        assertThat(response().status()).isEqualTo(488);
        assertThat(media).containsExactly("open for 95551234", "closed");
    }

    @Test
    @DisplayName("is unavailable where there are no more sockets")
    void noSockets() {
        noSockets = true;
        invite(offer("0", 6_000));

        assertThat(response().status()).isEqualTo(503);
        assertThat(trunk.calls()).isZero();
    }

    @Test
    @DisplayName("takes a changed offer of the PBX's within the call")
    void reInvite() {
        invite(offer("0", 6_000));
        String to = localTo();
        request("ACK", to, 1, "");
        request("INVITE", to, 2, offer("0", 7_000));

        assertThat(response().status()).isEqualTo(200);
        assertThat(media).endsWith("PCMU/8000 to port 7000");
    }

    @Test
    @DisplayName("is alive for OPTIONS, and knows no dialog that it did not begin")
    void others() {
        request("OPTIONS", "<sip:95551234@127.0.0.1:5090>", 1, "");
        assertThat(response().status()).isEqualTo(200);

        request("BYE", "<sip:95551234@127.0.0.1:5090>;tag=unknown", 2, "");
        assertThat(response().status()).isEqualTo(481);
    }

    @Test
    @DisplayName("hangs up when the run is over")
    void hangsUp() {
        invite(offer("0", 6_000));
        request("ACK", localTo(), 1, "");
        trunk.hangUpAll(clock.nanos());

        assertThat(((SipRequest) sent.getLast()).method().toString()).isEqualTo("BYE");
    }
}
