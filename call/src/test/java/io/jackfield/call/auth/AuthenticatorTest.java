package io.jackfield.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Site;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.digest.DigestAlgorithm;
import io.jackfield.protocol.sip.digest.DigestClient;
import io.jackfield.protocol.sip.digest.DigestServer;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Who a phone is (RFC 3261 §22)")
class AuthenticatorTest {
    private static final String REALM = "pbx.example";

    private final List<PbxEvent> told = new ArrayList<>();
    private final FakeFlow flow = FakeFlow.browser("ws-1");
    private final VirtualClock clock = new VirtualClock();
    private final Authenticator authenticator = authenticator();

    private Authenticator authenticator() {
        Events events = new Events();
        events.listen(told::add);
        Site site =
                new Site(
                        List.of(agent("anna"), agent("boris")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new Authenticator(
                new DigestServer(
                        REALM,
                        List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                        Duration.ofMinutes(5),
                        new byte[32]),
                () -> site,
                new CountedIdentifiers(),
                events,
                () -> Instant.ofEpochSecond(1_800_000_000L),
                new Guesses(events, clock::nanos));
    }

    private static Agent agent(String name) {
        return new Agent(name, Optional.empty(), Credential.of(name, REALM, "secret of " + name));
    }

    private static SipRequest register(String user) {
        return SipText.request(
                """
                REGISTER sip:pbx.example SIP/2.0
                Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKreg
                From: <sip:%s@pbx.example>;tag=1
                To: <sip:%s@pbx.example>
                Call-ID: a
                CSeq: 1 REGISTER
                Max-Forwards: 70

                """
                        .formatted(user, user));
    }

    private SipResponse refused(Identity identity) {
        assertThat(identity).isInstanceOf(Identity.Refused.class);
        return ((Identity.Refused) identity).response();
    }

    private Identity tryAs(String claimed, String user, String password) {
        return tryAs(flow, claimed, user, password);
    }

    private Identity tryAs(FakeFlow flow, String claimed, String user, String password) {
        SipRequest bare = register(claimed);
        SipResponse challenge = refused(authenticator.authenticate(bare, flow, claimed));
        assertThat(challenge.status()).isEqualTo(401);
        SipRequest again =
                bare.withHeaders(
                        bare.headers()
                                .plusAll(
                                        new DigestClient(user, password, Optional.of(REALM))
                                                        .answer(bare, challenge, "0123456789abcdef")
                                                        .stream()
                                                        .toList()));
        return authenticator.authenticate(again, flow, claimed);
    }

    /** An answer without what is random in it. */
    private static String shape(SipResponse response) {
        return new String(response.encode(), java.nio.charset.StandardCharsets.UTF_8)
                .replaceAll("nonce=\"[^\"]*\"", "nonce")
                .replaceAll("tag=tag\\d+", "tag")
                .replace("nobody", "anna");
    }

    @Test
    @DisplayName("the right password proves the agent")
    void right() {
        assertThat(tryAs("anna", "anna", "secret of anna"))
                .isInstanceOfSatisfying(
                        Identity.OfAgent.class,
                        a -> assertThat(a.agent().name()).isEqualTo("anna"));
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("an unknown user and a wrong password get the same answer")
    void sameAnswer() {
        SipResponse wrong = refused(tryAs("anna", "anna", "guess"));
        SipResponse unknown = refused(tryAs("nobody", "nobody", "guess"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(shape(unknown)).isEqualTo(shape(wrong));
        assertThat(told).hasSize(2).allMatch(PbxEvent.AuthenticationFailed.class::isInstance);
    }

    @Test
    @DisplayName("the right credentials of another agent earn 403 (§10.3 step 3)")
    void another() {
        assertThat(refused(tryAs("anna", "boris", "secret of boris")).status()).isEqualTo(403);
        assertThat(told).hasSize(1);
    }

    @Test
    @DisplayName("the same credentials a second time earn a challenge: they may have been heard")
    void replayed() {
        SipRequest bare = register("anna");
        SipResponse challenge = refused(authenticator.authenticate(bare, flow, "anna"));
        SipRequest signed =
                bare.withHeaders(
                        bare.headers()
                                .plusAll(
                                        new DigestClient("anna", "secret of anna", Optional.empty())
                                                        .answer(bare, challenge, "0123456789abcdef")
                                                        .stream()
                                                        .toList()));
        assertThat(authenticator.authenticate(signed, flow, "anna"))
                .isInstanceOf(Identity.OfAgent.class);
        assertThat(refused(authenticator.authenticate(signed, flow, "anna")).status())
                .isEqualTo(401);
    }

    /** A name in To that is not the one in the credentials must not help to guess that one's. */
    private void guess(String claimed, String user, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(refused(tryAs(claimed, user, "guess " + i)).status()).isEqualTo(401);
        }
    }

    private List<String> reasons() {
        return told.stream()
                .filter(PbxEvent.AuthenticationFailed.class::isInstance)
                .map(event -> ((PbxEvent.AuthenticationFailed) event).reason())
                .toList();
    }

    @Test
    @DisplayName("who has guessed twenty times is not told that the password is right (T3, T4)")
    void limited() {
        SipResponse first = refused(tryAs("anna", "anna", "guess"));
        guess("anna", "anna", 19);
        SipResponse right = refused(tryAs("anna", "anna", "secret of anna"));
        assertThat(shape(right)).isEqualTo(shape(first));
        assertThat(reasons()).hasSize(21).last().isEqualTo("LIMITED");
        clock.advance(Duration.ofMinutes(10));
        assertThat(tryAs("anna", "anna", "secret of anna")).isInstanceOf(Identity.OfAgent.class);
    }

    @Test
    @DisplayName("who guesses in another's name is limited for the one whose password it is")
    void otherName() {
        guess("boris", "anna", 20);
        assertThat(refused(tryAs("boris", "anna", "secret of anna")).status()).isEqualTo(401);
        assertThat(refused(tryAs("anna", "anna", "secret of anna")).status()).isEqualTo(401);
        assertThat(tryAs("boris", "boris", "secret of boris")).isInstanceOf(Identity.OfAgent.class);
    }

    @Test
    @DisplayName("agents behind the same address register, the one whose password is guessed too")
    void sameAddress() {
        guess("anna", "anna", 50);
        for (String name : List.of("anna", "boris")) {
            assertThat(tryAs(FakeFlow.browser("of " + name), name, name, "secret of " + name))
                    .isInstanceOf(Identity.OfAgent.class);
        }
    }

    @Test
    @DisplayName("a phone that is registered stays so while somebody behind its address guesses")
    void refreshes() {
        FakeFlow phone = FakeFlow.browser("of anna");
        assertThat(tryAs(phone, "anna", "anna", "secret of anna"))
                .isInstanceOf(Identity.OfAgent.class);
        for (int i = 0; i < 20; i++) {
            guess("anna", "anna", 50);
            assertThat(tryAs(phone, "anna", "anna", "secret of anna"))
                    .isInstanceOf(Identity.OfAgent.class);
        }
    }

    @Test
    @DisplayName("requests without credentials are no guesses: every registration begins with one")
    void unsigned() {
        for (int i = 0; i < 1_000; i++) {
            refused(authenticator.authenticate(register("anna"), flow, "anna"));
        }
        assertThat(told).isEmpty();
        assertThat(tryAs("anna", "anna", "secret of anna")).isInstanceOf(Identity.OfAgent.class);
    }

    @Test
    @DisplayName("what is told of a failure has no word of the stranger's but the user")
    void ownWords() {
        refused(tryAs("anna", "boris", "secret of boris"));
        refused(tryAs("anna", "anna", "guess"));
        assertThat(reasons()).containsExactly("OTHER_NAME", "WRONG");
    }
}
