package io.jackfield.loadtool.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import io.jackfield.protocol.sip.digest.Credentials;
import io.jackfield.testkit.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The line of a headless phone")
class LineTest {
    private static final String CHALLENGE =
            "Digest realm=\"example.org\", nonce=\"abc\", algorithm=SHA-256, qop=\"auth\"";

    private final VirtualClock clock = new VirtualClock();
    private final List<SipMessage> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Optional<String> answer = Optional.empty();
    private final Line line =
            new Line(
                    new PhoneAccount("anna", "secret", "example.org"),
                    new Noting(),
                    new Counting());

    private final class Noting implements LineUser {
        @Override
        public void send(SipMessage message) {
            sent.add(message);
        }

        @Override
        public void registered() {
            told.add("registered");
        }

        @Override
        public void registrationFailed(String why) {
            told.add("registration failed: " + why);
        }

        @Override
        public void answered(String sdp) {
            told.add("answered: " + sdp);
        }

        @Override
        public Optional<String> called(String sdp) {
            told.add("called: " + sdp);
            return answer;
        }

        @Override
        public void callEnded(String why) {
            told.add("ended: " + why);
        }
    }

    /** Identifiers that differ from each other. */
    private static final class Counting implements Identifiers {
        private int count;

        @Override
        public String tag() {
            return "tag" + ++count;
        }

        @Override
        public String branch() {
            return Via.MAGIC_COOKIE + ++count;
        }

        @Override
        public String callId() {
            return "call" + ++count;
        }
    }

    private SipRequest lastRequest() {
        return (SipRequest) sent.getLast();
    }

    private void answer(SipResponse response) {
        line.receive(response, clock.nanos());
    }

    private SipResponse response(int status) {
        return SipResponses.to(lastRequest(), status, "theirs");
    }

    private void challenge() {
        SipResponse refusal = response(401);
        answer(refusal.withHeaders(refusal.headers().with("WWW-Authenticate", CHALLENGE)));
    }

    private void register() {
        line.register(clock.nanos());
        challenge();
        answer(response(200));
    }

    @Nested
    @DisplayName("registering (RFC 3261 §10.2)")
    class Registering {
        @Test
        @DisplayName("answers the challenge under the next CSeq of the same Call-ID")
        void challenged() {
            line.register(clock.nanos());
            SipRequest first = lastRequest();
            challenge();
            SipRequest second = lastRequest();
            answer(response(200));

            assertThat(first.headers().first("Authorization")).isEmpty();
            assertThat(second.headers().first("Authorization").flatMap(Credentials::parse))
                    .hasValueSatisfying(c -> assertThat(c.user()).isEqualTo("anna"));
            assertThat(second.headers().callId()).isEqualTo(first.headers().callId());
            assertThat(second.headers().cseq().number())
                    .isEqualTo(first.headers().cseq().number() + 1);
            assertThat(told).containsExactly("registered");
        }

        @Test
        @DisplayName("gives up when the password is refused")
        void refused() {
            line.register(clock.nanos());
            challenge();
            challenge();

            assertThat(sent).hasSize(2);
            assertThat(told).containsExactly("registration failed: REGISTER: 401 Unauthorized");
        }

        @Test
        @DisplayName("refreshes when half of the time has passed")
        void refresh() {
            register();
            sent.clear();
            clock.advance(Duration.ofMinutes(5).minusNanos(1));
            line.tick(clock.nanos());
            assertThat(sent).isEmpty();

            clock.advance(Duration.ofNanos(1));
            assertThat(line.deadlineNanos()).hasValue(clock.nanos());
            line.tick(clock.nanos());

            assertThat(lastRequest().method()).isEqualTo(SipMethod.REGISTER);
        }

        @Test
        @DisplayName("says so when the connection breaks before the answer")
        void disconnected() {
            line.register(clock.nanos());
            line.disconnected(clock.nanos());

            assertThat(told).containsExactly("registration failed: REGISTER: TRANSPORT");
        }

        @Test
        @DisplayName("says so when no answer comes in 64*T1 (§17.1.2.2, timer F)")
        void timeout() {
            line.register(clock.nanos());
            clock.advance(Duration.ofSeconds(32));
            line.tick(clock.nanos());

            assertThat(told).containsExactly("registration failed: REGISTER: TIMEOUT");
        }
    }

    @Nested
    @DisplayName("calling (RFC 3261 §13.2)")
    class Calling {
        private void call() {
            line.call("600", "v=0\r\n", clock.nanos());
        }

        private SipResponse ok() {
            SipResponse ok = response(200);
            return ok.withHeaders(
                            ok.headers().withContact(NameAddress.of(SipUri.of("600", "192.0.2.1"))))
                    .withBody("application/sdp", "answer".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        @DisplayName("answers the challenge, takes the answer and acknowledges it")
        void answered() {
            call();
            challenge();
            assertThat(lastRequest().method()).isEqualTo(SipMethod.INVITE);
            answer(ok());

            assertThat(told).containsExactly("answered: answer");
            assertThat(lastRequest().method()).isEqualTo(SipMethod.ACK);
            assertThat(line.inCall()).isTrue();
        }

        @Test
        @DisplayName("hangs up with BYE, and the call is over with its answer")
        void hangsUp() {
            call();
            answer(ok());
            line.hangUp(clock.nanos());
            assertThat(lastRequest().method()).isEqualTo(SipMethod.BYE);
            answer(response(200));

            assertThat(told).containsExactly("answered: answer", "ended: BYE by LOCAL");
            assertThat(line.inCall()).isFalse();
        }

        @Test
        @DisplayName("tells why it was refused")
        void refused() {
            call();
            answer(response(404));

            assertThat(told).containsExactly("ended: STATUS by REMOTE: 404 Not Found");
        }
    }

    @Nested
    @DisplayName("asked by others")
    class Asked {
        private int answerTo(SipMethod method) {
            line.call("600", "v=0\r\n", clock.nanos());
            SipRequest mould = lastRequest();
            sent.clear();
            SipRequest asked =
                    mould.withHeaders(
                            mould.headers()
                                    .withVias(
                                            List.of(
                                                    new Via(
                                                            "WS",
                                                            "other.invalid",
                                                            OptionalInt.empty(),
                                                            mould.headers()
                                                                    .via()
                                                                    .parameters()
                                                                    .with(
                                                                            "branch",
                                                                            "z9hG4bKother"))))
                                    .withCseq(new io.jackfield.protocol.sip.CSeq(1, method)));
            line.receive(asked, clock.nanos());
            return sent.stream()
                    .filter(SipResponse.class::isInstance)
                    .map(SipResponse.class::cast)
                    .filter(SipResponse::isFinal)
                    .findFirst()
                    .orElseThrow()
                    .status();
        }

        @Test
        @DisplayName("is busy while it calls, and there when asked by OPTIONS")
        void outside() {
            assertThat(answerTo(SipMethod.INVITE)).isEqualTo(486);
            assertThat(answerTo(SipMethod.OPTIONS)).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("called by another")
    class Called {
        private final List<SipMessage> theirs = new ArrayList<>();
        private final Line other =
                new Line(
                        new PhoneAccount("otto", "secret", "example.org"),
                        new LineUser() {
                            @Override
                            public void send(SipMessage message) {
                                theirs.add(message);
                            }

                            @Override
                            public void registered() {}

                            @Override
                            public void registrationFailed(String why) {}

                            @Override
                            public void answered(String sdp) {
                                told.add("they hear: " + sdp);
                            }

                            @Override
                            public Optional<String> called(String sdp) {
                                return Optional.empty();
                            }

                            @Override
                            public void callEnded(String why) {
                                told.add("they end: " + why);
                            }
                        },
                        new Counting());

        /** Carries all that both have said until neither says more. */
        private void exchange() {
            while (!sent.isEmpty() || !theirs.isEmpty()) {
                List<SipMessage> ours = List.copyOf(sent);
                List<SipMessage> others = List.copyOf(theirs);
                sent.clear();
                theirs.clear();
                ours.forEach(message -> other.receive(message, clock.nanos()));
                others.forEach(message -> line.receive(message, clock.nanos()));
            }
        }

        @Test
        @DisplayName("answers at once with what its user says, and ends when the caller hangs up")
        void answers() {
            answer = Optional.of("answer");
            other.call("anna", "offer", clock.nanos());
            exchange();
            assertThat(told).containsExactly("called: offer", "they hear: answer");
            assertThat(line.inCall()).isTrue();

            other.hangUp(clock.nanos());
            exchange();
            assertThat(told).contains("ended: BYE by REMOTE", "they end: BYE by LOCAL");
            assertThat(line.inCall()).isFalse();
        }

        @Test
        @DisplayName("is busy where its user has no answer")
        void busy() {
            other.call("anna", "offer", clock.nanos());
            exchange();

            assertThat(told).contains("they end: STATUS by REMOTE: 486 Busy Here");
            assertThat(line.inCall()).isFalse();
        }
    }
}
