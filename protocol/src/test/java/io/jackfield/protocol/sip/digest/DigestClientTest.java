package io.jackfield.protocol.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.digest.DigestServer.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Digest client towards a trunk (RFC 3261 §22.2, RFC 7616, RFC 8760)")
class DigestClientTest {
    private static final String REALM = "carrier.example";
    private static final String CHALLENGE =
            "Digest realm=\"carrier.example\", nonce=\"n1\", qop=\"auth\"";

    private final SipRequest register = request("REGISTER sip:carrier.example SIP/2.0");
    private final DigestClient client = new DigestClient("jack", "field", Optional.of(REALM));

    private static SipRequest request(String line, String... lines) {
        String text =
                line
                        + "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:jack@carrier.example>;tag=f\r\n"
                        + "To: <sip:jack@carrier.example>\r\nCall-ID: c\r\nCSeq: 1 "
                        + line.split(" ", 2)[0]
                        + "\r\n"
                        + String.join("", List.of(lines).stream().map(l -> l + "\r\n").toList())
                        + "\r\n";
        return (SipRequest)
                ((ParseResult.Parsed) SipParser.parse(text.getBytes(StandardCharsets.UTF_8)))
                        .message();
    }

    private static SipResponse challenge(SipRequest request, String... values) {
        return challenge(request, Role.SERVER, values);
    }

    private static SipResponse challenge(SipRequest request, Role role, String... values) {
        SipResponse response = SipResponses.to(request, role.status(), "t");
        List<Header> headers =
                List.of(values).stream().map(v -> new Header(role.challengeHeader(), v)).toList();
        return response.withHeaders(response.headers().plusAll(headers));
    }

    private Optional<Credentials> answer(SipRequest request, String... challenges) {
        return client.answer(request, challenge(request, challenges), "cn")
                .flatMap(h -> Credentials.parse(h.value()));
    }

    private static SipRequest with(SipRequest request, Header header) {
        return request.withHeaders(request.headers().with(header.name(), header.value()));
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    @DisplayName("answers every algorithm with what the server computes")
    void algorithms(DigestAlgorithm algorithm) {
        Credentials sent =
                answer(register, CHALLENGE + ", algorithm=" + algorithm.token()).orElseThrow();
        assertThat(sent.algorithm()).isEqualTo(algorithm);
        assertThat(sent.uri()).isEqualTo("sip:carrier.example");
        assertThat(sent.counted()).contains(new Credentials.Counted(Qop.AUTH, 1, "cn"));
        String ha1 = algorithm.ha1("jack", REALM, "field");
        assertThat(sent.response()).isEqualTo(sent.expectedResponse("REGISTER", new byte[0], ha1));
    }

    @Test
    @DisplayName("gives the response of RFC 7616's arithmetic, letter by letter")
    void exact() {
        Header header =
                client.answer(register, challenge(register, CHALLENGE + ", opaque=\"op\""), "cn")
                        .orElseThrow();
        String ha1 = DigestAlgorithm.MD5.hash("jack:carrier.example:field");
        String ha2 = DigestAlgorithm.MD5.hash("REGISTER:sip:carrier.example");
        String response = DigestAlgorithm.MD5.hash(ha1 + ":n1:00000001:cn:auth:" + ha2);
        assertThat(header)
                .isEqualTo(
                        new Header(
                                "Authorization",
                                "Digest username=\"jack\", realm=\"carrier.example\", nonce=\"n1\", uri=\"sip:carrier.example\","
                                        + " response=\""
                                        + response
                                        + "\", algorithm=MD5, opaque=\"op\", qop=auth, nc=00000001, cnonce=\"cn\""));
    }

    @Test
    @DisplayName("picks the strongest of several challenges, whatever their order")
    void strongest() {
        String sha = CHALLENGE + ", algorithm=SHA-256";
        String unknown = CHALLENGE + ", algorithm=SHA3-512";
        assertThat(answer(register, CHALLENGE, sha, unknown).orElseThrow().algorithm())
                .isEqualTo(DigestAlgorithm.SHA_256);
        assertThat(answer(register, unknown, sha, CHALLENGE).orElseThrow().algorithm())
                .isEqualTo(DigestAlgorithm.SHA_256);
    }

    @Test
    @DisplayName("answers a 407 by its own header (§22.3), and a server of RFC 2069 without qop")
    void proxyAndOldServers() {
        SipRequest invite = request("INVITE sip:1@carrier.example SIP/2.0");
        Header header =
                client.answer(invite, challenge(invite, Role.PROXY, CHALLENGE), "cn").orElseThrow();
        assertThat(header.name()).isEqualTo("Proxy-Authorization");
        assertThat(
                        answer(register, CHALLENGE.replace(", qop=\"auth\"", ""))
                                .orElseThrow()
                                .counted())
                .isEmpty();
    }

    @Test
    @DisplayName("protects the body only where nothing else is offered")
    void authInt() {
        SipRequest invite =
                request("INVITE sip:1@carrier.example SIP/2.0")
                        .withBody("text/plain", new byte[] {'x'});
        Credentials sent =
                answer(invite, CHALLENGE.replace("\"auth\"", "\"auth-int\"")).orElseThrow();
        assertThat(sent.counted().orElseThrow().qop()).isEqualTo(Qop.AUTH_INT);
        String ha1 = DigestAlgorithm.MD5.ha1("jack", REALM, "field");
        assertThat(sent.response())
                .isEqualTo(sent.expectedResponse("INVITE", new byte[] {'x'}, ha1));
        assertThat(
                        answer(invite, CHALLENGE.replace("\"auth\"", "\"auth-int, auth\""))
                                .orElseThrow()
                                .counted()
                                .orElseThrow()
                                .qop())
                .isEqualTo(Qop.AUTH);
    }

    @Test
    @DisplayName("counts on with the same nonce for requests that follow (RFC 7616 §3.4)")
    void counting() {
        assertThat(client.authorize(register, Role.SERVER)).as("nothing was asked yet").isEmpty();
        answer(register, CHALLENGE);
        for (long count = 2; count < 20; count++) {
            Header header = client.authorize(register, Role.SERVER).orElseThrow();
            assertThat(
                            Credentials.parse(header.value())
                                    .orElseThrow()
                                    .counted()
                                    .orElseThrow()
                                    .nonceCount())
                    .isEqualTo(count);
        }
        assertThat(client.authorize(register, Role.PROXY)).isEmpty();
        assertThat(
                        answer(register, CHALLENGE.replace("n1", "n2"))
                                .orElseThrow()
                                .counted()
                                .orElseThrow()
                                .nonceCount())
                .as("a new nonce is counted anew")
                .isEqualTo(1);
    }

    @Nested
    @DisplayName("keeps silent")
    class Silent {
        @ParameterizedTest
        @ValueSource(strings = {"other.example", "CARRIER.example", "carrier.example ", ""})
        @DisplayName("towards another realm than the trunk's (CVE-2021-41158, reliability T6)")
        void otherRealm(String realm) {
            assertThat(answer(register, CHALLENGE.replace(REALM, realm))).isEmpty();
            assertThat(client.authorize(register, Role.SERVER))
                    .as("nothing is kept of it")
                    .isEmpty();
        }

        @Test
        @DisplayName("towards any other response, and challenges it cannot read")
        void notAsked() {
            SipResponse forbidden = SipResponses.to(register, 403, "t");
            Header header = new Header("WWW-Authenticate", CHALLENGE);
            assertThat(
                            client.answer(
                                    register,
                                    forbidden.withHeaders(
                                            forbidden.headers().plusAll(List.of(header))),
                                    "cn"))
                    .isEmpty();
            for (String broken :
                    new String[] {
                        "",
                        "Digest",
                        "Basic realm=\"carrier.example\"",
                        "Digest realm=\"carrier.example\"",
                        CHALLENGE.replace("\"auth\"", "\"other\""),
                        CHALLENGE + ", nonce=\"n2\""
                    }) {
                assertThat(answer(register, broken)).as(broken).isEmpty();
            }
            assertThat(client.answer(register, challenge(register, Role.PROXY), "cn")).isEmpty();
        }

        @Test
        @DisplayName("when the password was refused (§22.1)")
        void refused() {
            Header first =
                    client.answer(register, challenge(register, CHALLENGE), "cn").orElseThrow();
            SipRequest second = with(register, first);
            assertThat(answer(second, CHALLENGE)).isEmpty();
            assertThat(answer(second, CHALLENGE.replace("n1", "n2"))).isEmpty();
        }

        @Test
        @DisplayName("when a trunk calls nonce after nonce stale")
        void endlessStale() {
            SipRequest request = register;
            int answers = 0;
            for (int i = 1; i < 10; i++) {
                String next = CHALLENGE.replace("n1", "n" + i) + ", stale=true";
                Optional<Header> header = client.answer(request, challenge(request, next), "cn");
                if (header.isEmpty()) {
                    break;
                }
                answers++;
                request = with(request, header.get());
            }
            assertThat(answers).isLessThanOrEqualTo(2);
        }
    }

    @Test
    @DisplayName("tries anew when only the nonce was too old, said or not")
    void stale() {
        Header first = client.answer(register, challenge(register, CHALLENGE), "cn").orElseThrow();
        assertThat(answer(with(register, first), CHALLENGE.replace("n1", "n2") + ", stale=TRUE"))
                .isPresent();
        Header reused = client.authorize(register, Role.SERVER).orElseThrow();
        assertThat(answer(with(register, reused), CHALLENGE.replace("n1", "n3")))
                .as("used before")
                .isPresent();
        Header again = client.authorize(register, Role.SERVER).orElseThrow();
        assertThat(answer(with(register, again), CHALLENGE.replace("n1", "n3")))
                .as("the same nonce")
                .isEmpty();
    }

    @Test
    @DisplayName("without a configured realm answers the one the trunk names")
    void anyRealm() {
        DigestClient open = new DigestClient("jack", "field", Optional.empty());
        Header header =
                open.answer(register, challenge(register, CHALLENGE.replace(REALM, "other")), "cn")
                        .orElseThrow();
        assertThat(Credentials.parse(header.value()).orElseThrow().realm()).isEqualTo("other");
        assertThat(open.toString()).doesNotContain("field");
    }

    @Test
    @DisplayName("is understood by our own server, odd names and all")
    void both() {
        String user = "jörg \"the\\\\ack\"";
        DigestServer server =
                new DigestServer(
                        REALM,
                        List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                        Duration.ofMinutes(1),
                        new byte[32]);
        DigestServer.Secrets secrets =
                (name, algorithm) ->
                        name.equals(user)
                                ? Optional.of(algorithm.ha1(user, REALM, "pä:ss"))
                                : Optional.empty();
        DigestClient odd = new DigestClient(user, "pä:ss", Optional.of(REALM));
        var asked =
                (DigestServer.Verdict.Challenged)
                        server.check(register, Role.SERVER, secrets, 1_000);
        SipResponse response = SipResponses.to(register, 401, "t");
        SipResponse challenge = response.withHeaders(response.headers().plusAll(asked.headers()));
        SipRequest answered = with(register, odd.answer(register, challenge, "cn").orElseThrow());
        assertThat(server.check(answered, Role.SERVER, secrets, 2_000))
                .isEqualTo(new DigestServer.Verdict.Accepted(user));
    }
}
