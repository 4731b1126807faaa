package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.ADVERTISED;
import static io.jackfield.protocol.sdp.Descriptions.OUR_ICE;
import static io.jackfield.protocol.sdp.Descriptions.OUR_NEW_ICE;
import static io.jackfield.protocol.sdp.Descriptions.changed;
import static io.jackfield.protocol.sdp.Descriptions.lines;
import static io.jackfield.protocol.sdp.Descriptions.offer;
import static io.jackfield.protocol.sdp.Descriptions.parsed;
import static io.jackfield.protocol.sdp.Descriptions.plain;
import static io.jackfield.protocol.sdp.Descriptions.resource;
import static io.jackfield.protocol.sdp.Descriptions.webRtc;
import static io.jackfield.protocol.sdp.Descriptions.withMedia;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Writing an answer (RFC 3264 §6)")
class AnswerWritingTest {
    private static final List<Codec> OURS = List.of(Codec.OPUS, Codec.PCMU, Codec.PCMA);

    private static LocalAnswer answer(MediaOffer offer, LocalMedia local, Direction wanted) {
        return Negotiation.writeAnswer(offer, local, OURS, wanted, Previous.none(42));
    }

    private static LocalAnswer answer(String resource) {
        return answer(offer("browser/" + resource), webRtc(), Direction.SENDRECV);
    }

    @Nested
    @DisplayName("to a browser")
    class ToBrowser {
        @Test
        @DisplayName("says all of this and nothing else")
        void wholeText() {
            assertThat(answer("chromium-156-audio-video-data-offer.sdp").description().text())
                    .isEqualTo(
                            lines(
                                    "v=0",
                                    "o=- 42 1 IN IP4 203.0.113.5",
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
                                    "a=setup:passive",
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
                                    "a=ptime:20",
                                    "m=video 0 UDP/TLS/RTP/SAVPF 96 97 102 103 104 107 108 109 114"
                                            + " 115 116 117 39 40 45 46 98 99 100 101 118 119 120",
                                    "a=mid:1",
                                    "a=inactive",
                                    "m=application 0 UDP/DTLS/SCTP webrtc-datachannel",
                                    "a=mid:2",
                                    "a=inactive"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "chromium-156-audio-offer.sdp",
                    "chromium-156-audio-video-data-offer.sdp",
                    "firefox-153-audio-video-data-offer.sdp",
                    "safari-like-audio-offer.sdp"
                })
        @DisplayName("answers every line in order, carries no a=ssrc and can be parsed")
        void shape(String resource) {
            SessionDescription offered = parsed(resource("browser/" + resource));

            SessionDescription written = answer(resource).description();

            assertThat(written.media())
                    .extracting(MediaDescription::media)
                    .isEqualTo(offered.media().stream().map(MediaDescription::media).toList());
            assertThat(written.text()).doesNotContain("a=ssrc").doesNotContain("a=candidate:1 2");
            assertThat(parsed(written.text())).isEqualTo(written);
        }

        @Test
        @DisplayName("keeps the offer's payload types and tells what they mean")
        void codecMap() {
            LocalAnswer answer = answer("firefox-153-audio-video-data-offer.sdp");

            assertThat(answer.codecs().chosen())
                    .isEqualTo(new CodecMap.Entry(Codec.OPUS, 109, 109));
            assertThat(answer.codecs().event())
                    .contains(new CodecMap.Entry(Codec.TELEPHONE_EVENT, 101, 101));
        }

        @Test
        @DisplayName("accepts comfort noise only where it was chosen")
        void comfortNoise() {
            MediaOffer offer = offer("browser/chromium-156-audio-offer.sdp");

            LocalAnswer with =
                    Negotiation.writeAnswer(
                            offer,
                            webRtc(),
                            List.of(Codec.PCMU, Codec.CN),
                            Direction.SENDRECV,
                            Previous.none(1));

            assertThat(with.codecs().comfortNoise())
                    .containsExactly(new CodecMap.Entry(Codec.CN, 13, 13));
            assertThat(answer("chromium-156-audio-offer.sdp").codecs().comfortNoise()).isEmpty();
        }

        @Test
        @DisplayName("accepts events of the chosen codecs' clocks, and of 8 kHz in any case")
        void events() {
            MediaOffer offer = offer("browser/safari-like-audio-offer.sdp");

            LocalAnswer opusOnly =
                    Negotiation.writeAnswer(
                            offer,
                            webRtc(),
                            List.of(Codec.OPUS),
                            Direction.SENDRECV,
                            Previous.none(1));

            assertThat(opusOnly.codecs().events())
                    .extracting(CodecMap.Entry::receive)
                    .containsExactly(110, 126); // not 113, whose clock is 16 kHz
        }

        @ParameterizedTest
        @CsvSource({
            "actpass, ACTPASS, PASSIVE",
            "actpass, PASSIVE, PASSIVE",
            "actpass, ACTIVE, ACTIVE",
            "active, ACTIVE, PASSIVE",
            "passive, PASSIVE, ACTIVE"
        })
        @DisplayName("settles who opens DTLS (RFC 8842 §5.3)")
        void setup(String offered, SetupRole wish, SetupRole settled) {
            SessionDescription sdp =
                    changed(
                            parsed(resource("browser/chromium-156-audio-offer.sdp")),
                            "setup:actpass",
                            "setup:" + offered);

            LocalAnswer answer = answer(offer(sdp), webRtc(OUR_ICE, wish), Direction.SENDRECV);

            assertThat(answer.localSetup()).contains(settled);
            assertThat(answer.description().text()).contains("a=setup:" + settled.sdpName());
        }

        @Test
        @DisplayName("has no BUNDLE group, mid or rtcp-rsize where the offer has none")
        void echoesOnlyWhatWasOffered() {
            SessionDescription bare =
                    parsed(
                            resource("browser/chromium-156-audio-offer.sdp")
                                    .replace("a=group:BUNDLE 0\r\n", "")
                                    .replace("a=mid:0\r\n", "")
                                    .replace("a=rtcp-rsize\r\n", ""));

            assertThat(answer(offer(bare), webRtc(), Direction.SENDRECV).description().text())
                    .doesNotContain("a=group")
                    .doesNotContain("a=mid")
                    .doesNotContain("a=rtcp-rsize");
        }

        @Test
        @DisplayName("shows no address but the advertised ones")
        void addresses() {
            String text = answer("chromium-156-audio-offer.sdp").description().text();

            assertThat(
                            java.util.regex.Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+")
                                    .matcher(text)
                                    .results()
                                    .map(java.util.regex.MatchResult::group))
                    .isNotEmpty()
                    .allMatch(ADVERTISED.getHostAddress()::equals);
        }
    }

    @Nested
    @DisplayName("to a trunk")
    class ToTrunk {
        private final MediaOffer offer = offer("trunk/srtp-or-plain-offer.sdp");

        @Test
        @DisplayName("says all of this and nothing else")
        void wholeText() {
            assertThat(answer(offer, plain(), Direction.SENDRECV).description().text())
                    .isEqualTo(
                            lines(
                                    "v=0",
                                    "o=- 42 1 IN IP4 203.0.113.5",
                                    "s=-",
                                    "c=IN IP4 203.0.113.5",
                                    "t=0 0",
                                    "m=audio 0 RTP/SAVP 8 0 101",
                                    "a=inactive",
                                    "m=audio 10002 RTP/AVP 0 8 101",
                                    "a=sendrecv",
                                    "a=rtpmap:0 PCMU/8000",
                                    "a=rtpmap:8 PCMA/8000",
                                    "a=rtpmap:101 telephone-event/8000",
                                    "a=fmtp:101 0-16",
                                    "a=ptime:20"));
        }

        @Test
        @DisplayName("gives symmetric parameters of other codecs back")
        void parameters() {
            LocalAnswer answer =
                    Negotiation.writeAnswer(
                            offer,
                            plain(),
                            List.of(new Codec("g729", 8000, 1)),
                            Direction.SENDRECV,
                            Previous.none(1));

            assertThat(answer.description().text()).contains("a=fmtp:18 annexb=no");
        }

        @Test
        @DisplayName("names the port of RTCP where it is not the next one (RFC 3605)")
        void rtcpPort() {
            LocalMedia apart = new LocalMedia.Plain(ADVERTISED, 10_002, 10_010);

            assertThat(answer(offer, apart, Direction.SENDRECV).description().text())
                    .contains("a=rtcp:10010\r\n");
        }

        @ParameterizedTest
        @CsvSource({
            "sendrecv, SENDRECV, SENDRECV",
            "sendonly, SENDRECV, RECVONLY",
            "recvonly, SENDRECV, SENDONLY",
            "inactive, SENDRECV, INACTIVE",
            "sendrecv, RECVONLY, RECVONLY",
            "sendrecv, INACTIVE, INACTIVE",
            "sendonly, SENDONLY, INACTIVE"
        })
        @DisplayName("allows what both want (§6.1)")
        void directions(String offered, Direction wanted, Direction settled) {
            MediaOffer offer = offer(withMedia("m=audio 30000 RTP/AVP 0", "a=" + offered));

            LocalAnswer answer = answer(offer, plain(), wanted);

            assertThat(answer.direction()).isEqualTo(settled);
            assertThat(answer.description().media().getFirst().attributes().direction())
                    .contains(settled);
        }

        @Test
        @DisplayName("answers the old hold by sending nothing (§8.4)")
        void oldHold() {
            MediaOffer held = offer(withMedia("m=audio 30000 RTP/AVP 0", "c=IN IP4 0.0.0.0"));

            assertThat(answer(held, plain(), Direction.SENDRECV).direction())
                    .isEqualTo(Direction.RECVONLY);
        }
    }

    @Nested
    @DisplayName("to a later offer (§8)")
    class Later {
        private final MediaOffer offer = offer("browser/chromium-156-audio-offer.sdp");
        private final LocalAnswer first = answer(offer, webRtc(), Direction.SENDRECV);

        private SessionDescription next(LocalMedia local, Direction wanted) {
            return Negotiation.writeAnswer(
                            offer, local, OURS, wanted, Previous.sent(first.description()))
                    .description();
        }

        @Test
        @DisplayName("keeps the version where nothing changes")
        void sameVersion() {
            assertThat(next(webRtc(), Direction.SENDRECV)).isEqualTo(first.description());
        }

        @Test
        @DisplayName("raises the version by one where something does, and keeps the session id")
        void nextVersion() {
            assertThat(next(webRtc(), Direction.RECVONLY).origin())
                    .hasToString("- 42 2 IN IP4 203.0.113.5");
        }

        @Test
        @DisplayName("keeps the origin's address even when the media moves")
        void keepsOrigin() {
            assertThat(next(webRtc(OUR_NEW_ICE, SetupRole.PASSIVE), Direction.SENDRECV).origin())
                    .hasToString("- 42 2 IN IP4 203.0.113.5");
        }
    }

    @Test
    @DisplayName("is our mistake with local media of the other kind, or without a common codec")
    void callersMistakes() {
        MediaOffer browser = offer("browser/chromium-156-audio-offer.sdp");
        MediaOffer trunk = offer("trunk/srtp-or-plain-offer.sdp");

        assertThatThrownBy(() -> answer(browser, plain(), Direction.SENDRECV))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> answer(trunk, webRtc(), Direction.SENDRECV))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Negotiation.writeAnswer(
                                trunk,
                                plain(),
                                List.of(Codec.OPUS),
                                Direction.SENDRECV,
                                Previous.none(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
