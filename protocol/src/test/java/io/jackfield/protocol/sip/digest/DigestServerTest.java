package io.jackfield.protocol.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.protocol.sip.AuthValue;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.digest.DigestServer.Cause;
import io.jackfield.protocol.sip.digest.DigestServer.Role;
import io.jackfield.protocol.sip.digest.DigestServer.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Digest server (RFC 3261 §22, RFC 7616, RFC 8760)")
class DigestServerTest {
    private static final String REALM = "pbx.example.com";
    private static final String URI = "sip:600@pbx.example.com";
    private static final String PASSWORD = "s3cr3t";
    private static final long START = 1_780_000_000_000L;
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final byte[] KEY =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private final List<String> asked = new ArrayList<>();
    private final DigestServer server = server(KEY, 16);
    private long now = START;

    private static DigestServer server(byte[] key, int noncesMax) {
        List<DigestAlgorithm> order = List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
        return new DigestServer(REALM, order, LIFETIME, key, noncesMax);
    }

    private Optional<String> ha1(String user, DigestAlgorithm algorithm) {
        asked.add(user + " " + algorithm.token());
        return user.startsWith("10")
                ? Optional.of(algorithm.ha1(user, REALM, PASSWORD))
                : Optional.empty();
    }

    private static SipRequest request(String... lines) {
        String text =
                "INVITE "
                        + URI
                        + " SIP/2.0\r\nVia: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r\n"
                        + "From: <sip:1001@pbx.example.com>;tag=f\r\nTo: <"
                        + URI
                        + ">\r\n"
                        + "Call-ID: c\r\nCSeq: 2 INVITE\r\n"
                        + String.join("", List.of(lines).stream().map(l -> l + "\r\n").toList())
                        + "\r\n";
        return (SipRequest)
                ((ParseResult.Parsed) SipParser.parse(text.getBytes(StandardCharsets.UTF_8)))
                        .message();
    }

    private Verdict check(String... lines) {
        return server.check(request(lines), Role.SERVER, this::ha1, now);
    }

    private static Verdict.Challenged challenged(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Challenged.class);
        return (Verdict.Challenged) verdict;
    }

    private Challenge challenge(DigestAlgorithm algorithm) {
        return challenged(check()).headers().stream()
                .flatMap(h -> Challenge.parse(h.value()).stream())
                .filter(c -> c.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    private static Credentials credentials(
            String user, String password, Challenge challenge, long count) {
        return credentials(
                user,
                password,
                challenge,
                Optional.of(new Credentials.Counted(Qop.AUTH, count, "cn")),
                URI);
    }

    private static Credentials credentials(
            String user,
            String password,
            Challenge challenge,
            Optional<Credentials.Counted> counted,
            String uri) {
        Credentials unsigned =
                new Credentials(
                        user,
                        challenge.realm(),
                        challenge.nonce(),
                        uri,
                        "",
                        challenge.algorithm(),
                        Optional.empty(),
                        counted);
        String ha1 = challenge.algorithm().ha1(user, challenge.realm(), password);
        return unsigned.withResponse(unsigned.expectedResponse("INVITE", new byte[0], ha1));
    }

    private Verdict check(Credentials credentials) {
        return check("Authorization: " + credentials.text());
    }

    private Cause cause(Credentials credentials) {
        return challenged(check(credentials)).why();
    }

    @Nested
    @DisplayName("challenges")
    class Challenges {
        @Test
        @DisplayName(
                "with a header an algorithm, in order: SHA-256 for RFC 8760, MD5 last for JsSIP")
        void order() {
            Verdict.Challenged first = challenged(check());
            assertThat(first.why()).isEqualTo(Cause.NO_CREDENTIALS);
            assertThat(first.headers())
                    .extracting(Header::name)
                    .containsOnly("WWW-Authenticate")
                    .hasSize(2);
            assertThat(first.headers().getFirst().value())
                    .contains(", algorithm=SHA-256, qop=\"auth\"");
            assertThat(first.headers().getLast().value())
                    .matches(
                            "Digest realm=\"pbx.example.com\", nonce=\"[\\w-]{35}\", algorithm=MD5, qop=\"auth\"");
        }

        @Test
        @DisplayName("as a proxy by other names (RFC 3261 §22.3)")
        void proxy() {
            Verdict verdict = server.check(request(), Role.PROXY, DigestServerTest.this::ha1, now);
            assertThat(challenged(verdict).headers())
                    .extracting(Header::name)
                    .containsOnly("Proxy-Authenticate");
            assertThat(Role.PROXY.status()).isEqualTo(407);
            Credentials good = credentials("1001", PASSWORD, challenge(DigestAlgorithm.MD5), 1);
            SipRequest asProxy = request("Proxy-Authorization: " + good.text());
            assertThat(server.check(asProxy, Role.PROXY, DigestServerTest.this::ha1, now))
                    .isEqualTo(new Verdict.Accepted("1001"));
        }

        @Test
        @DisplayName("never twice with one nonce, even within a millisecond")
        void uniqueNonces() {
            List<String> nonces = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                nonces.add(challenge(DigestAlgorithm.MD5).nonce());
            }
            assertThat(nonces).doesNotHaveDuplicates();
        }
    }

    @Nested
    @DisplayName("accepts")
    class Accepts {
        @ParameterizedTest
        @EnumSource(names = {"MD5", "SHA_256"})
        @DisplayName("the right password by each algorithm offered")
        void rightPassword(DigestAlgorithm algorithm) {
            assertThat(check(credentials("1001", PASSWORD, challenge(algorithm), 1)))
                    .isEqualTo(new Verdict.Accepted("1001"));
            assertThat(asked).containsExactly("1001 " + algorithm.token());
        }

        @Test
        @DisplayName("higher counts, and within 64 those that were overtaken, each once")
        void counts() {
            Challenge challenge = challenge(DigestAlgorithm.MD5);
            for (long count : new long[] {1, 2, 70, 69, 7, 0xFFFF_FFFFL}) {
                assertThat(check(credentials("1001", PASSWORD, challenge, count)))
                        .isEqualTo(new Verdict.Accepted("1001"));
            }
            for (long count : new long[] {1, 2, 70, 69, 7, 6, 3, 0xFFFF_FFFFL}) {
                assertThat(cause(credentials("1001", PASSWORD, challenge, count)))
                        .isEqualTo(Cause.REPLAYED);
            }
        }

        @Test
        @DisplayName("a nonce to the end of its life, by another server with the same key")
        void lifetime() {
            Challenge challenge = challenge(DigestAlgorithm.MD5);
            now = START + LIFETIME.toMillis();
            DigestServer standby = server(KEY, 16);
            SipRequest request =
                    request("Authorization: " + credentials("1001", PASSWORD, challenge, 1).text());
            assertThat(standby.check(request, Role.SERVER, DigestServerTest.this::ha1, now))
                    .isEqualTo(new Verdict.Accepted("1001"));
        }

        @Test
        @DisplayName(
                "ours among credentials for others, and a URI that differs in port or parameters")
        void amongOthers() {
            Challenge challenge = challenge(DigestAlgorithm.SHA_256);
            Credentials good =
                    credentials(
                            "1001",
                            PASSWORD,
                            challenge,
                            Optional.of(new Credentials.Counted(Qop.AUTH, 1, "c")),
                            URI + ":5060;transport=ws");
            String other = good.text().replace(REALM + "\", nonce", "elsewhere\", nonce");
            assertThat(
                            check(
                                    "Authorization: " + other,
                                    "Authorization: Basic eDp5",
                                    "Authorization: " + good.text()))
                    .isEqualTo(new Verdict.Accepted("1001"));
        }
    }

    @Nested
    @DisplayName("does not accept")
    class Refuses {
        @Test
        @DisplayName("a wrong password or an unknown user, and tells nobody which")
        void wrong() {
            Challenge challenge = challenge(DigestAlgorithm.MD5);
            Verdict.Challenged wrong =
                    challenged(check(credentials("1001", "guess", challenge, 1)));
            Verdict.Challenged unknown =
                    challenged(check(credentials("2001", PASSWORD, challenge, 1)));
            assertThat(wrong.why()).isEqualTo(Cause.WRONG).isEqualTo(unknown.why());
            assertThat(shape(wrong)).isEqualTo(shape(unknown)).allMatch(v -> !v.contains("stale"));
            assertThat(asked).as("the same work").containsExactly("1001 MD5", "2001 MD5");
        }

        private List<String> shape(Verdict.Challenged verdict) {
            return verdict.headers().stream()
                    .map(h -> h.value().replaceAll("nonce=\"[^\"]*\"", ""))
                    .toList();
        }

        @Test
        @DisplayName("what would be right for the dummy of an unknown user: nobody knows the key")
        void dummy() {
            Challenge challenge = challenge(DigestAlgorithm.MD5);
            for (String password : new String[] {"", "2001", REALM}) {
                assertThat(cause(credentials("2001", password, challenge, 1)))
                        .isEqualTo(Cause.WRONG);
            }
        }

        @Test
        @DisplayName(
                "a nonce too old: stale=true, so that the phone asks nobody again (RFC 7616 §3.3)")
        void stale() {
            Credentials good = credentials("1001", PASSWORD, challenge(DigestAlgorithm.MD5), 1);
            now = START + LIFETIME.toMillis() + 1;
            Verdict.Challenged verdict = challenged(check(good));
            assertThat(verdict.why()).isEqualTo(Cause.STALE);
            assertThat(verdict.headers())
                    .allMatch(h -> Challenge.parse(h.value()).orElseThrow().stale());
            Credentials guess =
                    credentials(
                            "1001",
                            "guess",
                            new Challenge(
                                    REALM,
                                    good.nonce(),
                                    Optional.empty(),
                                    false,
                                    DigestAlgorithm.MD5,
                                    List.of(Qop.AUTH)),
                            1);
            assertThat(cause(guess))
                    .as("a wrong password is wrong whatever its nonce")
                    .isEqualTo(Cause.WRONG);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "abc",
                    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                    "ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                })
        @DisplayName("a nonce that is not ours")
        void foreignNonce(String nonce) {
            Challenge foreign =
                    new Challenge(
                            REALM,
                            nonce,
                            Optional.empty(),
                            false,
                            DigestAlgorithm.MD5,
                            List.of(Qop.AUTH));
            assertThat(cause(credentials("1001", PASSWORD, foreign, 1))).isEqualTo(Cause.STALE);
        }

        @Test
        @DisplayName("a nonce of another key, another realm, or changed in any letter")
        void forgedNonce() {
            DigestServer other =
                    server(
                            "another key that has 32 bytes too".getBytes(StandardCharsets.UTF_8),
                            16);
            Verdict.Challenged theirs =
                    challenged(
                            other.check(request(), Role.SERVER, DigestServerTest.this::ha1, now));
            Challenge foreign = Challenge.parse(theirs.headers().getLast().value()).orElseThrow();
            assertThat(cause(credentials("1001", PASSWORD, foreign, 1))).isEqualTo(Cause.STALE);

            String nonce = challenge(DigestAlgorithm.MD5).nonce();
            for (int i = 0; i < nonce.length() - 1; i++) {
                char letter = nonce.charAt(i) == 'A' ? 'B' : 'A';
                String forged = nonce.substring(0, i) + letter + nonce.substring(i + 1);
                Challenge changed =
                        new Challenge(
                                REALM,
                                forged,
                                Optional.empty(),
                                false,
                                DigestAlgorithm.MD5,
                                List.of(Qop.AUTH));
                assertThat(cause(credentials("1001", PASSWORD, changed, 1))).isEqualTo(Cause.STALE);
            }
        }

        @Test
        @DisplayName("a nonce from the future, when the clock went back")
        void future() {
            Credentials good = credentials("1001", PASSWORD, challenge(DigestAlgorithm.MD5), 1);
            now = START - 1;
            assertThat(cause(good)).isEqualTo(Cause.STALE);
        }

        @Test
        @DisplayName("credentials used before, with stale=true")
        void replay() {
            Credentials good = credentials("1001", PASSWORD, challenge(DigestAlgorithm.MD5), 1);
            assertThat(check(good)).isEqualTo(new Verdict.Accepted("1001"));
            Verdict.Challenged again = challenged(check(good));
            assertThat(again.why()).isEqualTo(Cause.REPLAYED);
            assertThat(again.headers()).allMatch(h -> h.value().contains("stale=true"));
        }

        @Test
        @DisplayName("credentials for another request (RFC 7616 §3.4.6)")
        void otherRequest() {
            Challenge challenge = challenge(DigestAlgorithm.MD5);
            Optional<Credentials.Counted> counted =
                    Optional.of(new Credentials.Counted(Qop.AUTH, 1, "c"));
            Credentials elsewhere =
                    credentials("1001", PASSWORD, challenge, counted, "sip:9001@pbx.example.com");
            assertThat(cause(elsewhere)).isEqualTo(Cause.OTHER_URI);
            Credentials noUri = credentials("1001", PASSWORD, challenge, counted, "/index.html");
            assertThat(cause(noUri)).isEqualTo(Cause.OTHER_URI);
            String forged = elsewhere.text().replace("sip:9001@pbx.example.com", URI);
            assertThat(challenged(check("Authorization: " + forged)).why()).isEqualTo(Cause.WRONG);
        }

        @Test
        @DisplayName("forms that were not offered: no qop, auth-int, -sess, SHA-512-256")
        void notOffered() {
            Challenge challenge = challenge(DigestAlgorithm.MD5);
            assertThat(cause(credentials("1001", PASSWORD, challenge, Optional.empty(), URI)))
                    .isEqualTo(Cause.UNUSABLE);
            Optional<Credentials.Counted> withBody =
                    Optional.of(new Credentials.Counted(Qop.AUTH_INT, 1, "c"));
            assertThat(cause(credentials("1001", PASSWORD, challenge, withBody, URI)))
                    .isEqualTo(Cause.UNUSABLE);
            for (DigestAlgorithm algorithm :
                    List.of(DigestAlgorithm.MD5_SESS, DigestAlgorithm.SHA_512_256)) {
                Challenge other =
                        new Challenge(
                                REALM,
                                challenge.nonce(),
                                Optional.empty(),
                                false,
                                algorithm,
                                List.of(Qop.AUTH));
                assertThat(cause(credentials("1001", PASSWORD, other, 1)))
                        .isEqualTo(Cause.UNUSABLE);
            }
            assertThat(asked).as("nobody was looked up").isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Digest",
                    "Digest x",
                    "Digest username=\"1001\"",
                    "Basic eDp5",
                    "Digest username=\"1001\",,realm=\"x\"",
                    "Digest username=\"1001",
                    "Digest username=\"1001\", username=\"1002\"",
                    "",
                    "Digest realm=\"pbx.example.com\"\0"
                })
        @DisplayName("what cannot be read")
        void unreadable(String value) {
            assertThat(AuthValue.parse(value).flatMap(v -> Credentials.parse(value))).isEmpty();
            SipRequest request = request();
            SipRequest with =
                    value.contains("\0")
                            ? request
                            : request.withHeaders(request.headers().plus("Authorization", value));
            Verdict verdict = server.check(with, Role.SERVER, DigestServerTest.this::ha1, now);
            assertThat(challenged(verdict).why()).isIn(Cause.UNUSABLE, Cause.NO_CREDENTIALS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nc=0000001",
                    "nc=000000001",
                    "nc=00000000",
                    "nc=0000000g",
                    "nc=-0000001",
                    "qop=other",
                    "cnonce=\"\""
                })
        @DisplayName("counts of another form than eight hexadecimal digits above zero")
        void counts(String change) {
            String good = credentials("1001", PASSWORD, challenge(DigestAlgorithm.MD5), 1).text();
            String name = change.substring(0, change.indexOf('=') + 1);
            String changed = good.replaceFirst("(, )" + name + "[^,]*", "$1" + change);
            assertThat(changed).isNotEqualTo(good);
            assertThat(challenged(check("Authorization: " + changed)).why())
                    .isEqualTo(Cause.UNUSABLE);
        }
    }

    @Nested
    @DisplayName("with more nonces than it remembers")
    class Bounded {
        @Test
        @DisplayName("forgets the oldest, which then counts as used: no replay slips through")
        void forgets() {
            DigestServer small = server(KEY, 4);
            List<SipRequest> used = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                now++;
                Challenge challenge = challenge(DigestAlgorithm.MD5);
                used.add(
                        request(
                                "Authorization: "
                                        + credentials("1001", PASSWORD, challenge, 1).text()));
                assertThat(
                                small.check(
                                        used.getLast(),
                                        Role.SERVER,
                                        DigestServerTest.this::ha1,
                                        now))
                        .isEqualTo(new Verdict.Accepted("1001"));
            }
            for (SipRequest request : used) {
                Verdict again = small.check(request, Role.SERVER, DigestServerTest.this::ha1, now);
                assertThat(challenged(again).why()).isEqualTo(Cause.REPLAYED);
            }
        }

        @Test
        @DisplayName("holds no more than its bound, and drops what has expired first")
        void size() {
            NonceCounts counts = new NonceCounts(4);
            for (int i = 0; i < 100; i++) {
                assertThat(counts.use("n" + i, 1, i, i - 2L)).isTrue();
                assertThat(counts.size()).isLessThanOrEqualTo(4);
            }
            assertThat(counts.use("old", 1, 50, 98)).as("may have been used").isFalse();
            assertThat(counts.use("n99", 2, 99, 98)).isTrue();
        }
    }

    @Test
    @DisplayName("is not made with a short key, an odd lifetime or nothing to offer")
    void settings() {
        List<DigestAlgorithm> md5 = List.of(DigestAlgorithm.MD5);
        assertThatThrownBy(() -> new DigestServer(REALM, md5, LIFETIME, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DigestServer(REALM, List.of(), LIFETIME, KEY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DigestServer(REALM, md5, Duration.ZERO, KEY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DigestServer(REALM, md5, Duration.ofDays(2), KEY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new DigestServer(REALM, List.of(DigestAlgorithm.MD5_SESS), LIFETIME, KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("prints no secret")
    void noSecrets() {
        Credentials credentials = credentials("1001", PASSWORD, challenge(DigestAlgorithm.MD5), 1);
        assertThat(credentials.toString()).doesNotContain(credentials.response());
        assertThat(new AuthValue("Digest", Parameters.NONE.with("response", "abc")).toString())
                .doesNotContain("abc");
    }
}
