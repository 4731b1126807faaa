package io.jackfield.protocol.sip;

import static io.jackfield.protocol.sip.Parsing.bytes;
import static io.jackfield.protocol.sip.Parsing.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.StreamFramer.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Messages in a stream (RFC 3261 §18.3, RFC 5626 §3.5.1)")
class StreamFramerTest {
    private final StreamFramer framer = new StreamFramer();

    private List<Piece> feed(String text) {
        return framer.feed(ByteBuffer.wrap(bytes(text)));
    }

    private static String text(Piece piece) {
        return new String(((Piece.Message) piece).bytes(), StandardCharsets.UTF_8);
    }

    private static ParseFailure broken(List<Piece> pieces) {
        assertThat(pieces.getLast()).isInstanceOf(Piece.Broken.class);
        return ((Piece.Broken) pieces.getLast()).failure();
    }

    private static String message(String body) {
        return options("l: " + body.length()) + body;
    }

    @Test
    @DisplayName("are cut by Content-Length, several in one read, one over many reads")
    void cut() {
        String both = message("one") + message("") + message("three");
        assertThat(feed(both))
                .extracting(StreamFramerTest::text)
                .containsExactly(message("one"), message(""), message("three"));
        List<Piece> pieces = new ArrayList<>();
        for (byte b : bytes(both)) {
            pieces.addAll(framer.feed(ByteBuffer.wrap(new byte[] {b})));
        }
        assertThat(pieces)
                .extracting(StreamFramerTest::text)
                .containsExactly(message("one"), message(""), message("three"));
        assertThat(framer.isWithinMessage()).isFalse();
    }

    @Test
    @DisplayName("may hold anything in their bodies")
    void bodies() {
        String body = "\r\n\r\nINVITE sip:a@b SIP/2.0\r\n\r\n\0";
        assertThat(feed(message(body) + message("")))
                .extracting(StreamFramerTest::text)
                .containsExactly(message(body), message(""));
    }

    @Test
    @DisplayName("a double line break between them is a ping, a single one a pong")
    void keepAlive() {
        Piece ping = new Piece.KeepAlive(true);
        Piece pong = new Piece.KeepAlive(false);
        assertThat(feed("\r\n\r\n")).containsExactly(ping);
        assertThat(feed("\r\n")).containsExactly(pong);
        assertThat(feed(message("x") + "\r\n\r\n\r\n\r\n" + message("y")))
                .hasSize(3)
                .contains(ping);
        assertThat(framer.isWithinMessage()).isFalse();
    }

    @Test
    @DisplayName("a flood of pings earns one answer a read")
    void pingFlood() {
        assertThat(feed("\r\n".repeat(20_000))).containsExactly(new Piece.KeepAlive(true));
    }

    @Test
    @DisplayName("a ping cut in two is still answered")
    void halfPing() {
        assertThat(feed("\r")).isEmpty();
        assertThat(feed("\n")).containsExactly(new Piece.KeepAlive(false));
        assertThat(feed("\r\n")).containsExactly(new Piece.KeepAlive(true));
        assertThat(feed("\r\n" + message(""))).hasSize(2).contains(new Piece.KeepAlive(false));
        assertThat(feed("\r\n"))
                .as("a message came between")
                .containsExactly(new Piece.KeepAlive(false));
    }

    @Test
    @DisplayName("without Content-Length end the stream with 400 (§20.14)")
    void noLength() {
        ParseFailure failure = broken(feed(options()));
        assertThat(failure.answer().orElseThrow().status()).isEqualTo(400);
        assertThat(failure.reason()).contains("no Content-Length");
        assertThat(feed(message("x"))).as("nothing more is read").isEmpty();
        assertThat(framer.isWithinMessage()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l: 1\r\nContent-Length: 1",
                "l: x",
                "l: -1",
                "l: 1, 1",
                "l: 1\nl: 2",
                "X: y\r\nl : 1\r\nL:2"
            })
    @DisplayName("whose length is not told once and plainly end the stream with 400")
    void doubtfulLength(String lines) {
        assertThat(broken(feed(options(lines) + "a")).answer().orElseThrow().status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("whose other headers are broken are cut all the same, for the parser to refuse")
    void brokenElsewhere() {
        List<Piece> pieces = feed(options("Contact: <", "l: 0") + message("x"));
        assertThat(pieces).hasSize(2);
        ParseResult result =
                SipParser.parse(((Piece.Message) pieces.getFirst()).bytes(), Framing.STREAM);
        assertThat(Parsing.failure(result).answer()).isPresent();
    }

    @Test
    @DisplayName("with a body too long end the stream with 513 before it is received")
    void longBody() {
        ParseFailure failure = broken(feed(options("l: " + (SipParser.BODY_MAX + 1))));
        assertThat(failure.answer().orElseThrow().status()).isEqualTo(513);
    }

    @Test
    @DisplayName("whose head does not end end the stream at 64 KiB with 513")
    void endlessHead() {
        String start = options().substring(0, options().length() - 2);
        List<Piece> pieces = new ArrayList<>(feed(start));
        int fed = start.length();
        while (pieces.isEmpty()) {
            pieces.addAll(feed("X: " + "x".repeat(995) + "\r\n"));
            fed += 1000;
        }
        assertThat(broken(pieces).answer().orElseThrow().status()).isEqualTo(513);
        assertThat(fed).isLessThan(SipParser.MESSAGE_MAX + 1001);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\r\rx", "\0\0\0\0\r\n\r\n", "\r\n\rx"})
    @DisplayName("that are none end the stream without an answer")
    void garbage(String text) {
        assertThat(broken(feed(text)).answer()).isEmpty();
    }

    @Test
    @DisplayName("without any structure are held to 64 KiB and then dropped")
    void noStructure() {
        List<Piece> pieces = feed("x".repeat(200_000));
        assertThat(pieces).hasSize(1);
        assertThat(broken(pieces).answer()).isEmpty();
        assertThat(broken(pieces).reason()).isEqualTo("message is too long");
    }
}
