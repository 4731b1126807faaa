package io.jackfield.observe.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.storage.ladder.LadderChange;
import io.jackfield.storage.ladder.LadderHead;
import io.jackfield.storage.ladder.LadderRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rules of ladders")
class LadderRulesTest {
    private static final long SECOND = 1_000_000;
    private static final Flow BROWSER = TestFlow.browser(50_001);
    private static final Flow TRUNK = TestFlow.trunk();

    private final List<LadderChange> kept = new ArrayList<>();
    private final List<SeenRow> shown = new ArrayList<>();
    private final LadderRules rules =
            new LadderRules(
                    new LadderSink() {
                        @Override
                        public void keep(LadderChange change) {
                            kept.add(change);
                        }

                        @Override
                        public void show(SeenRow row) {
                            shown.add(row);
                        }
                    },
                    100);
    private long now = 1_000 * SECOND;

    @Test
    @DisplayName("join both legs of a call, and what was said before it was one")
    void joinsLegs() {
        in(BROWSER, request("INVITE", "a", ""));
        out(BROWSER, response("a", "INVITE", "401 Unauthorized", ""));
        in(BROWSER, request("ACK", "a", ""));
        in(BROWSER, request("INVITE", "a", "Authorization: Digest username=\"1001\"\r\n"));
        assertThat(kept).as("nobody's yet").isEmpty();
        happens(new PbxEvent.CallStarted("c1", "1001", "84951234567"));
        happens(new PbxEvent.DialogBegan("c1", "c1-1", "1001", "a"));
        out(BROWSER, response("a", "INVITE", "100 Trying", ""));
        happens(new PbxEvent.DialogBegan("c1", "c1-2", "carrier", "b"));
        out(TRUNK, request("INVITE", "b", ""));
        in(TRUNK, response("b", "INVITE", "200 OK", ""));
        happens(
                new PbxEvent.MediaHappened(
                        "c1", new MediaEvent.FirstPacket("c1-1", Duration.ofMillis(120))));
        in(TRUNK, request("BYE", "b", ""));
        happens(ended("c1"));
        out(TRUNK, response("b", "BYE", "200 OK", ""));

        LadderHead head = heads().getFirst();
        assertThat(head.key()).isEqualTo(101);
        assertThat(head.id()).isEqualTo("c1");
        assertThat(heads()).hasSize(1);
        assertThat(rows().stream().map(LadderRow::ladder).distinct()).containsExactly(101L);
        assertThat(titles(rows()))
                .containsExactly(
                        "INVITE",
                        "401 Unauthorized",
                        "ACK",
                        "INVITE",
                        "call begins",
                        "100 Trying",
                        "INVITE",
                        "200 OK",
                        "first RTP packet",
                        "BYE",
                        "call ends",
                        "200 OK");
        assertThat(rows().getFirst().leg()).isEqualTo("c1-1");
        assertThat(rows().getLast().leg()).isEqualTo("c1-2");
        assertThat(kept)
                .contains(
                        new LadderChange.Dialog(101, "a", "c1-1", "1001"),
                        new LadderChange.Dialog(101, "b", "c1-2", "carrier"));
        assertThat(shown.stream().map(SeenRow::correlation).distinct())
                .as("one correlation id for all of it")
                .containsExactly("c1");
        assertThat(shown).hasSameSizeAs(rows());
    }

    @Test
    @DisplayName("keep no registration that went well, and show it")
    void showsRegistration() {
        in(BROWSER, request("REGISTER", "r", ""));
        out(BROWSER, response("r", "REGISTER", "401 Unauthorized", ""));
        in(BROWSER, request("REGISTER", "r", "Authorization: Digest username=\"1001\"\r\n"));
        out(BROWSER, response("r", "REGISTER", "200 OK", ""));
        assertThat(kept).isEmpty();
        assertThat(shown).hasSize(4).allMatch(row -> row.correlation().equals("r"));
        assertThat(rules.remembered()).isZero();
    }

    @Test
    @DisplayName("keep a registration that was refused, with the reason")
    void keepsRefusedRegistration() {
        in(BROWSER, request("REGISTER", "r", ""));
        out(BROWSER, response("r", "REGISTER", "401 Unauthorized", ""));
        in(BROWSER, request("REGISTER", "r", "Authorization: Digest username=\"1001\"\r\n"));
        happens(new PbxEvent.AuthenticationFailed(BROWSER, "1001", "WRONG"));
        out(BROWSER, response("r", "REGISTER", "401 Unauthorized", ""));
        LadderHead head = heads().getFirst();
        assertThat(head.kind()).isEqualTo(LadderHead.Kind.REFUSED_REGISTRATION);
        assertThat(head.cause()).isEqualTo("credentials: wrong");
        assertThat(head.status()).isEqualTo(401);
        assertThat(head.caller()).isEqualTo("1001");
        assertThat(titles(rows()))
                .containsExactly("REGISTER", "401 Unauthorized", "REGISTER", "401 Unauthorized");
        assertThat(shown).hasSize(4);
    }

    @Test
    @DisplayName("take a question that was too old for no refusal")
    void staleNonce() {
        in(BROWSER, request("REGISTER", "r", "Authorization: Digest username=\"1001\"\r\n"));
        out(
                BROWSER,
                response(
                        "r",
                        "REGISTER",
                        "401 Unauthorized",
                        "WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", stale=true\r\n"));
        in(BROWSER, request("REGISTER", "r", "Authorization: Digest username=\"1001\"\r\n"));
        out(BROWSER, response("r", "REGISTER", "200 OK", ""));
        assertThat(kept).isEmpty();
    }

    @Test
    @DisplayName("keep an INVITE that was refused before there was a call, with its ACK")
    void keepsRefusedInvite() {
        in(TRUNK, request("INVITE", "i", ""));
        out(TRUNK, response("i", "INVITE", "404 Not Found", ""));
        in(TRUNK, request("ACK", "i", ""));
        assertThat(heads().getFirst().kind()).isEqualTo(LadderHead.Kind.REFUSED_CALL);
        assertThat(heads().getFirst().callee()).isEqualTo("84951234567");
        assertThat(titles(rows())).containsExactly("INVITE", "404 Not Found", "ACK");
    }

    @Test
    @DisplayName("keep only so many refused requests in a minute, and count the others")
    void boundsFailures() {
        for (int i = 0; i < LadderRules.FAILURES_A_MINUTE + 50; i++) {
            in(TRUNK, request("INVITE", "i" + i, ""));
            out(TRUNK, response("i" + i, "INVITE", "403 Forbidden", ""));
        }
        assertThat(heads()).hasSize(LadderRules.FAILURES_A_MINUTE);
        assertThat(rules.leftOut()).isEqualTo(50);
    }

    @Test
    @DisplayName("remember only so many requests that nobody answers, and forget them in time")
    void boundsWaiting() {
        for (int i = 0; i < LadderRules.WAITING_MAX + 500; i++) {
            in(TRUNK, request("INVITE", "i" + i, ""));
        }
        assertThat(rules.remembered()).isEqualTo(LadderRules.WAITING_MAX);
        for (int i = 0; i < LadderRules.WAITING_ROWS_MAX + 7; i++) {
            in(TRUNK, request("INVITE", "again", ""));
        }
        assertThat(rules.leftOut()).isEqualTo(7);
        rules.tick(now + 40 * SECOND);
        assertThat(rules.remembered()).isZero();
        assertThat(kept).isEmpty();
        assertThat(shown).hasSize(LadderRules.WAITING_MAX + 500 + LadderRules.WAITING_ROWS_MAX);
    }

    @Test
    @DisplayName("leave out what a call says beyond all measure")
    void boundsCall() {
        happens(new PbxEvent.CallStarted("c1", "1001", "1002"));
        happens(new PbxEvent.DialogBegan("c1", "c1-1", "1001", "a"));
        for (int i = 0; i < LadderRules.ROWS_MAX + 9; i++) {
            in(BROWSER, request("INFO", "a", ""));
        }
        assertThat(rows()).hasSize(LadderRules.ROWS_MAX);
        assertThat(rules.leftOut()).isEqualTo(10);
    }

    @Test
    @DisplayName("forget a call some seconds after its end")
    void forgetsCalls() {
        happens(new PbxEvent.CallStarted("c1", "1001", "1002"));
        happens(new PbxEvent.DialogBegan("c1", "c1-1", "1001", "a"));
        happens(ended("c1"));
        rules.tick(now + 39 * SECOND);
        assertThat(rules.remembered()).isEqualTo(2);
        rules.tick(now + 41 * SECOND);
        assertThat(rules.remembered()).isZero();
    }

    @Test
    @DisplayName("keep both of two rows of the same microsecond")
    void sameMicrosecond() {
        happens(new PbxEvent.CallStarted("c1", "1001", "1002"));
        now--;
        happens(new PbxEvent.DialogBegan("c1", "c1-1", "1001", "a"));
        now--;
        in(BROWSER, request("INVITE", "a", ""));
        assertThat(rows()).extracting(LadderRow::atMicros).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    @DisplayName("show a key that was pressed, and not which")
    void hidesKeys() {
        happens(new PbxEvent.CallStarted("c1", "1001", "1002"));
        happens(new PbxEvent.MediaHappened("c1", new MediaEvent.DtmfReceived("c1-1", '7', 160)));
        LadderRow row = rows().getLast();
        assertThat(row.title()).isEqualTo("a key was pressed");
        assertThat(row.text()).isEqualTo("160 ms");
    }

    // ---- what happens

    private void happens(PbxEvent event) {
        rules.on(new Observed(now++, event));
    }

    private void in(Flow flow, String message) {
        happens(new PbxEvent.SipReceived(flow, parsed(message)));
    }

    private void out(Flow flow, String message) {
        happens(new PbxEvent.SipSent(flow, parsed(message), 0));
    }

    private static SipMessage parsed(String text) {
        return ((ParseResult.Parsed) SipParser.parse(text.getBytes(StandardCharsets.UTF_8)))
                .message();
    }

    private static String request(String method, String callId, String more) {
        return method
                + " sip:84951234567@example.com SIP/2.0\r\n"
                + headers(callId, method)
                + more
                + "Max-Forwards: 70\r\n"
                + (method.equals("INVITE") ? "Contact: <sip:1001@192.0.2.7>\r\n" : "")
                + "Content-Length: 0\r\n\r\n";
    }

    private static String response(String callId, String method, String status, String more) {
        return "SIP/2.0 "
                + status
                + "\r\n"
                + headers(callId, method)
                + more
                + (method.equals("INVITE") ? "Contact: <sip:1001@192.0.2.7>\r\n" : "")
                + "Content-Length: 0\r\n\r\n";
    }

    private static String headers(String callId, String method) {
        return "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nFrom: <sip:1001@example.com>;tag=1\r\n"
                + "To: <sip:84951234567@example.com>;tag=2\r\nCall-ID: "
                + callId
                + "\r\nCSeq: 1 "
                + method
                + "\r\n";
    }

    private static PbxEvent.CallEnded ended(String id) {
        return new PbxEvent.CallEnded(
                id,
                new Cdr(
                        id,
                        Optional.empty(),
                        Cdr.Direction.OUTBOUND,
                        "1001",
                        "84951234567",
                        Optional.empty(),
                        2,
                        Instant.EPOCH,
                        1_000,
                        2_000,
                        Cdr.HangupSide.CALLEE,
                        "normal",
                        200,
                        Optional.empty(),
                        Cdr.Heard.NOTHING,
                        Cdr.Heard.NOTHING,
                        Optional.empty()));
    }

    private List<LadderHead> heads() {
        return kept.stream()
                .flatMap(c ->
                        c instanceof LadderChange.Began(var head)
                                ? Stream.of(head)
                                : Stream.empty())
                .toList();
    }

    private List<LadderRow> rows() {
        return kept.stream()
                .flatMap(c ->
                        c instanceof LadderChange.Row(var row) ? Stream.of(row) : Stream.empty())
                .sorted(Comparator.comparing(LadderRow::atMicros))
                .toList();
    }

    private static List<String> titles(List<LadderRow> rows) {
        return rows.stream().map(LadderRow::title).toList();
    }
}
