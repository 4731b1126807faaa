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
                () -> Instant.ofEpochSecond(1_800_000_000L));
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
}
