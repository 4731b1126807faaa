package io.jackfield.protocol.sdp;

import static io.jackfield.protocol.sdp.Descriptions.lines;
import static io.jackfield.protocol.sdp.Descriptions.parsed;
import static io.jackfield.protocol.sdp.Descriptions.rejected;
import static io.jackfield.protocol.sdp.Descriptions.resource;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The parser of descriptions (RFC 8866)")
class SdpParserTest {
    private static final String HEAD =
            lines("v=0", "o=- 1 1 IN IP4 198.51.100.1", "s=-", "c=IN IP4 198.51.100.1", "t=0 0");
    private static final int HEAD_LINES = 5;

    @Test
    @DisplayName("reads the example of §5")
    void readsTheExample() {
        SessionDescription sdp = parsed(resource("rfc8866/section-5.sdp"));

        assertThat(sdp.origin())
                .isEqualTo(
                        new Origin(
                                "jdoe",
                                "3724394400",
                                "3724394405",
                                new Connection(Connection.Family.IP4, "198.51.100.1")));
        assertThat(sdp.name()).isEqualTo("Call to John Smith");
        assertThat(sdp.times()).containsExactly(Timing.UNBOUNDED);
        assertThat(sdp.media())
                .extracting(MediaDescription::port)
                .containsExactly(49170, 49180, 51372);
        assertThat(sdp.connectionOf(sdp.media().get(0)))
                .hasToString("Optional[IN IP4 198.51.100.1]");
        assertThat(sdp.connectionOf(sdp.media().get(2)))
                .hasToString("Optional[IN IP6 2001:db8::2]");
        assertThat(sdp.media().get(2).attributes().list())
                .containsExactly(Attribute.of("rtpmap", "99 h263-1998/90000"));
    }

    @Test
    @DisplayName("reads ports with a count, several bandwidths and layers of multicast")
    void readsRareForms() {
        SessionDescription sdp =
                parsed(
                        HEAD
                                + lines(
                                        "b=CT:512",
                                        "m=video 49170/2 RTP/AVP 31",
                                        "c=IN IP4 233.252.0.1/127",
                                        "c=IN IP4 233.252.0.2/127",
                                        "b=AS:16",
                                        "b=TIAS:16000"));

        MediaDescription line = sdp.media().getFirst();
        assertThat(sdp.bandwidths()).containsExactly(new Bandwidth("CT", 512));
        assertThat(line.portCount()).isEqualTo(2);
        assertThat(line.connections()).hasSize(2);
        assertThat(line.bandwidths())
                .containsExactly(new Bandwidth("AS", 16), new Bandwidth("TIAS", 16000));
    }

    @Nested
    @DisplayName("takes what phones do")
    class Tolerant {
        @Test
        @DisplayName("lines ended by LF alone (§5)")
        void lineFeeds() {
            assertThat(parsed(HEAD.replace("\r\n", "\n"))).isEqualTo(parsed(HEAD));
        }

        @Test
        @DisplayName("a last line without an end, and blank lines after it")
        void end() {
            assertThat(parsed(HEAD.stripTrailing())).isEqualTo(parsed(HEAD));
            assertThat(parsed(HEAD + "\r\n\r\n")).isEqualTo(parsed(HEAD));
        }

        @Test
        @DisplayName("lines after s= in another order")
        void order() {
            assertThat(
                            parsed(
                                    lines(
                                            "v=0",
                                            "o=- 1 1 IN IP4 198.51.100.1",
                                            "s=-",
                                            "t=0 0",
                                            "c=IN IP4 198.51.100.1")))
                    .isEqualTo(parsed(HEAD));
        }

        @ParameterizedTest
        @ValueSource(strings = {"s=", "s= ", "s=A B"})
        @DisplayName("any session name, even none")
        void names(String line) {
            assertThat(parsed(HEAD.replace("s=-", line)).name()).isEqualTo(line.substring(2));
        }

        @Test
        @DisplayName("bytes that are not UTF-8, which become U+FFFD")
        void otherCharsets() {
            byte[] latin = HEAD.replace("s=-", "s=Müller").getBytes(StandardCharsets.ISO_8859_1);

            assertThat(SdpParser.parse(latin))
                    .isEqualTo(SdpParser.parse(HEAD.replace("s=-", "s=M\uFFFDller")));
        }

        @Test
        @DisplayName("the lines meant for people, which are not kept")
        void people() {
            assertThat(
                            parsed(
                                    HEAD
                                            + lines(
                                                    "i=about",
                                                    "u=http://example.com",
                                                    "e=a@example.com",
                                                    "p=+1 617 555-6011",
                                                    "r=7d 1h 0 25h",
                                                    "z=2882844526 -1h",
                                                    "k=prompt")))
                    .isEqualTo(parsed(HEAD));
        }

        @Test
        @DisplayName("a session id of more than 64 bits")
        void longIds() {
            String origin = "o=- 123456789012345678901234567890 1 IN IP4 198.51.100.1";

            assertThat(parsed(HEAD.replace("o=- 1 1 IN IP4 198.51.100.1", origin)).text())
                    .contains(origin);
        }
    }

    @Nested
    @DisplayName("refuses, with line and reason,")
    class Strict {
        @ParameterizedTest
        @ValueSource(strings = {"", "\r\n", "v=0", "v=0\r\no=- 1 1 IN IP4 198.51.100.1\r\ns=-\r\n"})
        @DisplayName("what is too short")
        void tooShort(String text) {
            assertThat(rejected(text).reason()).isNotBlank();
        }

        @ParameterizedTest
        @CsvSource({
            "v=0, v=1, 1",
            "v=0, 'v=0\r\nv=0', 2",
            "'v=0\r\n', '', 1",
            "s=-, e=me, 3",
            "o=- 1 1 IN IP4 198.51.100.1, o=- 1 IN IP4 198.51.100.1, 2",
            "o=- 1 1 IN IP4 198.51.100.1, o=- 1 x IN IP4 198.51.100.1, 2",
            "o=- 1 1 IN IP4 198.51.100.1, o=- -1 1 IN IP4 198.51.100.1, 2",
            "t=0 0, t=0, 5",
            "t=0 0, t=0 -1, 5",
            "t=0 0, b=AS:1, 5",
            "t=0 0, 'c=IN IP4 192.0.2.1\r\nt=0 0', 5",
            "c=IN IP4 198.51.100.1, c=IN IP4, 4",
            "c=IN IP4 198.51.100.1, b=AS, 4",
            "c=IN IP4 198.51.100.1, b=AS:x, 4",
            "c=IN IP4 198.51.100.1, '', 4",
            "c=IN IP4 198.51.100.1, c, 4",
            "c=IN IP4 198.51.100.1, ' c=IN IP4 198.51.100.1', 4",
            "c=IN IP4 198.51.100.1, 'C=IN IP4 198.51.100.1', 4",
            "c=IN IP4 198.51.100.1, a=, 4",
            "c=IN IP4 198.51.100.1, a=:x, 4",
            "c=IN IP4 198.51.100.1, a=b c:x, 4",
        })
        @DisplayName("broken session lines")
        void session(String valid, String broken, int line) {
            assertThat(rejected(HEAD.replace(valid, broken)).line()).isEqualTo(line);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "m=",
                    "m=audio",
                    "m=audio 1 RTP/AVP",
                    "m=audio x RTP/AVP 0",
                    "m=audio -1 RTP/AVP 0",
                    "m=audio 65536 RTP/AVP 0",
                    "m=audio 1/0 RTP/AVP 0",
                    "m=audio 1/ RTP/AVP 0",
                    "m=au/dio 1 RTP/AVP 0",
                    "m=audio 1 RTP//AVP 0",
                    "m=audio 1 /RTP 0"
                })
        @DisplayName("broken media lines")
        void media(String line) {
            assertThat(rejected(HEAD + lines(line)))
                    .isEqualTo(new SdpParser.Rejected(HEAD_LINES + 1, "media line is not valid"));
        }

        @Test
        @DisplayName("type letters that the RFC does not have (§5), and those out of place")
        void letters() {
            assertThat(rejected(HEAD + lines("y=1")).reason()).isEqualTo("unknown type letter");
            assertThat(rejected(HEAD + lines("m=audio 1 RTP/AVP 0", "t=0 0")).line()).isEqualTo(7);
        }

        @Test
        @DisplayName("a CR or NUL within a line")
        void controlCharacters() {
            assertThat(rejected(HEAD + "a=x:1\r2\r\n").line()).isEqualTo(6);
            assertThat(rejected(HEAD + "a=x:1\0002\r\n").line()).isEqualTo(6);
        }

        @Test
        @DisplayName("media without an address; a stream that is off needs none")
        void missingAddress() {
            String head = HEAD.replace("c=IN IP4 198.51.100.1\r\n", "");

            assertThat(rejected(head + lines("m=audio 1 RTP/AVP 0")).reason()).contains("c=");
            assertThat(parsed(head + lines("m=audio 0 RTP/AVP 0")).media()).hasSize(1);
        }

        @Test
        @DisplayName("and never repeats in the reason what the peer wrote")
        void reasonsAreOurs() {
            assertThat(rejected(HEAD + lines("m=<script> x")).reason()).doesNotContain("script");
        }
    }

    @Nested
    @DisplayName("has bounds:")
    class Bounds {
        @Test
        @DisplayName("256 lines")
        void lineCount() {
            String full = HEAD + "a=x\r\n".repeat(SdpParser.LINES_MAX - HEAD_LINES);

            assertThat(parsed(full).attributes().list()).hasSize(251);
            assertThat(rejected(full + "a=x\r\n").line()).isEqualTo(257);
        }

        @Test
        @DisplayName("8 media descriptions")
        void mediaCount() {
            String full = HEAD + "m=audio 1 RTP/AVP 0\r\n".repeat(SdpParser.MEDIA_MAX);

            assertThat(parsed(full).media()).hasSize(8);
            assertThat(rejected(full + "m=audio 1 RTP/AVP 0\r\n").line()).isEqualTo(14);
        }

        @Test
        @DisplayName("32 candidates of a media description, the rest not kept")
        void candidateCount() {
            String many =
                    HEAD
                            + "m=audio 1 RTP/AVP 0\r\n"
                            + "a=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\n".repeat(40)
                            + "a=mid:0\r\n";

            MediaDescription line = parsed(many).media().getFirst();

            assertThat(line.candidates()).hasSize(SdpParser.CANDIDATES_MAX);
            assertThat(line.mid()).contains("0");
        }

        @Test
        @DisplayName("32 KiB, in bytes")
        void byteCount() {
            String filler = "a=x:" + "é".repeat((SdpParser.BYTES_MAX - 200) / 2) + "\r\n";

            assertThat(parsed(HEAD + filler).attributes().has("x")).isTrue();
            assertThat(rejected(HEAD + filler + "a=x:" + "é".repeat(100)).line()).isZero();
            assertThat(SdpParser.parse(new byte[SdpParser.BYTES_MAX + 1]))
                    .isInstanceOf(SdpParser.Rejected.class);
        }
    }

    @Nested
    @DisplayName("reads what the writer writes:")
    class Written {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "rfc8866/section-5.sdp",
                    "browser/chromium-156-audio-offer.sdp",
                    "browser/chromium-156-audio-video-data-offer.sdp",
                    "browser/chromium-156-hold-offer.sdp",
                    "browser/firefox-153-audio-video-data-offer.sdp",
                    "browser/safari-like-audio-offer.sdp",
                    "asterisk/22-webrtc-offer.sdp",
                    "trunk/srtp-or-plain-offer.sdp"
                })
        @DisplayName("a real description comes back equal")
        void roundTrip(String resource) {
            SessionDescription sdp = parsed(resource(resource));

            assertThat(parsed(sdp.text())).isEqualTo(sdp);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "browser/chromium-156-audio-video-data-offer.sdp",
                    "asterisk/22-webrtc-offer.sdp",
                    "trunk/srtp-or-plain-offer.sdp"
                })
        @DisplayName("and where a peer keeps the RFC's order, byte for byte")
        void byteForByte(String resource) {
            assertThat(parsed(resource(resource)).text()).isEqualTo(resource(resource));
        }

        @Test
        @DisplayName("a value without a name, a flag with an empty value and spaces survive")
        void edges() {
            SessionDescription sdp =
                    new SessionDescription(
                            Origin.first(0, new Connection(Connection.Family.IP6, "::1")),
                            " ",
                            Optional.empty(),
                            List.of(new Bandwidth("AS", Long.MAX_VALUE / 1000)),
                            List.of(new Timing(1, 2), Timing.UNBOUNDED),
                            new Attributes(
                                    List.of(Attribute.of("x", " a  b"), Attribute.of("y", ""))),
                            List.of());

            assertThat(parsed(sdp.text())).isEqualTo(sdp);
        }
    }
}
