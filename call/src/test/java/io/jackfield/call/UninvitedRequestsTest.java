package io.jackfield.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.RegistrarBench;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.SourceMatch;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.EdgeBench;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.Phone;
import io.jackfield.call.testing.Switchboard;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request from outside of any call")
@Timeout(120)
class UninvitedRequestsTest {
    private static final String STRANGER = "203.0.113.66";
    private static final Trunk CARRIER =
            new Trunk(
                    "carrier",
                    Transport.UDP,
                    "192.0.2.1",
                    5060,
                    List.of("PCMA"),
                    Optional.empty(),
                    false,
                    Duration.ofMinutes(5),
                    Optional.empty(),
                    Duration.ZERO,
                    List.of(SourceMatch.parse("192.0.2.1")),
                    false,
                    CodecPolicy.PASSTHROUGH);
    private static final Site SITE =
            new Site(
                    List.of(agent("1001"), agent("1002")),
                    List.of(CARRIER),
                    List.of(),
                    List.of(),
                    List.of());

    private final EdgeBench bench = new EdgeBench(2);
    private final Switchboard board =
            new Switchboard(SITE, bench.edge(), bench.events(), bench.identifiers(), bench.clock());
    private final FakeFlow browser = FakeFlow.browser("ws-1");
    private final FakeFlow stranger = FakeFlow.of("ws-9", Transport.WSS, STRANGER, 40000);
    private final Phone anna = new Phone("1001", "secret-1001");

    private static Agent agent(String name) {
        return new Agent(
                name, Optional.empty(), Credential.of(name, Switchboard.REALM, "secret-" + name));
    }

    @BeforeEach
    void start() {
        bench.start(board.dispatcher());
        bench.alongside(() -> RegistrarBench.work(board.registrar()));
    }

    @AfterEach
    void stop() {
        board.close();
    }

    private List<SipMessage> send(FakeFlow flow, String text) {
        flow.taken();
        bench.receive(flow, text);
        return flow.taken();
    }

    private SipResponse ask(FakeFlow flow, String text) {
        List<SipMessage> answers = send(flow, text);
        assertThat(answers).as("answers to %s", text).hasSize(1);
        return (SipResponse) answers.getFirst();
    }

    private SipResponse register(FakeFlow flow, Phone phone) {
        String[] contact = {"Contact: <sip:x@desk.invalid;transport=ws>"};
        String asked = phone.register(contact);
        SipResponse challenge = ask(flow, asked);
        assertThat(challenge.status()).isEqualTo(401);
        return ask(flow, phone.answering(asked, challenge, phone.register(contact)));
    }

    private String with(String method, String... lines) {
        String uri = method.equals("REGISTER") ? "sip:pbx.example" : "sip:600@pbx.example";
        return anna.request(method, uri, "600", lines);
    }

    private static FakeFlow over(Transport transport) {
        return FakeFlow.of("any", transport, STRANGER, 40000);
    }

    @Nested
    @DisplayName("from a stranger (threat T5)")
    class Methods {
        @ParameterizedTest(name = "{0} earns {1}")
        @CsvSource({
            "INVITE, 401",
            "REGISTER, 401",
            "OPTIONS, 200",
            "BYE, 481",
            "CANCEL, 481",
            "UPDATE, 481",
            "INFO, 481",
            "PRACK, 481",
            "REFER, 405",
            "NOTIFY, 405",
            "SUBSCRIBE, 405",
            "MESSAGE, 405",
            "PUBLISH, 405",
            "invite, 405",
            "FOO, 405"
        })
        @DisplayName("is challenged or refused, the same over every transport")
        void everyMethod(String method, int status) {
            for (Transport transport : Transport.values()) {
                SipResponse answer = ask(over(transport), with(method));
                assertThat(answer.status()).as(method + " " + transport).isEqualTo(status);
                assertThat(answer.headers().to().tag()).isPresent();
            }
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName("is never answered when it is an ACK (§17)")
        void ack(Transport transport) {
            assertThat(send(over(transport), with("ACK"))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "INVITE",
                    "REGISTER",
                    "OPTIONS",
                    "BYE",
                    "UPDATE",
                    "INFO",
                    "PRACK",
                    "REFER",
                    "NOTIFY",
                    "SUBSCRIBE",
                    "MESSAGE",
                    "PUBLISH",
                    "FOO"
                })
        @DisplayName("that names a dialog which is not there earns 481 (§12.2.2)")
        void noDialog(String method) {
            String text =
                    with(method)
                            .replace(
                                    "To: <sip:600@pbx.example>",
                                    "To: <sip:600@pbx.example>;tag=gone");
            assertThat(ask(stranger, text).status()).isEqualTo(481);
        }

        @Test
        @DisplayName("is told by 405 what would be taken (§8.2.1)")
        void allow() {
            assertThat(ask(stranger, with("REFER")).headers().first("Allow"))
                    .contains("INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, REGISTER");
        }

        @Test
        @DisplayName("is told by OPTIONS what we can (§11.2), and no more of the house than that")
        void options() {
            SipResponse ok = ask(stranger, with("OPTIONS"));
            assertThat(ok.headers().first("Allow").orElse("")).contains("INVITE", "REGISTER");
            assertThat(ok.headers().first("Accept")).contains("application/sdp");
            assertThat(ok.headers().first("Supported")).contains("100rel, timer, outbound");
            String unknown = with("OPTIONS").replace("600", "nobody");
            assertThat(ask(stranger, unknown).status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("that asks for a call")
    class Invites {
        @Test
        @DisplayName("and has come too far is refused with 483, though one hop less is none")
        void hops() {
            String far = with("INVITE").replace("Max-Forwards: 70", "Max-Forwards: 0");
            assertThat(ask(stranger, far).status()).isEqualTo(483);
            String near = with("INVITE").replace("Max-Forwards: 70", "Max-Forwards: 1");
            assertThat(ask(stranger, near).status()).isEqualTo(401);
            String unsaid = with("INVITE").replace("Max-Forwards: 70\n", "");
            assertThat(ask(stranger, unsaid).status()).isEqualTo(401);
        }

        @ParameterizedTest
        @ValueSource(strings = {"mailto:anna@example.com", "http://example.com", "urn:service:sos"})
        @DisplayName("by another scheme than sip and tel is refused with 416 (§8.2.2.1)")
        void scheme(String uri) {
            assertThat(ask(stranger, anna.invite(uri)).status()).isEqualTo(416);
        }

        @Test
        @DisplayName("while the server drains is refused with 503 and Retry-After")
        void draining() {
            board.dispatcher().drain();
            SipResponse refused = ask(stranger, with("INVITE"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers().first("Retry-After")).contains("10");
            assertThat(ask(stranger, with("OPTIONS")).status()).isEqualTo(200);
        }

        @Test
        @DisplayName("in the name of another than the connection's agent is challenged (T7)")
        void forgedName() {
            register(browser, anna);
            String forged = with("INVITE").replace("<sip:1001@", "<sip:1002@");
            assertThat(ask(browser, forged).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("in an agent's name from another connection is challenged (T7)")
        void otherConnection() {
            register(browser, anna);
            assertThat(ask(stranger, with("INVITE")).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("in an agent's name over UDP is challenged, though registered from there")
        void datagrams() {
            FakeFlow udp = over(Transport.UDP);
            register(udp, anna);
            assertThat(ask(udp, with("INVITE")).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("after the registration has run out is challenged")
        void ranOut() {
            register(browser, anna);
            bench.clock().advance(Duration.ofMinutes(10));
            bench.work();
            assertThat(ask(browser, with("INVITE")).status()).isEqualTo(401);
        }

        @Test
        @DisplayName("in a trunk's name from another address is challenged (T7)")
        void forgedTrunk() {
            for (FakeFlow forger :
                    List.of(
                            FakeFlow.of("x", Transport.UDP, "192.0.2.2", 5060),
                            FakeFlow.of("y", Transport.TCP, "192.0.2.1", 5060),
                            FakeFlow.of("z", Transport.WSS, "192.0.2.1", 5060))) {
                String text =
                        with("INVITE").replace("<sip:1001@pbx.example>", "<sip:7495@192.0.2.1>");
                assertThat(ask(forger, text).status()).as(forger.id()).isEqualTo(401);
            }
        }
    }

    @Nested
    @DisplayName("from where somebody guesses passwords (threat T3)")
    class Guessing {
        private void guess(FakeFlow from, int times) {
            Phone guesser = new Phone("1001", "guess", "guess-" + from.id());
            for (int i = 0; i < times; i++) {
                assertThat(register(from, guesser).status()).isEqualTo(401);
            }
        }

        @Test
        @DisplayName("registers with the right password, whosever is guessed")
        void sameAddress() {
            guess(stranger, 200);
            for (String name : List.of("1001", "1002")) {
                FakeFlow colleague = FakeFlow.of("of-" + name, Transport.WSS, STRANGER, 40002);
                Phone phone = new Phone(name, "secret-" + name, "of-" + name);
                assertThat(register(colleague, phone).status()).isEqualTo(200);
            }
            assertThat(bench.told(PbxEvent.GuessesLimited.class))
                    .extracting(PbxEvent.GuessesLimited::limit)
                    .contains(PbxEvent.GuessLimit.ACCOUNT_AT_SOURCE, PbxEvent.GuessLimit.SOURCE);
        }

        @Test
        @DisplayName("by INVITE is counted as by REGISTER, and no right password helps then")
        void byInvite() {
            for (int i = 0; i < 20; i++) {
                Phone guesser = new Phone("1001", "guess", "invite-" + i);
                String asked = guesser.invite("sip:999@pbx.example");
                SipResponse challenge = ask(stranger, asked);
                String next = guesser.invite("sip:999@pbx.example");
                assertThat(ask(stranger, guesser.answering(asked, challenge, next)).status())
                        .isEqualTo(401);
            }
            assertThat(register(stranger, anna).status()).isEqualTo(401);
            bench.clock().advance(Duration.ofMinutes(10));
            bench.work();
            assertThat(register(stranger, new Phone("1001", "secret-1001", "later")).status())
                    .isEqualTo(200);
        }
    }
}
