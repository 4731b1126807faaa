package io.jackfield.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.b2bua.Offers;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.Events;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.Phone;
import io.jackfield.call.testing.SipText;
import io.jackfield.call.testing.Switchboard;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.testkit.VirtualClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a call of agent 1001 to the echo; everything has its own thread, the clock stands still. */
@DisplayName("A request within a call (threat T9)")
@Timeout(120)
class SpoofedRequestsTest {
    private static final Site SITE =
            new Site(
                    List.of(agent("1001"), agent("1002")),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    private final VirtualClock clock = new VirtualClock();
    private final CountedIdentifiers identifiers = new CountedIdentifiers();
    private final Events events = new Events();
    private final SipEdge edge =
            new SipEdge(TransactionSettings.DEFAULT, identifiers, events, clock::nanos, 2);
    private final Switchboard board = new Switchboard(SITE, edge, events, identifiers, clock);
    private final FakeFlow phone = FakeFlow.browser("ws-1");
    private final FakeFlow stranger = FakeFlow.of("ws-9", Transport.WSS, "203.0.113.66", 40000);
    private final Phone anna = new Phone("1001", "secret-1001");
    private String theirTag = "";

    private static Agent agent(String name) {
        return new Agent(
                name, Optional.empty(), Credential.of(name, Switchboard.REALM, "secret-" + name));
    }

    @BeforeEach
    void call() {
        edge.start(board.dispatcher());
        Thread.ofVirtual().start(board.registrar());
        register(phone, anna);
        SipResponse ok = ask(phone, anna.invite("sip:600@pbx.example", Offers.lines()));
        assertThat(ok.status()).isEqualTo(200);
        theirTag = ok.headers().to().tag().orElseThrow();
        edge.received(phone, SipText.bytes(within("ACK")));
    }

    @AfterEach
    void stop() {
        board.close();
        board.registrar().stop();
        edge.close();
    }

    private SipResponse ask(FakeFlow flow, String text) {
        edge.received(flow, SipText.bytes(text));
        SipMessage next = flow.next();
        while (!(next instanceof SipResponse response && response.isFinal())) {
            next = flow.next();
        }
        return response;
    }

    private void register(FakeFlow flow, Phone phone) {
        String[] contact = {"Contact: <sip:x@desk.invalid;transport=ws>"};
        String asked = phone.register(contact);
        String signed = phone.answering(asked, ask(flow, asked), phone.register(contact));
        assertThat(ask(flow, signed).status()).isEqualTo(200);
    }

    /** A request of the phone's within the call; its INVITE has taken the last number. */
    private String within(String method) {
        String text =
                anna.request(method, "sip:600@pbx.example", "600")
                        .replace(
                                "To: <sip:600@pbx.example>",
                                "To: <sip:600@pbx.example>;tag=" + theirTag);
        return method.equals("ACK") ? text.replaceFirst("CSeq: \\d+", "CSeq: 3") : text;
    }

    /** The call is up, and its own phone can end it. */
    private void goesOn() {
        assertThat(board.calls().size()).isEqualTo(1);
        assertThat(board.records()).isEmpty();
        endsBy(phone);
    }

    private void endsBy(FakeFlow flow) {
        assertThat(ask(flow, within("BYE")).status()).isEqualTo(200);
        assertThat(board.nextRecord().hangupSide()).isEqualTo(Cdr.HangupSide.CALLER);
    }

    @Nested
    @DisplayName("with the exact tags")
    class ExactTags {
        @ParameterizedTest
        @ValueSource(strings = {"BYE", "INVITE", "UPDATE", "INFO", "OPTIONS"})
        @DisplayName("from another connection changes nothing, and earns 481")
        void otherConnection(String method) {
            assertThat(ask(stranger, within(method)).status()).isEqualTo(481);
            goesOn();
        }

        @Test
        @DisplayName("from another agent's connection changes nothing")
        void otherAgent() {
            register(stranger, new Phone("1002", "secret-1002"));
            assertThat(ask(stranger, within("BYE")).status()).isEqualTo(481);
            goesOn();
        }

        @Test
        @DisplayName("from the same phone, come back over another connection, is taken")
        void returned() {
            FakeFlow back = FakeFlow.browser("ws-2");
            register(back, new Phone("1001", "secret-1001", "back"));
            endsBy(back);
        }

        @Test
        @DisplayName("from a connection that two agents share is taken for the one it names")
        void shared() {
            FakeFlow back = FakeFlow.browser("ws-2");
            register(back, new Phone("1002", "secret-1002", "other"));
            register(back, new Phone("1001", "secret-1001", "back"));
            endsBy(back);
        }
    }

    @Nested
    @DisplayName("with a tag or a Call-ID that is not the call's")
    class Guessed {
        @Test
        @DisplayName("changes nothing, even from the phone's own connection")
        void guessed() {
            String wrongTag = within("BYE").replace(theirTag, theirTag + "x");
            assertThat(ask(phone, wrongTag).status()).isEqualTo(481);
            String wrongCall = within("BYE").replace("Call-ID: of", "Call-ID: off");
            assertThat(ask(phone, wrongCall).status()).isEqualTo(481);
            String wrongPeer = within("BYE").replace(";tag=f", ";tag=g");
            assertThat(ask(phone, wrongPeer).status()).isEqualTo(481);
            goesOn();
        }

        @Test
        @DisplayName("with a number from the past changes nothing (§12.2.2)")
        void oldNumber() {
            String old = within("BYE").replaceFirst("CSeq: \\d+", "CSeq: 1");
            assertThat(ask(phone, old).status()).isEqualTo(500);
            goesOn();
        }
    }
}
