package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.answer;
import static io.jackfield.protocol.sdp.Descriptions.changed;
import static io.jackfield.protocol.sdp.Descriptions.parsed;
import static io.jackfield.protocol.sdp.Descriptions.plain;
import static io.jackfield.protocol.sdp.Descriptions.resource;
import static io.jackfield.protocol.sdp.Descriptions.webRtc;
import static io.jackfield.protocol.sdp.Descriptions.withMedia;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Reading the answer to our offer (RFC 3264 §7)")
class AnswerReadingTest {
    private static String reason(SessionDescription sent, SessionDescription answer) {
        AnswerReading reading = Negotiation.readAnswer(sent, answer);
        assertThat(reading).isInstanceOf(Refusal.class);
        return ((Refusal) reading).reason();
    }

    @Nested
    @DisplayName("of Chromium, to an offer as Asterisk makes it")
    class OfChromium {
        private final SessionDescription sent = parsed(resource("asterisk/22-webrtc-offer.sdp"));
        private final SessionDescription chromium =
                parsed(resource("browser/chromium-156-answer.sdp"));

        @Test
        @DisplayName("settles codecs, transport and direction")
        void settles() {
            MediaAnswer answer = answer(sent, chromium);

            assertThat(answer.codecs().chosen())
                    .isEqualTo(new CodecMap.Entry(Codec.OPUS, 107, 107));
            assertThat(answer.codecs().events())
                    .extracting(CodecMap.Entry::send)
                    .containsExactly(101, 102);
            assertThat(answer.direction()).isEqualTo(Direction.SENDRECV);
            assertThat(answer.localSetup()).contains(SetupRole.PASSIVE);
            assertThat(((RemoteMedia.WebRtc) answer.transport()).ice().ufrag()).isEqualTo("CbrM");
        }

        @ParameterizedTest
        @CsvSource({
            "setup:active, setup:actpass, setup",
            "setup:active, setup:holdconn, holdconn",
            "'a=rtcp-mux\r\n', '', rtcp-mux",
            "UDP/TLS/RTP/SAVPF, RTP/AVP, transport protocol",
            "m=audio 45691, m=audio 0, rejects",
            "m=audio, m=video, order",
            "SAVPF 107 0 8 101 102, SAVPF 3, no codec",
            "SAVPF 107 0 8 101 102, SAVPF 101 102, no codec"
        })
        @DisplayName("is refused with a reason where it does not fit")
        void refused(String from, String to, String reason) {
            assertThat(reason(sent, changed(chromium, from, to))).contains(reason);
        }

        @Test
        @DisplayName("is refused where it takes the role we took")
        void sameRole() {
            assertThat(reason(changed(sent, "setup:actpass", "setup:active"), chromium))
                    .contains("setup");
            assertThat(
                            answer(changed(sent, "setup:actpass", "setup:passive"), chromium)
                                    .localSetup())
                    .contains(SetupRole.PASSIVE);
        }

        @Test
        @DisplayName("is refused with more lines or fewer than the offer (§6)")
        void lineCount() {
            String more = chromium.text() + "m=video 0 RTP/AVP 31\r\n";

            assertThat(reason(sent, parsed(more))).contains("more media lines");
            assertThat(reason(parsed(sent.text() + "m=video 0 RTP/AVP 31\r\n"), chromium))
                    .contains("fewer media lines");
        }

        @Test
        @DisplayName("is refused where it opens a line that we had closed")
        void opensOther() {
            SessionDescription two = parsed(sent.text() + "m=video 0 RTP/AVP 31\r\n");

            assertThat(
                            reason(
                                    two,
                                    parsed(
                                            chromium.text()
                                                    + "m=video 9 RTP/AVP 31\r\nc=IN IP4 127.0.0.1\r\n")))
                    .contains("did not open");
        }
    }

    @Nested
    @DisplayName("of a trunk")
    class OfTrunk {
        private final SessionDescription sent =
                Negotiation.writeOffer(
                        plain(),
                        List.of(Codec.OPUS, Codec.PCMA, Codec.PCMU),
                        Direction.SENDRECV,
                        Previous.none(1));

        @Test
        @DisplayName("may number the same codec otherwise: each side receives by its own numbers")
        void ownNumbers() {
            MediaAnswer answer =
                    answer(
                            sent,
                            withMedia(
                                    "m=audio 4000 RTP/AVP 96 99",
                                    "a=rtpmap:96 OPUS/48000/2",
                                    "a=rtpmap:99 telephone-event/8000"));

            assertThat(answer.codecs().chosen()).isEqualTo(new CodecMap.Entry(Codec.OPUS, 96, 111));
            assertThat(answer.codecs().event())
                    .contains(new CodecMap.Entry(Codec.TELEPHONE_EVENT, 99, 101));
        }

        @Test
        @DisplayName("may choose in its own order, and name codecs we did not offer (§6.1)")
        void ownOrder() {
            MediaAnswer answer =
                    answer(sent, withMedia("m=audio 4000 RTP/AVP 18 0 8", "a=ptime:30"));

            assertThat(answer.codecs().codecs())
                    .extracting(CodecMap.Entry::codec)
                    .containsExactly(Codec.PCMU, Codec.PCMA);
            assertThat(answer.codecs().event()).isEmpty();
            assertThat(answer.ptimeMillis()).hasValue(30);
            assertThat(answer.localSetup()).isEmpty();
            assertThat(answer.transport())
                    .isEqualTo(
                            new RemoteMedia.Plain(
                                    new InetSocketAddress("198.51.100.1", 4000),
                                    new InetSocketAddress("198.51.100.1", 4001)));
        }

        @ParameterizedTest
        @CsvSource({
            "SENDRECV, sendrecv, SENDRECV",
            "SENDRECV, recvonly, SENDONLY",
            "SENDRECV, sendonly, RECVONLY",
            "SENDONLY, recvonly, SENDONLY",
            "SENDONLY, sendrecv, SENDONLY",
            "SENDONLY, inactive, INACTIVE",
            "INACTIVE, sendrecv, INACTIVE"
        })
        @DisplayName("never allows more than we offered")
        void directions(Direction offered, String answered, Direction settled) {
            SessionDescription ours =
                    Negotiation.writeOffer(plain(), List.of(Codec.PCMU), offered, Previous.none(1));

            assertThat(
                            answer(ours, withMedia("m=audio 4000 RTP/AVP 0", "a=" + answered))
                                    .direction())
                    .isEqualTo(settled);
        }

        @Test
        @DisplayName("may hold the old way")
        void oldHold() {
            assertThat(
                            answer(sent, withMedia("m=audio 4000 RTP/AVP 0", "c=IN IP4 0.0.0.0"))
                                    .direction())
                    .isEqualTo(Direction.RECVONLY);
        }
    }

    @Test
    @DisplayName("of our own writing always fits our offer")
    void ourOwn() {
        List<Codec> codecs = List.of(Codec.OPUS, Codec.G722, Codec.PCMU);
        for (LocalMedia local : List.of(webRtc(), plain())) {
            SessionDescription sent =
                    Negotiation.writeOffer(local, codecs, Direction.SENDRECV, Previous.none(1));
            LocalAnswer written =
                    Negotiation.writeAnswer(
                            Descriptions.offer(sent),
                            local,
                            codecs,
                            Direction.RECVONLY,
                            Previous.none(2));

            MediaAnswer read = answer(sent, written.description());

            assertThat(read.codecs()).isEqualTo(written.codecs());
            assertThat(read.direction()).isEqualTo(written.direction().reversed());
        }
    }

    @Test
    @DisplayName("restarts ICE where credentials changed, be it one or both (RFC 8839 §4.4.1.1.1)")
    void restartsIce() {
        SessionDescription before = parsed(resource("browser/chromium-156-answer.sdp"));
        RemoteMedia was = Descriptions.offer(before).transport();

        assertThat(Negotiation.restartsIce(was, was)).isFalse();
        assertThat(
                        Negotiation.restartsIce(
                                was,
                                Descriptions.offer(
                                                parsed(
                                                        before.text()
                                                                .replace("ufrag:CbrM", "ufrag:next")
                                                                .replace("pwd:bzVc", "pwd:next")))
                                        .transport()))
                .isTrue();
        assertThat(
                        Negotiation.restartsIce(
                                was,
                                Descriptions.offer(changed(before, "pwd:bzVc", "pwd:next"))
                                        .transport()))
                .isTrue();
    }

    @Test
    @DisplayName("is our mistake without an audio line in what was sent")
    void callersMistake() {
        SessionDescription none = withMedia("m=video 0 RTP/AVP 31");

        assertThatThrownBy(() -> Negotiation.readAnswer(none, none))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
