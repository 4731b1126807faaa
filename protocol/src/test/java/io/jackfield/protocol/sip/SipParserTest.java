package io.jackfield.protocol.sip;

import static io.jackfield.protocol.sip.Parsing.bytes;
import static io.jackfield.protocol.sip.Parsing.dropped;
import static io.jackfield.protocol.sip.Parsing.failure;
import static io.jackfield.protocol.sip.Parsing.options;
import static io.jackfield.protocol.sip.Parsing.refused;
import static io.jackfield.protocol.sip.Parsing.request;
import static io.jackfield.protocol.sip.Parsing.response;
import static io.jackfield.protocol.sip.Parsing.withStartLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SIP parser (RFC 3261 §7, §25)")
class SipParserTest {
    private static final String STATUS_LINE = "SIP/2.0 200 OK";
    private static final String REQUEST_LINE = "OPTIONS sip:600@pbx.example.com SIP/2.0";

    @Nested
    @DisplayName("of a whole message")
    class Whole {
        @Test
        @DisplayName("reads a request's parts")
        void requestParts() {
            SipRequest request =
                    request(
                            withStartLine(
                                            "INVITE sip:600@pbx.example.com;transport=ws SIP/2.0",
                                            "Max-Forwards: 70",
                                            "Contact: <sip:x@y.invalid;transport=ws>;expires=60",
                                            "Route: <sip:a.example;lr>, <sip:b.example;lr>",
                                            "Record-Route: <sip:c.example;lr>",
                                            "User-Agent: Phone/1.0 (a comment)",
                                            "Content-Type: application/sdp",
                                            "Content-Length: 5")
                                    + "v=0\r\n");

            assertThat(request.method()).isEqualTo(SipMethod.INVITE);
            assertThat(request.uri().text()).isEqualTo("sip:600@pbx.example.com;transport=ws");
            SipHeaders headers = request.headers();
            assertThat(headers.via().branch()).contains("z9hG4bKone");
            assertThat(headers.via().port()).hasValue(5062);
            assertThat(headers.from().tag()).contains("f");
            assertThat(headers.to().tag()).isEmpty();
            assertThat(headers.callId()).isEqualTo("c@192.0.2.1");
            assertThat(headers.cseq()).isEqualTo(new CSeq(1, SipMethod.INVITE));
            assertThat(headers.maxForwards()).hasValue(70);
            assertThat(headers.contacts().getFirst().expires()).hasValue(60);
            assertThat(headers.routes()).hasSize(2);
            assertThat(headers.recordRoutes()).hasSize(1);
            assertThat(headers.first("user-agent")).contains("Phone/1.0 (a comment)");
            assertThat(headers.first("Content-Length")).as("computed, not kept").isEmpty();
            assertThat(request.body()).isEqualTo(bytes("v=0\r\n"));
        }

        @Test
        @DisplayName("reads a response's status and phrase (§7.2)")
        void responseParts() {
            SipResponse response =
                    response(bytes(options().replace(REQUEST_LINE, "SIP/2.0 486 Busy Here")));
            assertThat(response.status()).isEqualTo(486);
            assertThat(response.reason()).isEqualTo("Busy Here");
            assertThat(response.method()).isEqualTo(SipMethod.OPTIONS);
        }

        @Test
        @DisplayName("knows all compact forms (§7.3.3, §20)")
        void compactForms() {
            String text =
                    REQUEST_LINE
                            + "\r\nv: SIP/2.0/UDP a.example;branch=z9hG4bKx\r\nf: <sip:a@b.example>;tag=1"
                            + "\r\nt: <sip:c@d.example>\r\ni: id\r\nCSeq: 2 OPTIONS\r\nm: <sip:e@f.example>"
                            + "\r\nk: 100rel\r\ns: lunch\r\nc: text/plain\r\ne: identity\r\no: presence"
                            + "\r\nr: <sip:r@x.example>\r\nb: <sip:b@x.example>\r\nu: dialog\r\nx: 90\r\nl: 2\r\n\r\nhi";
            SipHeaders headers = request(text).headers();
            assertThat(headers.callId()).isEqualTo("id");
            assertThat(headers.contacts()).hasSize(1);
            assertThat(headers.others())
                    .extracting(Header::name)
                    .containsExactly(
                            "Supported",
                            "Subject",
                            "Content-Type",
                            "Content-Encoding",
                            "Event",
                            "Refer-To",
                            "Referred-By",
                            "Allow-Events",
                            "Session-Expires");
        }

        @Test
        @DisplayName("takes one from the middle of an array, and from a buffer it leaves alone")
        void slices() {
            byte[] message = bytes(options());
            byte[] padded = bytes("xxx" + options() + "yyy");
            assertThat(SipParser.parse(padded, 3, message.length, Framing.DATAGRAM))
                    .isEqualTo(SipParser.parse(message));
            ByteBuffer buffer = ByteBuffer.wrap(padded, 3, message.length);
            assertThat(SipParser.parse(buffer, Framing.DATAGRAM))
                    .isEqualTo(SipParser.parse(message));
            assertThat(buffer.remaining()).isEqualTo(message.length);
        }

        @Test
        @DisplayName("keeps UTF-8, and shows what is none as U+FFFD")
        void utf8() {
            byte[] good =
                    bytes(options("Subject: Grüße 你好", "Contact: \"Jörg 😀\" <sip:j@x.example>"));
            assertThat(request(good).headers().first("Subject")).contains("Grüße 你好");
            assertThat(request(good).headers().contacts().getFirst().displayName())
                    .contains("Jörg 😀");
            byte[] latin1 =
                    options("Subject: Gr\u00FC\u00DFe").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(request(latin1).headers().first("Subject")).contains("Gr\uFFFD\uFFFDe");
        }

        @Test
        @DisplayName("joins folded lines with one blank, also inside quotes (§7.3.1)")
        void folding() {
            String text =
                    options(
                            "Subject: I know\r\n \t you\r\n\tare there",
                            "Contact: \"a\r\n  b\"\r\n <sip:x@y.example>");
            assertThat(request(text).headers().first("Subject")).contains("I know you are there");
            assertThat(request(text).headers().contacts().getFirst().displayName()).contains("a b");
        }

        @Test
        @DisplayName("ignores line breaks before the start line (§7.5)")
        void leadingLineBreaks() {
            assertThat(request("\r\n\r\n" + options())).isEqualTo(request(options()));
        }

        @Test
        @DisplayName("writes in canonical form what it read")
        void canonicalForm() {
            String written =
                    new String(
                            request(
                                            options(
                                                    "k :  timer ",
                                                    "m:\"A \\\"B\\\"\"<sip:a@B.example>;q=0.5"))
                                    .encode(),
                            StandardCharsets.UTF_8);
            assertThat(written)
                    .contains("\r\nSupported: timer\r\n")
                    .contains("\r\nContact: \"A \\\"B\\\"\" <sip:a@B.example>;q=0.5\r\n")
                    .endsWith("\r\nContent-Length: 0\r\n\r\n");
        }
    }

    @Nested
    @DisplayName("of keep-alives (RFC 5626 §3.5.1)")
    class KeepAlives {
        @Test
        @DisplayName("tells a ping from a pong")
        void pingAndPong() {
            assertThat(SipParser.parse(bytes("\r\n\r\n")))
                    .isEqualTo(new ParseResult.KeepAlive(true));
            assertThat(SipParser.parse(bytes("\r\n"))).isEqualTo(new ParseResult.KeepAlive(false));
            assertThat(SipParser.parse(new byte[0])).isEqualTo(new ParseResult.KeepAlive(false));
            assertThat(SipParser.pong()).isEqualTo(bytes("\r\n"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n", "\r", "\r\n\r", "\n\r", "\0\0\0\0", "   "})
        @DisplayName("takes nothing else for one")
        void nothingElse(String text) {
            dropped(text);
        }
    }

    @Nested
    @DisplayName("against two readers of one message (reliability T8)")
    class Smuggling {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X: a\nY: b",
                    "X: a\rY: b",
                    "X: a\0b",
                    "X: a\u0007b",
                    "X: a\u007Fb",
                    "X: a\u001Bb",
                    "X: a\r\r\n b",
                    "Subject: \"\\\0\""
                })
        @DisplayName("refuses lone CR, lone LF, NUL and other control characters")
        void controlCharacters(String line) {
            refused(options(line), 400);
        }

        @Test
        @DisplayName("takes white space before the colon for no part of the name (§7.3.1)")
        void whiteSpaceBeforeColon() {
            SipHeaders headers =
                    request(options("P-Asserted-Identity \t : <sip:a@b.example>")).headers();
            assertThat(headers.first("P-Asserted-Identity")).contains("<sip:a@b.example>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    " X: folded onto the start line",
                    ": no name",
                    "X no colon",
                    "X@Y: a",
                    "Ü: a",
                    "X\r\n : a"
                })
        @DisplayName("refuses what is no header line")
        void noHeader(String line) {
            String text = options().replace("\r\nVia", "\r\n" + line + "\r\nVia");
            assertThat(SipParser.parse(bytes(text))).isInstanceOf(ParseResult.Rejected.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "From: <sip:x@y.example>;tag=2",
                    "f: <sip:x@y.example>;tag=2",
                    "To: <sip:x@y.example>",
                    "t : <sip:x@y.example>",
                    "Call-ID: other",
                    "i: c@192.0.2.1",
                    "CSeq: 2 OPTIONS"
                })
        @DisplayName("refuses a second From, To, Call-ID or CSeq")
        void duplicates(String line) {
            assertThat(failure(options(line)).reason()).endsWith("given twice");
            refused(options(line), 400);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"Max-Forwards", "Content-Type", "Expires", "Session-Expires", "Event"})
        @DisplayName("refuses a second line of what has one value and steers us")
        void steeringDuplicates(String name) {
            refused(options(name + ": 70", name.toLowerCase(java.util.Locale.ROOT) + ": 70"), 400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"tag=1;tag=2", "tag=1;TAG=2", "x=1;x", "x;y;x=2"})
        @DisplayName("refuses a parameter with two values, drops a repetition (§7.3.1)")
        void duplicateParameters(String parameters) {
            refused(options().replace(";tag=f", ";" + parameters), 400);
            String twice = options().replace(";tag=f", ";tag=f;lr;tag=f;lr");
            assertThat(request(twice).headers().from().parameters().list()).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"tag=", "tag", "tag=a@b", "tag=\"a\"", "tag=[::1]"})
        @DisplayName("refuses a tag that is no token (§19.3)")
        void tagIsToken(String parameter) {
            boolean quotedToken = parameter.equals("tag=\"a\"");
            ParseResult result = SipParser.parse(bytes(options().replace("tag=f", parameter)));
            assertThat(result instanceof ParseResult.Parsed).isEqualTo(quotedToken);
        }

        @Test
        @DisplayName("never lets an escape in a URI become a line")
        void escapedLineBreaks() {
            String text =
                    withStartLine("OPTIONS sip:a%0d%0aX%3A%20b@pbx.example.com;p=%0D%0AY SIP/2.0");
            SipRequest read = request(text);
            assertThat(((SipUri) read.uri()).user()).contains("a\r\nX: b");
            SipRequest changed =
                    read.withUri(
                            ((SipUri) read.uri())
                                    .withHostPort("h.example", java.util.OptionalInt.empty()));
            assertThat(new String(changed.encode(), StandardCharsets.UTF_8))
                    .startsWith("OPTIONS sip:a%0D%0AX%3A%20b@h.example;p=%0D%0AY SIP/2.0\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"*, <sip:a@b.example>", "<sip:a@b.example>, *", "**", "*;expires=0"})
        @DisplayName("refuses a Contact star that does not stand alone (§10.2.2)")
        void star(String value) {
            refused(options("Contact: " + value), 400);
        }

        @Test
        @DisplayName("refuses a star and an address on two lines, takes a star alone")
        void starOnTwoLines() {
            refused(options("Contact: *", "Contact: <sip:a@b.example>"), 400);
            refused(options("Contact: <sip:a@b.example>", "m: *"), 400);
            assertThat(request(options("Contact: *")).headers().contactStar()).isTrue();
            assertThat(request(options("Contact: * <sip:a@b.example>")).headers().contacts())
                    .hasSize(1);
        }
    }

    @Nested
    @DisplayName("of lengths (§18.3, §20.14, RFC 7118 §5)")
    class Lengths {
        private final String longer = options("Content-Length: 2") + "abc";
        private final String shorter = options("Content-Length: 9") + "abc";
        private final String without = options() + "abc";

        @Test
        @DisplayName("a datagram: what follows is dropped, a missing length means the rest")
        void datagram() {
            assertThat(request(longer).body()).isEqualTo(bytes("ab"));
            assertThat(request(without).body()).isEqualTo(bytes("abc"));
            refused(shorter, 400);
        }

        @Test
        @DisplayName("a WebSocket frame: a second message in it is refused, not hidden")
        void webSocket() {
            assertThat(failure(SipWebSocket.parse(bytes(longer))).reason())
                    .contains("behind the body");
            assertThat(SipWebSocket.parse(bytes(without))).isInstanceOf(ParseResult.Parsed.class);
            assertThat(failure(SipWebSocket.parse(bytes(shorter))).answer()).isPresent();
            String two = options("Content-Length: 0") + options("Content-Length: 0");
            assertThat(failure(SipWebSocket.parse(bytes(two))).answer()).isPresent();
        }

        @Test
        @DisplayName("a stream: the length must be there and true")
        void stream() {
            for (String text : List.of(longer, shorter, without)) {
                failure(SipParser.parse(bytes(text), Framing.STREAM));
            }
            String exact = options("Content-Length: 3") + "abc";
            assertThat(SipParser.parse(bytes(exact), Framing.STREAM))
                    .isInstanceOf(ParseResult.Parsed.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "+1", "1 2", "1,1", "0x1", "99999999999999999999", "1;x"})
        @DisplayName("a length that is no number is refused")
        void noNumber(String value) {
            refused(options("Content-Length: " + value), 400);
        }
    }

    @Nested
    @DisplayName("at its bounds (reliability §2.2)")
    class Bounds {
        private static final int LINE_MAX = SipParser.HEADER_LENGTH_MAX;

        @Test
        @DisplayName("a start line beyond 8 KiB earns 414")
        void startLine() {
            String shell = "OPTIONS sip:@h.example SIP/2.0";
            String fits = "u".repeat(SipParser.START_LINE_MAX - shell.length());
            request(withStartLine(shell.replace("@", fits + "@")));
            refused(withStartLine(shell.replace("@", fits + "u@")), 414);
        }

        @Test
        @DisplayName("a header beyond 8 KiB earns 513")
        void headerLength() {
            String fits = "X: " + "x".repeat(LINE_MAX - 3);
            request(options(fits));
            refused(options(fits + "x"), 513);
            refused(options("X: a\r\n " + "x".repeat(LINE_MAX)), 513);
        }

        @Test
        @DisplayName("more than 128 headers earn 513, lines or list elements")
        void headerCount() {
            String[] lines =
                    IntStream.range(0, 123).mapToObj(i -> "Note: " + i).toArray(String[]::new);
            request(options(lines));
            String[] more =
                    IntStream.range(0, 124).mapToObj(i -> "Note: " + i).toArray(String[]::new);
            refused(options(more), 513);
            refused(
                    options(
                            "Contact: "
                                    + String.join(
                                            ",",
                                            java.util.Collections.nCopies(
                                                    200, "<sip:a@b.example>"))),
                    513);
        }

        @Test
        @DisplayName("more than 70 Vias earn 483")
        void viaCount() {
            String[] vias =
                    IntStream.range(0, 69)
                            .mapToObj(i -> "Via: SIP/2.0/UDP h" + i + ".example")
                            .toArray(String[]::new);
            request(options(vias));
            refused(options(String.join("\r\n", vias), "v: SIP/2.0/UDP last.example"), 483);
        }

        @Test
        @DisplayName("a body beyond 32 KiB and a message beyond 64 KiB earn 513")
        void bodyLength() {
            request(options() + "b".repeat(SipParser.BODY_MAX));
            refused(options() + "b".repeat(SipParser.BODY_MAX + 1), 513);
            refused(options() + "b".repeat(SipParser.MESSAGE_MAX), 513);
            refused(options("Content-Length: 0") + "b".repeat(SipParser.MESSAGE_MAX), 513);
        }

        @Test
        @DisplayName("a method beyond 64 characters earns 400")
        void methodLength() {
            String longest = "M".repeat(SipMethod.LENGTH_MAX);
            request(withStartLine(longest + " sip:a@b.example SIP/2.0"));
            dropped(withStartLine("M" + longest + " sip:a@b.example SIP/2.0"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"256", "-1", "", "7 0", "99999999999999999999"})
        @DisplayName("Max-Forwards outside 0 to 255 earns 400 (§20.22)")
        void maxForwards(String value) {
            refused(options("Max-Forwards: " + value), 400);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2147483648 OPTIONS",
                    "-1 OPTIONS",
                    "1OPTIONS",
                    "1",
                    "OPTIONS",
                    "1 OPTIONS x",
                    "1 options"
                })
        @DisplayName("CSeq outside 0 to 2^31 - 1 or of another form earns 400 (§8.1.1.5)")
        void cseq(String value) {
            refused(options().replace("CSeq: 1 OPTIONS", "CSeq: " + value), 400);
        }
    }

    @Nested
    @DisplayName("when it refuses")
    class Refusing {
        @Test
        @DisplayName("says where, and in words of its own")
        void positionAndReason() {
            String text = options("Contact: <sip:a@b.example");
            ParseFailure failure = failure(text);
            assertThat(failure.reason()).isEqualTo("Contact: expected '>'");
            assertThat(failure.position())
                    .isEqualTo(text.indexOf("b.example") + "b.example".length());
        }

        @Test
        @DisplayName("echoes Via, From, To, Call-ID and CSeq, and adds a To tag (§8.2.6)")
        void echoes() {
            List<String> answer = refused(options("Contact: <"), 400);
            assertThat(answer)
                    .contains(
                            "SIP/2.0 400 Bad Request - Contact: expected a URI",
                            "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKone",
                            "From: <sip:1001@pbx.example.com>;tag=f",
                            "Call-ID: c@192.0.2.1",
                            "CSeq: 1 OPTIONS",
                            "Content-Length: 0")
                    .anyMatch(line -> line.startsWith("To: <sip:600@pbx.example.com>;tag="));
            assertThat(refused(options("Contact: <"), 400))
                    .as("the same each time (§8.2.7)")
                    .isEqualTo(answer);
        }

        @Test
        @DisplayName("stamps received and rport on the way back (RFC 3581)")
        void towards() {
            String text = options("Contact: <").replace(";branch", ";rport;branch");
            Refusal refusal = failure(text).answer().orElseThrow();
            String answer =
                    new String(
                            refusal.towards(new InetSocketAddress("198.51.100.7", 40_000)).encode(),
                            StandardCharsets.UTF_8);
            assertThat(answer).contains(";rport=40000;branch=z9hG4bKone;received=198.51.100.7\r\n");
        }

        @Test
        @DisplayName("does not answer an ACK (§17.1.1.3) nor a response (§8.1.3)")
        void ackAndResponse() {
            dropped(withStartLine("ACK sip:600@pbx.example.com SIP/2.0", "Contact: <"));
            dropped(options("Contact: <").replace(REQUEST_LINE, STATUS_LINE));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Via: nonsense",
                    "X: y",
                    "Via: SIP/2.0/UDP ;branch=z9hG4bKone",
                    "Via: SIP/2.0/UDP 1.2.3.4:0"
                })
        @DisplayName("does not answer when the topmost Via cannot be read")
        void unreadableVia(String via) {
            dropped(options().replace("Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKone", via));
        }

        @Test
        @DisplayName("answers another version with 505, what is none with 400 (§21.5.6)")
        void versions() {
            refused(options().replace(" SIP/2.0\r", " SIP/3.0\r"), 505);
            refused(options().replace(" SIP/2.0\r", " HTTP/1.1\r"), 400);
            request(options().replace(" SIP/2.0\r", " sip/2.0\r"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"From", "To", "Call-ID", "CSeq"})
        @DisplayName("answers 400 when a header that must be there is missing (§8.1.1)")
        void missing(String name) {
            String text = options().replaceFirst("\r\n" + name + ": [^\r]*", "");
            assertThat(failure(text).reason()).isEqualTo("no " + name);
            assertThat(refused(text, 400)).noneMatch(line -> line.startsWith(name + ":"));
        }

        @Test
        @DisplayName("keeps the sender's words out of the reason phrase")
        void noReflection() {
            List<String> answer = refused(options("Evil\u00A0Header: <script>"), 400);
            assertThat(answer.getFirst()).isEqualTo("SIP/2.0 400 Bad Request - expected ':'");
        }
    }
}
