package io.jackfield.protocol.sip;

import static io.jackfield.protocol.sip.Parsing.dropped;
import static io.jackfield.protocol.sip.Parsing.options;
import static io.jackfield.protocol.sip.Parsing.refused;
import static io.jackfield.protocol.sip.Parsing.request;
import static io.jackfield.protocol.sip.Parsing.response;
import static io.jackfield.protocol.sip.Parsing.withStartLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("SIP torture test messages (RFC 4475)")
class Rfc4475Test {
    private static final UasRules RULES =
            new UasRules(
                    List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.OPTIONS, SipMethod.REGISTER),
                    Set.of("100rel"),
                    List.of("application/sdp"));

    private final Map<String, Consumer<byte[]>> checks = new HashMap<>();

    Rfc4475Test() {
        valid();
        invalid();
        semantic();
    }

    @TestFactory
    @DisplayName("of the archive in appendix A")
    Stream<DynamicTest> archive() {
        return SipCorpora.manifest("rfc4475").stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                row.section() + " " + row.title() + ": " + row.file(),
                                () -> check(row.file())));
    }

    private void check(String file) {
        assertThat(checks).containsKey(file);
        checks.get(file).accept(SipCorpora.resource("rfc4475/" + file));
    }

    private static SipRequest again(SipRequest request) {
        assertThat(request(request.encode())).isEqualTo(request);
        return request;
    }

    private static Optional<Integer> refusedByRules(SipRequest request) {
        return RULES.refusal(request, "tag").map(SipResponse::status);
    }

    private void valid() {
        checks.put("wsinv.dat", Rfc4475Test::shortTortuousInvite);
        checks.put("esc01.dat", Rfc4475Test::percentEscapes);
        checks.put("escnull.dat", Rfc4475Test::escapedNulls);
        checks.put(
                "lwsdisp.dat",
                bytes ->
                        assertThat(again(request(bytes)).headers().from().displayName())
                                .contains("caller"));
        checks.put("longreq.dat", Rfc4475Test::longValues);
        checks.put(
                "transports.dat",
                bytes ->
                        assertThat(again(request(bytes)).headers().vias())
                                .extracting(Via::transport)
                                .containsExactly("UDP", "SCTP", "TLS", "UNKNOWN", "TCP"));
        checks.put("mpart01.dat", Rfc4475Test::multipart);
        checks.put(
                "noreason.dat",
                bytes -> {
                    assertThat(response(bytes).status()).isEqualTo(100);
                    assertThat(response(bytes).reason()).isEmpty();
                    assertThat(response(response(bytes).encode())).isEqualTo(response(bytes));
                });
    }

    private static void shortTortuousInvite(byte[] bytes) {
        SipRequest invite = again(request(bytes));
        SipHeaders headers = invite.headers();
        assertThat(((SipUri) invite.uri()).parameters().has("unknownparam")).isTrue();
        assertThat(headers.from().displayName()).contains("J Rosenberg \\\"");
        assertThat(headers.from().tag()).contains("98asjd8");
        assertThat(headers.to().tag()).contains("1918181833n");
        assertThat(headers.maxForwards()).hasValue(68);
        assertThat(headers.cseq()).isEqualTo(new CSeq(9, SipMethod.INVITE));
        assertThat(headers.vias())
                .extracting(via -> via.transport() + " " + via.host() + " " + via.branch().get())
                .containsExactly(
                        "UDP 192.0.2.2 390skdjuw",
                        "TCP spindle.example.com z9hG4bK9ikj8",
                        "UDP 192.168.255.111 z9hG4bK30239");
        assertThat(headers.first("Subject")).contains("");
        assertThat(headers.first("NewFangledHeader"))
                .contains("newfangled value continued newfangled value");
        assertThat(headers.first("UnknownHeaderWithUnusualValue")).contains(";;,,;;,;");
        assertThat(headers.routes()).singleElement().satisfies(Rfc4475Test::isLooseRoute);
        assertThat(headers.contacts().getFirst().displayName()).contains("Quoted string \"\"");
        assertThat(headers.contacts().getFirst().qThousandths()).isEqualTo(330);
        assertThat(headers.contacts().getFirst().parameters().value("newparam"))
                .contains("newvalue");
        assertThat(invite.body()).hasSize(150);
    }

    private static void isLooseRoute(NameAddress route) {
        Parameters parameters = ((SipUri) route.uri()).parameters();
        assertThat(parameters.has("lr")).isTrue();
        assertThat(parameters.value("unknownwith")).contains("value");
        assertThat(parameters.has("unknown-no-value")).isTrue();
    }

    private static void percentEscapes(byte[] bytes) {
        SipRequest invite = again(request(bytes));
        assertThat(((SipUri) invite.uri()).user()).contains("sips:user@example.com");
        assertThat(((SipUri) invite.uri()).host()).isEqualTo("example.net");
        assertThat(((SipUri) invite.headers().to().uri()).user()).contains("user");
        assertThat(((SipUri) invite.headers().from().uri()).user()).contains("I have spaces");
        SipUri contact = (SipUri) invite.headers().contacts().getFirst().uri();
        assertThat(contact.user()).contains("caller");
        assertThat(contact.parameters().has("lr")).isTrue();
        assertThat(contact.parameters().value("name")).as("unescaped once").contains("value%41");
    }

    private static void escapedNulls(byte[] bytes) {
        SipRequest register = again(request(bytes));
        assertThat(((SipUri) register.headers().to().uri()).user()).contains("null-\0-null");
        assertThat(register.headers().contacts())
                .extracting(contact -> ((SipUri) contact.uri()).user().get())
                .containsExactly("\0", "\0\0");
        assertThat(register.headers().contacts())
                .extracting(contact -> contact.uri().text())
                .containsExactly("sip:%00@host5.example.com", "sip:%00%00@host5.example.com");
    }

    private static void longValues(byte[] bytes) {
        SipRequest invite = again(request(bytes));
        assertThat(invite.headers().vias()).hasSize(34);
        assertThat(invite.headers().vias().getLast().host()).isEqualTo("host.example.com");
        assertThat(invite.headers().to().displayName().get()).endsWith(" proportion");
        assertThat(((SipUri) invite.headers().from().uri()).user().get()).hasSize(115);
        assertThat(invite.body()).hasSize(150);
    }

    private static void multipart(byte[] bytes) {
        SipRequest message = again(request(bytes));
        byte[] sent = Arrays.copyOfRange(bytes, bytes.length - 553, bytes.length);
        assertThat(message.body()).isEqualTo(sent);
        assertThat(message.contentType()).contains("multipart/mixed");
    }

    private void invalid() {
        checks.put(
                "badinv01.dat",
                bytes -> assertThat(refused(bytes, 400)).contains("Via: SIP/2.0/UDP 192.0.2.15"));
        checks.put("clerr.dat", Rfc4475Test::longContentLength);
        checks.put("scalar02.dat", bytes -> refused(bytes, 400));
        checks.put(
                "quotbal.dat",
                bytes ->
                        assertThat(refused(bytes, 400))
                                .anyMatch(line -> line.startsWith("To: \"Mr. J. User <sip:")));
        checks.put("ltgtruri.dat", bytes -> refused(bytes, 400));
        checks.put("lwsstart.dat", bytes -> refused(bytes, 400));
        checks.put("escruri.dat", bytes -> refused(bytes, 400));
        checks.put(
                "baddate.dat",
                bytes ->
                        assertThat(again(request(bytes)).headers().first("Date"))
                                .as("ignored, not acted on")
                                .contains("Fri, 01 Jan 2010 16:00:00 EST"));
        checks.put("badaspec.dat", bytes -> refused(bytes, 400));
        checks.put("baddn_terminated.dat", bytes -> refused(bytes, 400));
        checks.put("baddn.dat", bytes -> refused(bytes, 400));
        checks.put("badvers.dat", bytes -> refused(bytes, 505));
        checks.put("mismatch01.dat", bytes -> refused(bytes, 400));
        checks.put("test.dat", Parsing::dropped);
    }

    private static void longContentLength(byte[] bytes) {
        refused(bytes, 400);
        StreamFramer framer = new StreamFramer();
        assertThat(framer.feed(ByteBuffer.wrap(bytes))).isEmpty();
        assertThat(framer.isWithinMessage()).as("so that a time limit runs").isTrue();
    }

    private void semantic() {
        checks.put(
                "badbranch.dat",
                bytes -> {
                    Via via = again(request(bytes)).headers().via();
                    assertThat(via.branch()).contains(Via.MAGIC_COOKIE);
                    assertThat(via.hasMagicCookie()).as("told apart by RFC 2543's rules").isFalse();
                });
        checks.put("insuf.dat", bytes -> refused(bytes, 400));
        checks.put("novelsc.dat", bytes -> refused(bytes, 416));
        checks.put("bext01.dat", Rfc4475Test::unknownExtensions);
        checks.put(
                "invut.dat",
                bytes -> assertThat(refusedByRules(again(request(bytes)))).contains(415));
        checks.put("multi01.dat", bytes -> refused(bytes, 400));
        checks.put(
                "bcast.dat",
                bytes -> assertThat(response(bytes).isMisrouted()).as("to be dropped").isTrue());
        checks.put("cparam01.dat", Rfc4475Test::contactHeaderParameter);
        checks.put("cparam02.dat", Rfc4475Test::contactUriParameter);
        checks.put(
                "sdp01.dat",
                bytes -> assertThat(refusedByRules(again(request(bytes)))).contains(406));
    }

    private static void unknownExtensions(byte[] bytes) {
        SipResponse refusal = RULES.refusal(again(request(bytes)), "tag").orElseThrow();
        assertThat(refusal.status()).isEqualTo(420);
        assertThat(refusal.headers().first("Unsupported"))
                .contains("nothingSupportsThis, nothingSupportsThisEither");
    }

    private static void contactHeaderParameter(byte[] bytes) {
        NameAddress contact = again(request(bytes)).headers().contacts().getFirst();
        assertThat(contact.parameters().has("unknownparam")).isTrue();
        assertThat(contact.uri().text()).isEqualTo("sip:+19725552222@gw1.example.net");
    }

    private static void contactUriParameter(byte[] bytes) {
        NameAddress contact = again(request(bytes)).headers().contacts().getFirst();
        assertThat(contact.parameters()).isEqualTo(Parameters.NONE);
        assertThat(((SipUri) contact.uri()).parameters().has("unknownparam")).isTrue();
    }

    @Nested
    @DisplayName("not in the archive here, rebuilt after the RFC's description")
    class Rebuilt {
        @Test
        @DisplayName("3.1.1.2 wide range of valid characters: method, user, password, word")
        void wideRangeOfCharacters() {
            String method = "!interesting-Method0123456789_*+`.%indeed'~";
            String uri =
                    "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"
                            + ":&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com";
            SipRequest request =
                    again(request(withStartLine(method + " " + uri + " SIP/2.0", "K: v")));

            assertThat(request.method().name()).isEqualTo(method);
            SipUri read = (SipUri) request.uri();
            assertThat(read.user()).contains("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
            assertThat(read.password()).contains("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
            assertThat(request.toString()).as("passwords are not printed").doesNotContain("weird");
        }

        @Test
        @DisplayName("3.1.1.5 percent signs that are no escapes, in method and display name")
        void percentIsNoEscapeInTokens() {
            SipRequest request =
                    again(
                            request(
                                    withStartLine(
                                            "RE%47IST%45R sip:registrar.example.com SIP/2.0",
                                            "Contact: \"c%20n\" <sip:alias@host.example.com>")));

            assertThat(request.method().name()).isEqualTo("RE%47IST%45R");
            assertThat(request.headers().contacts().getFirst().displayName()).contains("c%20n");
        }

        @Test
        @DisplayName("3.1.1.8 extra octets behind the message in a datagram are dropped")
        void extraTrailingOctets() {
            String two = options("Content-Length: 0") + "INVITE sip:joe@example.com SIP/2.0\r\n";
            assertThat(request(two).method()).isEqualTo(SipMethod.OPTIONS);
            assertThat(request(two).body()).isEmpty();
        }

        @Test
        @DisplayName("3.1.1.9 semicolons in the user part belong to the user")
        void semicolonsInUser() {
            String line = "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0";
            SipUri uri = (SipUri) again(request(withStartLine(line))).uri();
            assertThat(uri.user()).contains("user;par=u@example.net");
            assertThat(uri.parameters()).isEqualTo(Parameters.NONE);
        }

        @Test
        @DisplayName("3.1.1.12 a reason phrase in another script")
        void unusualReasonPhrase() {
            String phrase = "= 2**3 * 5**2 но сто девяносто девять - простое";
            String text =
                    options()
                            .replace(
                                    "OPTIONS sip:600@pbx.example.com SIP/2.0",
                                    "SIP/2.0 200 " + phrase);
            assertThat(response(Parsing.bytes(text)).reason()).isEqualTo(phrase);
        }

        @Test
        @DisplayName("3.1.2.3 negative Content-Length: 400")
        void negativeContentLength() {
            refused(options("Content-Length: -999"), 400);
        }

        @Test
        @DisplayName("3.1.2.5 overlarge values in a response: dropped")
        void overlargeResponse() {
            String text =
                    options().replace("OPTIONS sip:600@pbx.example.com SIP/2.0", "SIP/2.0 503 No");
            dropped(text.replace("CSeq: 1 ", "CSeq: 9292394834772304023312 "));
        }

        @Test
        @DisplayName("3.1.2.8, 3.1.2.10 white space in or behind the Request-URI: 400")
        void whiteSpaceInRequestLine() {
            refused(withStartLine("OPTIONS sip:user@example.com SIP/2.0  "), 400);
            refused(withStartLine("OPTIONS sip:user@example.com; lr SIP/2.0"), 400);
        }

        @Test
        @DisplayName("3.1.2.13 a Contact with a question mark and no brackets: 400")
        void questionMarkWithoutBrackets() {
            refused(options("Contact: sip:user@example.com?Route=%3Csip:a.example%3E"), 400);
        }

        @Test
        @DisplayName("3.1.2.18 CSeq names a method that is not the request's, nor known: 400")
        void unknownMethodMismatch() {
            String line = "NEWMETHOD sip:user@example.com SIP/2.0";
            refused(withStartLine(line).replace("CSeq: 1 NEWMETHOD", "CSeq: 8 INVITE"), 400);
        }

        @Test
        @DisplayName("3.1.2.19 a status beyond all: dropped")
        void overlargeStatus() {
            dropped(
                    options()
                            .replace(
                                    "OPTIONS sip:600@pbx.example.com SIP/2.0",
                                    "SIP/2.0 4294967301 better not break"));
        }

        @Test
        @DisplayName("3.3.2 a Request-URI of an unknown scheme: 416")
        void unknownScheme() {
            refused(withStartLine("OPTIONS nobodyKnowsThisScheme:totallyopaque SIP/2.0"), 416);
        }

        @Test
        @DisplayName("3.3.4 unknown schemes in From, To and Contact are kept")
        void unknownSchemesInHeaders() {
            String text =
                    options("Contact: <name:John_Smith>")
                            .replace("To: <sip:600@pbx.example.com>", "To: isbn:2983792873")
                            .replace(
                                    "From: <sip:1001@pbx.example.com>",
                                    "From: <http://www.example.com>");
            SipHeaders headers = again(request(text)).headers();
            assertThat(headers.to().uri()).isEqualTo(new OtherUri("isbn", "2983792873"));
            assertThat(headers.from().uri().text()).isEqualTo("http://www.example.com");
            assertThat(headers.contacts().getFirst().uri().text()).isEqualTo("name:John_Smith");
        }

        @Test
        @DisplayName("3.3.7 credentials of an unknown scheme are kept as they are")
        void unknownAuthorizationScheme() {
            String value = "NoOneKnowsThisScheme opaque-data=here";
            SipRequest request = again(request(options("Authorization: " + value)));
            assertThat(request.headers().first("Authorization")).contains(value);
        }

        @Test
        @DisplayName("3.3.9 two Content-Lengths: 400")
        void twoContentLengths() {
            refused(options("Content-Length: 0", "Content-Length: 0"), 400);
            refused(options("Content-Length: 0", "l: 5"), 400);
        }

        @Test
        @DisplayName("3.3.11 Max-Forwards 0 is a number like others")
        void zeroMaxForwards() {
            assertThat(request(options("Max-Forwards: 0")).headers().maxForwards()).hasValue(0);
        }

        @Test
        @DisplayName("3.3.14 headers in a Contact's URI are kept there")
        void escapedHeadersInContact() {
            String contact = "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>";
            SipRequest request = again(request(options("Contact: " + contact)));
            SipUri uri = (SipUri) request.headers().contacts().getFirst().uri();
            assertThat(uri.headers()).containsExactly(new Header("Route", "<sip:sip.example.com>"));
            assertThat(request.headers().routes()).isEmpty();
            assertThat(new String(request.encode(), StandardCharsets.UTF_8))
                    .contains("Contact: " + contact);
        }

        @Test
        @DisplayName("3.4.1 an INVITE of RFC 2543: no tag, no branch, no Max-Forwards")
        void inviteOf2543() {
            String text =
                    withStartLine("INVITE sip:UserB@example.com SIP/2.0")
                            .replace(";branch=z9hG4bKone", "")
                            .replace(";tag=f", "");
            SipHeaders headers = again(request(text)).headers();
            assertThat(headers.via().hasMagicCookie()).isFalse();
            assertThat(headers.from().tag()).isEmpty();
            assertThat(headers.maxForwards()).isEmpty();
        }
    }
}
