package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.token.DialLimits;
import io.jackfield.call.token.NumberPlan;
import io.jackfield.call.token.Signer;
import io.jackfield.call.token.TokenAlgorithm;
import io.jackfield.call.token.TokenGate;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.call.token.TokenRules;
import io.jackfield.call.token.UsedTokenJournal;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call over a route with 'token: required'")
class TokenCallTest {
    private static final Trunk CARRIER = CallBench.trunk("carrier");
    private static final Signer CRM = Signer.of(TokenAlgorithm.EDDSA);
    private static final String NUMBER = "+4930123456";
    private static final TokenRules RULES =
            new TokenRules(
                    Signer.AUDIENCE,
                    NumberPlan.INTERNATIONAL,
                    List.of(CRM.key()),
                    List.of(),
                    new DialLimits(Optional.empty(), Optional.of(1), Optional.empty(), Set.of()),
                    Map.of(),
                    false,
                    Set.of());

    private final TokenGate gate =
            new TokenGate(
                    _ -> Optional.empty(),
                    UsedTokenJournal.none(),
                    () -> Signer.NOW,
                    System::nanoTime);
    private final RunningNode node = new RunningNode(new PlantedBug(), RULES, gate, CARRIER);
    private final FakeFlow anna = FakeFlow.browser("anna");
    private final FakeFlow trunk = FakeFlow.of("trunk", Transport.UDP, "192.0.2.1", 5060);
    private int dialled;

    @BeforeEach
    void start() {
        node.leadsTo(CARRIER, trunk);
        node.registers(anna, "anna");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private SipResponse dials(String number, String lines) {
        call(number, lines);
        return RunningNode.finalResponse(anna);
    }

    private void call(String number, String lines) {
        String offer = Descriptions.browserOffer("sendrecv");
        node.calls(anna, "c" + dialled++, "anna", number, offer, lines);
    }

    private static void isRefused(SipResponse response, TokenRefusal why) {
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.reason()).isEqualTo(why.words());
        assertThat(response.headers().first("Warning"))
                .contains("399 jackfield \"call-token " + why.code() + "\"");
        assertThat(response.headers().first("Reason"))
                .contains("SIP;cause=403;text=\"call-token " + why.code() + "\"");
    }

    @Test
    @DisplayName(
            "T30: is refused without, with an empty, with a doubled token; the trunk hears nothing")
    void refused() {
        String token = CRM.token(Signer.claims("a-good-token"));
        isRefused(dials(NUMBER, ""), TokenRefusal.MISSING);
        isRefused(dials(NUMBER, "X-Call-Token:\n"), TokenRefusal.MISSING);
        isRefused(
                dials(NUMBER, "X-Call-Token: " + token + "\nAuthorization: Bearer " + token + "\n"),
                TokenRefusal.DOUBLED);
        isRefused(dials("+4930999999", "X-Call-Token: " + token + "\n"), TokenRefusal.NUMBER);
        isRefused(dials(NUMBER, "X-Call-Token: a.b.c\n"), TokenRefusal.MALFORMED);
        assertThat(trunk.isQuiet()).isTrue();
        assertThat(node.callsUp()).isZero();
        assertThat(refusals())
                .containsExactly(
                        TokenRefusal.MISSING,
                        TokenRefusal.MISSING,
                        TokenRefusal.DOUBLED,
                        TokenRefusal.NUMBER,
                        TokenRefusal.MALFORMED);
    }

    private List<TokenRefusal> refusals() {
        return node.seen().stream()
                .filter(PbxEvent.TokenChecked.class::isInstance)
                .flatMap(e -> ((PbxEvent.TokenChecked) e).refusal().stream())
                .toList();
    }

    @Test
    @DisplayName("T33: spelled in another way in the Request-URI is the same call, or none at all")
    void uris() {
        String lines = "X-Call-Token: " + CRM.token(Signer.claims("a-good-token")) + "\n";
        for (String other :
                List.of(
                        "%2B4930123457",
                        "+49301234%356%37",
                        "+4930123456%3Bext=1",
                        "+4930123456,1",
                        "00493012345%D9%A6",
                        "+4930123456;phone-context=+1")) {
            assertThat(dials(other, lines).status()).as(other).isNotEqualTo(200);
        }
        assertThat(trunk.isQuiet()).isTrue();
        call("00%34930123456", lines);
        assertThat(RunningNode.request(trunk).uri().toString()).contains("004930123456@");
    }

    @Test
    @DisplayName("T32: is made once with a token; not twice, even after the first has ended")
    void once() {
        String lines = "X-Call-Token: " + CRM.token(Signer.claims("only-once")) + "\n";
        call(NUMBER, lines);
        SipRequest invite = RunningNode.request(trunk);
        isRefusedNext(lines);
        node.answers(trunk, invite, 486, "");
        assertThat(RunningNode.finalResponse(anna).status()).isEqualTo(486);
        node.record();
        isRefusedNext(lines);
    }

    private void isRefusedNext(String lines) {
        call(NUMBER, lines);
        SipResponse no = RunningNode.finalResponse(anna);
        assertThat(no.status()).isEqualTo(403);
        assertThat(refusals()).isNotEmpty();
    }

    @Test
    @DisplayName("T35: a call that has ended makes room for the next; one that is up does not")
    void parallel() {
        call(NUMBER, "X-Call-Token: " + CRM.token(Signer.claims("the-first")) + "\n");
        SipRequest invite = RunningNode.request(trunk);
        String second = "X-Call-Token: " + CRM.token(Signer.claims("the-second")) + "\n";
        isRefused(dials(NUMBER, second), TokenRefusal.AGENT_PARALLEL);
        node.answers(trunk, invite, 486, "");
        assertThat(RunningNode.finalResponse(anna).status()).isEqualTo(486);
        node.record();
        node.seenEnd();
        call(NUMBER, second);
        assertThat(RunningNode.request(trunk).method().name()).isEqualTo("ACK");
        assertThat(RunningNode.request(trunk).method().name()).isEqualTo("INVITE");
    }

    @Test
    @DisplayName("nothing of its token goes to the trunk, into events or the record (T44)")
    void canary() {
        for (String header : List.of("X-Call-Token: ", "Authorization: Bearer ")) {
            String token = CRM.token(Signer.claims("canary-" + header.length()));
            call(NUMBER, header + token + "\nX-Call-Ref: crm-7\n");
            SipRequest invite = RunningNode.request(trunk);
            node.answers(trunk, invite, 200, Descriptions.plainAnswer(body(invite), "sendrecv"));
            SipResponse answer = RunningNode.finalResponse(anna);
            assertThat(answer.status()).isEqualTo(200);
            String ack = text(RunningNode.request(trunk));
            node.says(anna, "ACK", 1, answer);
            node.says(anna, "BYE", 2, answer);
            SipRequest hangup = RunningNode.request(trunk);
            String bye = text(hangup);
            node.answers(trunk, hangup, 200, "");
            assertThat(RunningNode.finalResponse(anna).status()).isEqualTo(200);
            Cdr cdr = node.record();
            String published =
                    node.seen().stream().map(TokenCallTest::text).collect(Collectors.joining("\n"));
            assertThat(cdr.reference()).contains("crm-7");
            assertThat(published).contains("[hidden]");
            for (String part : token.split("\\.")) {
                assertThat(text(invite) + ack + bye).doesNotContain(part);
                assertThat(cdr.toString()).doesNotContain(part);
                assertThat(published).doesNotContain(part);
            }
            assertThat(text(invite)).doesNotContain("X-Call-Token").doesNotContain("Bearer");
            node.seenEnd();
        }
    }

    private static String body(SipRequest invite) {
        return new String(invite.body(), StandardCharsets.UTF_8);
    }

    private static String text(SipMessage message) {
        return new String(message.encode(), StandardCharsets.UTF_8);
    }

    private static String text(PbxEvent event) {
        return switch (event) {
            case PbxEvent.SipReceived(_, var message) -> text(message);
            case PbxEvent.SipSent(_, var message, _) -> text(message);
            default -> event.toString();
        };
    }
}
