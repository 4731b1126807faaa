package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.OUR_ICE;
import static io.jackfield.protocol.sdp.Descriptions.OUR_NEW_ICE;
import static io.jackfield.protocol.sdp.Descriptions.lines;
import static io.jackfield.protocol.sdp.Descriptions.offer;
import static io.jackfield.protocol.sdp.Descriptions.parsed;
import static io.jackfield.protocol.sdp.Descriptions.plain;
import static io.jackfield.protocol.sdp.Descriptions.webRtc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Writing an offer (RFC 3264 §5)")
class OfferWritingTest {
    private static final List<Codec> OURS = List.of(Codec.OPUS, Codec.PCMU, Codec.PCMA);
    private static final Previous FIRST = Previous.none(7);

    @Nested
    @DisplayName("to a browser")
    class ToBrowser {
        private final SessionDescription first =
                Negotiation.writeOffer(webRtc(), OURS, Direction.SENDRECV, FIRST);

        @Test
        @DisplayName("says all of this and nothing else")
        void wholeText() {
            assertThat(first.text())
                    .isEqualTo(
                            lines(
                                    "v=0",
                                    "o=- 7 1 IN IP4 203.0.113.5",
                                    "s=-",
                                    "c=IN IP4 203.0.113.5",
                                    "t=0 0",
                                    "a=group:BUNDLE 0",
                                    "a=ice-lite",
                                    "a=ice-options:ice2",
                                    "m=audio 10000 UDP/TLS/RTP/SAVPF 111 0 8 110 126",
                                    "a=ice-ufrag:ourUfrag",
                                    "a=ice-pwd:ourPasswordOf24Characters",
                                    "a=fingerprint:sha-256 AB" + ":AB".repeat(31),
                                    "a=candidate:1 1 udp 2130706431 203.0.113.5 10000 typ host",
                                    "a=candidate:2 1 udp 2130706175 2001:db8::5 10000 typ host",
                                    "a=end-of-candidates",
                                    "a=setup:actpass",
                                    "a=mid:0",
                                    "a=rtcp-mux",
                                    "a=rtcp-rsize",
                                    "a=sendrecv",
                                    "a=rtpmap:111 opus/48000/2",
                                    "a=fmtp:111 minptime=10;useinbandfec=1",
                                    "a=rtpmap:0 PCMU/8000",
                                    "a=rtpmap:8 PCMA/8000",
                                    "a=rtpmap:110 telephone-event/48000",
                                    "a=fmtp:110 0-16",
                                    "a=rtpmap:126 telephone-event/8000",
                                    "a=fmtp:126 0-16",
                                    "a=ptime:20"));
        }

        @Test
        @DisplayName("can be answered by ourselves")
        void ownOffer() {
            MediaOffer read = offer(parsed(first.text()));

            assertThat(read.isWebRtc()).isTrue();
            assertThat(((RemoteMedia.WebRtc) read.transport()).iceLite()).isTrue();
            assertThat(((RemoteMedia.WebRtc) read.transport()).endOfCandidates()).isTrue();
        }

        @Test
        @DisplayName("later keeps version, line and mid, where nothing changes (§8)")
        void unchanged() {
            assertThat(
                            Negotiation.writeOffer(
                                    webRtc(), OURS, Direction.SENDRECV, Previous.sent(first)))
                    .isEqualTo(first);
        }

        @Test
        @DisplayName("later can hold, which raises the version")
        void hold() {
            SessionDescription held =
                    Negotiation.writeOffer(
                            webRtc(), OURS, Direction.SENDONLY, Previous.sent(first));

            assertThat(held.text())
                    .isEqualTo(
                            first.text()
                                    .replace("o=- 7 1", "o=- 7 2")
                                    .replace("a=sendrecv", "a=sendonly"));
        }

        @Test
        @DisplayName("later can restart ICE with new credentials (RFC 8839 §4.4.1.1.1)")
        void restart() {
            SessionDescription restarted =
                    Negotiation.writeOffer(
                            webRtc(OUR_NEW_ICE, SetupRole.ACTPASS),
                            OURS,
                            Direction.SENDRECV,
                            Previous.sent(first));

            assertThat(restarted.media().getFirst().attributes().iceCredentials())
                    .contains(OUR_NEW_ICE);
            assertThat(restarted.origin().version()).isEqualTo("2");
        }
    }

    @Nested
    @DisplayName("to a browser that called us")
    class AfterItsOffer {
        private final SessionDescription answered =
                Negotiation.writeAnswer(
                                offer("browser/firefox-153-audio-video-data-offer.sdp"),
                                webRtc(OUR_ICE, SetupRole.PASSIVE),
                                List.of(Codec.OPUS),
                                Direction.SENDRECV,
                                Previous.none(7))
                        .description();
        private final SessionDescription reoffer =
                Negotiation.writeOffer(webRtc(), OURS, Direction.SENDONLY, Previous.sent(answered));

        @Test
        @DisplayName("has as many lines in the same order, with the browser's mids (§8)")
        void lineOrder() {
            assertThat(reoffer.media()).hasSameSizeAs(answered.media());
            assertThat(reoffer.media())
                    .extracting(m -> m.media() + m.mid().orElse("") + (m.port() == 0))
                    .containsExactly("audio0false", "video1true", "application2true");
            assertThat(reoffer.groups()).containsExactly(new Group("BUNDLE", List.of("0")));
        }

        @Test
        @DisplayName("keeps the payload types in use and gives new codecs free ones (§8.3.2)")
        void payloadTypes() {
            assertThat(reoffer.media().getFirst().audioFormats())
                    .extracting(f -> f.payloadType() + " " + f.codec())
                    .containsExactly(
                            "109 opus/48000/2",
                            "0 PCMU/8000",
                            "8 PCMA/8000",
                            "110 telephone-event/48000",
                            "101 telephone-event/8000");
        }
    }

    @Nested
    @DisplayName("to a trunk")
    class ToTrunk {
        @Test
        @DisplayName("says all of this and nothing else")
        void wholeText() {
            assertThat(
                            Negotiation.writeOffer(
                                            plain(),
                                            List.of(Codec.PCMA, Codec.PCMU),
                                            Direction.SENDRECV,
                                            FIRST)
                                    .text())
                    .isEqualTo(
                            lines(
                                    "v=0",
                                    "o=- 7 1 IN IP4 203.0.113.5",
                                    "s=-",
                                    "c=IN IP4 203.0.113.5",
                                    "t=0 0",
                                    "m=audio 10002 RTP/AVP 8 0 101",
                                    "a=sendrecv",
                                    "a=rtpmap:8 PCMA/8000",
                                    "a=rtpmap:0 PCMU/8000",
                                    "a=rtpmap:101 telephone-event/8000",
                                    "a=fmtp:101 0-16",
                                    "a=ptime:20"));
        }

        @Test
        @DisplayName("gives a codec without a usual number one of 96 and up")
        void dynamicNumbers() {
            Codec one = new Codec("speex", 16000, 1);
            Codec other = new Codec("iLBC", 8000, 1);

            SessionDescription sdp =
                    Negotiation.writeOffer(plain(), List.of(one, other), Direction.SENDRECV, FIRST);

            assertThat(sdp.media().getFirst().formats()).containsExactly("96", "97", "110", "101");
        }

        @Test
        @DisplayName("offers comfort noise only where listed")
        void comfortNoise() {
            assertThat(
                            Negotiation.writeOffer(
                                            plain(),
                                            List.of(Codec.PCMU, Codec.CN),
                                            Direction.SENDRECV,
                                            FIRST)
                                    .media()
                                    .getFirst()
                                    .formats())
                    .containsExactly("0", "13", "101");
        }
    }

    @Test
    @DisplayName("is our mistake without a codec that carries speech")
    void callersMistake() {
        assertThatThrownBy(() ->
                        Negotiation.writeOffer(
                                plain(), List.of(Codec.CN), Direction.SENDRECV, FIRST))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
