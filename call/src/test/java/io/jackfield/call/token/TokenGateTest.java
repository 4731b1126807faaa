package io.jackfield.call.token;

import static io.jackfield.call.token.Signer.NOW;
import static io.jackfield.call.token.Signer.claims;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.SipHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The gate to the telephone network")
class TokenGateTest {
    private static final Signer CRM = Signer.of(TokenAlgorithm.HS256);

    /** What a process would have written, and the next one reads. */
    private static final class Notes implements UsedTokenJournal {
        private final Map<String, Instant> lines = new HashMap<>();
        private boolean broken;

        @Override
        public boolean add(String digest, Instant forgetAt) {
            if (!broken) {
                lines.put(digest, forgetAt);
            }
            return !broken;
        }

        @Override
        public void read(BiConsumer<String, Instant> used) {
            lines.forEach(used);
        }
    }

    private final Notes notes = new Notes();
    private Instant wall = NOW;
    private long nanos;
    private int calls;
    private TokenGate gate = gate();
    private TokenRules rules = rules(DialLimits.NONE, Map.of());

    private TokenGate gate() {
        return new TokenGate(_ -> Optional.empty(), notes, () -> wall, () -> nanos);
    }

    private static TokenRules rules(DialLimits perAgent, Map<String, DialLimits> campaigns) {
        return new TokenRules(
                Signer.AUDIENCE,
                NumberPlan.INTERNATIONAL,
                List.of(CRM.key()),
                List.of(),
                perAgent,
                campaigns,
                false,
                Set.of("+4913"));
    }

    private static DialLimits limits(int perMinute, int parallel, int minutes) {
        return new DialLimits(
                Optional.of(perMinute),
                Optional.of(parallel),
                Optional.of(Duration.ofMinutes(minutes)),
                Set.of());
    }

    private void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    private static SipHeaders headers(String lines) {
        return SipText.request(
                        """
                        INVITE sip:x@pbx.example SIP/2.0
                        Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKx
                        From: <sip:anna@pbx.example>;tag=f
                        To: <sip:x@pbx.example>
                        Call-ID: x
                        CSeq: 1 INVITE
                        Contact: <sip:anna@a.invalid>
                        Content-Length: 0
                        """
                                + lines
                                + "\n")
                .headers();
    }

    private Optional<TokenRefusal> asks(String token) {
        return asks("anna", "+4930123456", "X-Call-Token: " + token + "\n");
    }

    private Optional<TokenRefusal> asks(String agent, String number, String lines) {
        return gate.admit(
                rules,
                new TokenGate.Request("call" + calls++, agent, number, Set.of(), headers(lines)));
    }

    /** A new token for that call. */
    private Optional<TokenRefusal> dials(String agent, String number, String campaign) {
        Map<String, Object> claims = claims("new-token-" + calls);
        claims.put("sub", agent);
        claims.put("dst", number);
        claims.put("cmp", campaign);
        claims.put("iat", wall.getEpochSecond());
        claims.put("exp", wall.getEpochSecond() + 60);
        return asks(agent, number, "X-Call-Token: " + CRM.token(claims) + "\n");
    }

    private Optional<TokenRefusal> dials() {
        return dials("anna", "+4930123456", "spring");
    }

    @Nested
    @DisplayName("T30: without a token")
    class Without {
        @Test
        @DisplayName("stays shut: none, an empty one, two of them")
        void shut() {
            String good = CRM.token(claims("good-token"));
            for (String none :
                    List.of(
                            "",
                            "X-Call-Token: \n",
                            "Authorization: Bearer\n",
                            "Authorization: Digest username=\"anna\"\n",
                            "X-Call-Tokens: " + good + "\n")) {
                assertThat(asks("anna", "+4930123456", none))
                        .as(none)
                        .contains(TokenRefusal.MISSING);
            }
            for (String two :
                    List.of(
                            "X-Call-Token: " + good + "\nX-Call-Token: " + good + "\n",
                            "X-Call-Token: " + good + "\nAuthorization: Bearer " + good + "\n",
                            "Authorization: Bearer " + good + "\nx-call-token: \n")) {
                assertThat(asks("anna", "+4930123456", two)).contains(TokenRefusal.DOUBLED);
            }
            assertThat(asks(good)).isEmpty();
        }

        @Test
        @DisplayName("opens to either header, written in any case (RFC 8898 §2, RFC 6750 §2.1)")
        void headersOpen() {
            int i = 0;
            for (String name :
                    List.of(
                            "X-Call-Token: ",
                            "x-call-token:",
                            "Authorization: Bearer ",
                            "authorization: bearer ",
                            "Authorization: BEARER   ")) {
                String line = name + CRM.token(claims("a-token-" + i++)) + "\n";
                assertThat(asks("anna", "+4930123456", line)).as(name).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("T32: to a token that was used")
    class Replay {
        @Test
        @DisplayName("stays shut 1,000 times, half of them after a restart of the process")
        void thousand() {
            String token = CRM.token(claims("once-and-never-again"));
            assertThat(asks(token)).isEmpty();
            for (int i = 0; i < 500; i++) {
                assertThat(asks(token)).contains(TokenRefusal.USED);
            }
            gate = gate();
            for (int i = 0; i < 500; i++) {
                assertThat(asks(token)).contains(TokenRefusal.USED);
            }
        }

        @Test
        @DisplayName("stays shut until its age alone refuses it, and remembers it no longer")
        void bounded() {
            UsedTokens used = new UsedTokens(notes, 10);
            gate = new TokenGate(_ -> Optional.empty(), used, () -> wall, () -> nanos);
            String token = CRM.token(claims("once-and-never-again"));
            assertThat(asks(token)).isEmpty();
            advance(Duration.ofSeconds(89));
            assertThat(asks(token)).contains(TokenRefusal.USED);
            advance(Duration.ofSeconds(1));
            assertThat(asks(token)).contains(TokenRefusal.EXPIRED);
            assertThat(dials()).isEmpty();
            assertThat(used.size()).isEqualTo(1);
        }

        @Test
        @DisplayName("stays shut when the clock jumps an hour ahead and back (T31, F11)")
        void clockSetBack() {
            String token = CRM.token(claims("once-and-never-again"));
            assertThat(asks(token)).isEmpty();
            wall = wall.plus(Duration.ofHours(1));
            assertThat(dials()).isEmpty();
            wall = NOW.plusSeconds(10);
            assertThat(asks(token)).contains(TokenRefusal.USED);
        }

        @Test
        @DisplayName("when its memory is full it refuses new ones rather than forget one")
        void full() {
            UsedTokens used = new UsedTokens(notes, 10);
            gate = new TokenGate(_ -> Optional.empty(), used, () -> wall, () -> nanos);
            String first = CRM.token(claims("the-first"));
            assertThat(asks(first)).isEmpty();
            for (int i = 0; i < 9; i++) {
                assertThat(dials()).isEmpty();
            }
            for (int i = 0; i < 100; i++) {
                assertThat(dials()).contains(TokenRefusal.MEMORY_FULL);
            }
            assertThat(asks(first)).contains(TokenRefusal.USED);
            advance(Duration.ofSeconds(120));
            assertThat(dials()).isEmpty();
        }

        @Test
        @DisplayName("what cannot be written down is not dialled")
        void disk() {
            notes.broken = true;
            assertThat(dials()).contains(TokenRefusal.MEMORY_FAILING);
            notes.broken = false;
            assertThat(dials()).isEmpty();
        }

        @Test
        @DisplayName("a token that another refusal met is not used up by it")
        void notBurnt() {
            String token = CRM.token(claims("once-and-never-again"));
            assertThat(asks("boris", "+4930123456", "X-Call-Token: " + token + "\n"))
                    .contains(TokenRefusal.AGENT);
            assertThat(asks(token)).isEmpty();
        }
    }

    @Nested
    @DisplayName("T35: to a good account that dials too much")
    class Pumping {
        private Map<Optional<TokenRefusal>, Integer> thousand(String campaign) {
            Map<Optional<TokenRefusal>, Integer> outcomes = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                outcomes.merge(dials("anna", "+4930123456", campaign), 1, Integer::sum);
            }
            return outcomes;
        }

        @Test
        @DisplayName("shuts at the calls of a minute, and opens as they grow old")
        void perMinute() {
            rules = rules(limits(6, 100_000, 100_000), Map.of());
            assertThat(thousand("spring"))
                    .isEqualTo(
                            Map.of(
                                    Optional.empty(), 6,
                                    Optional.of(TokenRefusal.AGENT_CALLS_PER_MINUTE), 994));
            assertThat(dials("boris", "+4930123456", "spring")).isEmpty();
            advance(Duration.ofSeconds(59));
            assertThat(dials()).contains(TokenRefusal.AGENT_CALLS_PER_MINUTE);
            advance(Duration.ofSeconds(1));
            assertThat(dials()).isEmpty();
        }

        @Test
        @DisplayName("shuts at the calls that are up, and opens as they end")
        void parallel() {
            rules = rules(limits(100_000, 3, 100_000), Map.of());
            assertThat(thousand("spring"))
                    .isEqualTo(
                            Map.of(
                                    Optional.empty(), 3,
                                    Optional.of(TokenRefusal.AGENT_PARALLEL), 997));
            gate.ended("call0", Duration.ZERO);
            gate.ended("call0", Duration.ZERO);
            gate.ended("call-of-somebody-else", Duration.ZERO);
            assertThat(dials()).isEmpty();
            assertThat(dials()).contains(TokenRefusal.AGENT_PARALLEL);
        }

        @Test
        @DisplayName("shuts at the minutes of a day, those of calls that are up included")
        void perDay() {
            rules = rules(limits(100_000, 100_000, 60), Map.of());
            wall = Instant.parse("2026-11-23T20:00:00Z");
            assertThat(dials()).isEmpty();
            assertThat(dials()).isEmpty();
            advance(Duration.ofMinutes(29));
            assertThat(dials()).isEmpty();
            gate.ended("call2", Duration.ZERO);
            gate.ended("call0", Duration.ofMinutes(29));
            advance(Duration.ofMinutes(2));
            assertThat(dials()).contains(TokenRefusal.AGENT_MINUTES_PER_DAY);
            gate.ended("call1", Duration.ofMinutes(31));
            assertThat(dials()).contains(TokenRefusal.AGENT_MINUTES_PER_DAY);
            advance(Duration.ofHours(4));
            assertThat(dials()).isEmpty();
        }

        @Test
        @DisplayName("counts campaigns beside agents")
        void campaign() {
            Map<String, DialLimits> campaigns =
                    Map.of("spring", limits(2, 100, 100), "summer", limits(100, 100, 100));
            rules = rules(DialLimits.NONE, campaigns);
            assertThat(thousand("spring"))
                    .isEqualTo(
                            Map.of(
                                    Optional.empty(), 2,
                                    Optional.of(TokenRefusal.CAMPAIGN_CALLS_PER_MINUTE), 998));
            assertThat(dials("boris", "+4930123456", "spring"))
                    .contains(TokenRefusal.CAMPAIGN_CALLS_PER_MINUTE);
            assertThat(dials("anna", "+4930123456", "summer")).isEmpty();
            assertThat(dials("anna", "+4930123456", "winter")).contains(TokenRefusal.CAMPAIGN);
        }

        @Test
        @DisplayName("lets a call that was refused count for nothing")
        void refusedCountsNothing() {
            rules = rules(limits(2, 2, 60), Map.of());
            for (int i = 0; i < 50; i++) {
                assertThat(asks("no.token.atall")).isPresent();
            }
            assertThat(dials()).isEmpty();
            assertThat(dials()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "+4990012345678",
            "+447012345678",
            "+449012345678",
            "+19005550100",
            "+78091234567",
            "+97912345678",
            "+88212345678",
            "+33891234567",
            "+491312345678"
        })
        @DisplayName("opens to no premium-rate number unless the site wants it")
        void premium(String number) {
            assertThat(dials("anna", number, "spring")).contains(TokenRefusal.PREMIUM);
            rules =
                    new TokenRules(
                            Signer.AUDIENCE,
                            NumberPlan.INTERNATIONAL,
                            List.of(CRM.key()),
                            List.of(),
                            DialLimits.NONE,
                            Map.of(),
                            true,
                            Set.of());
            assertThat(dials("anna", number, "spring")).isEmpty();
        }

        @Test
        @DisplayName("opens to allowed countries alone")
        void countries() {
            DialLimits german =
                    new DialLimits(
                            Optional.empty(), Optional.empty(), Optional.empty(), Set.of("+49"));
            List<TokenRules> either =
                    List.of(
                            rules(german, Map.of()),
                            rules(DialLimits.NONE, Map.of("spring", german)));
            for (TokenRules one : either) {
                rules = one;
                assertThat(dials("anna", "+4930123456", "spring")).isEmpty();
                assertThat(dials("anna", "+4312345678", "spring")).contains(TokenRefusal.COUNTRY);
            }
        }
    }

    @Test
    @DisplayName("calls pass the part that counts one at a time")
    void oneAtATime() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        UsedTokenJournal crowded =
                new UsedTokenJournal() {
                    @Override
                    public boolean add(String digest, Instant forgetAt) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        for (int i = 0; i < 1_000; i++) {
                            Thread.yield();
                        }
                        inside.decrementAndGet();
                        return true;
                    }

                    @Override
                    public void read(BiConsumer<String, Instant> used) {}
                };
        TokenGate crowdedGate =
                new TokenGate(_ -> Optional.empty(), crowded, () -> NOW, () -> nanos);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            SipHeaders headers =
                    headers("X-Call-Token: " + CRM.token(claims("of-thread-" + i)) + "\n");
            TokenGate.Request request =
                    new TokenGate.Request("call" + i, "anna", "+4930123456", Set.of(), headers);
            threads.add(Thread.ofPlatform().start(() -> crowdedGate.admit(rules, request)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    @DisplayName("100 threads with one token: one call gets out")
    void race() throws InterruptedException {
        String token = CRM.token(claims("wanted-by-all"));
        List<Thread> threads = new ArrayList<>();
        List<Optional<TokenRefusal>> outcomes =
                java.util.Collections.synchronizedList(new ArrayList<>());
        SipHeaders headers = headers("X-Call-Token: " + token + "\n");
        for (int i = 0; i < 100; i++) {
            TokenGate.Request request =
                    new TokenGate.Request("call" + i, "anna", "+4930123456", Set.of(), headers);
            threads.add(Thread.ofPlatform().start(() -> outcomes.add(gate.admit(rules, request))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(outcomes).hasSize(100);
        assertThat(outcomes.stream().filter(Optional::isEmpty)).hasSize(1);
    }
}
