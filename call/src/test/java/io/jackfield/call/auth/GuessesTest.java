package io.jackfield.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.GuessLimit;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Guessing passwords (threat T3)")
class GuessesTest {
    private static final String OFFICE = "203.0.113.66";

    private final VirtualClock clock = new VirtualClock();
    private final List<PbxEvent.GuessesLimited> told = new ArrayList<>();
    private final Guesses guesses = guesses();
    private final FakeFlow attacker = from("ws-attacker", OFFICE);
    private int connections;

    private Guesses guesses() {
        Events events = new Events();
        events.listen(event -> told.add((PbxEvent.GuessesLimited) event));
        return new Guesses(events, clock::nanos);
    }

    private static FakeFlow from(String id, String address) {
        return FakeFlow.of(id, Transport.WSS, address, 40_000);
    }

    /** A new connection from that address. */
    private FakeFlow fresh(String address) {
        connections++;
        return from("ws-" + connections, address);
    }

    private static FakeFlow udp(String address, int port) {
        return FakeFlow.of("udp-" + address + ":" + port, Transport.UDP, address, port);
    }

    /** So many attempts; how many of them were looked at. */
    private int guess(String account, FakeFlow flow, int times) {
        int looked = 0;
        for (int i = 0; i < times; i++) {
            boolean may = guesses.mayTry(account, flow);
            looked += may ? 1 : 0;
            guesses.failed(may ? Optional.of(account) : Optional.empty(), flow);
        }
        return looked;
    }

    private List<GuessLimit> limits() {
        return told.stream().map(PbxEvent.GuessesLimited::limit).toList();
    }

    @Nested
    @DisplayName("for one account from one source")
    class OneAccount {
        @Test
        @DisplayName("is looked at twenty times in ten minutes, and that is told once")
        void limited() {
            assertThat(guess("1001", attacker, 50)).isEqualTo(20);
            assertThat(told)
                    .containsExactly(
                            new PbxEvent.GuessesLimited(
                                    attacker,
                                    GuessLimit.ACCOUNT_AT_SOURCE,
                                    "1001",
                                    Duration.ofMinutes(10)));
            clock.advance(Duration.ofMinutes(10).minusNanos(1));
            assertThat(guesses.mayTry("1001", attacker)).isFalse();
            clock.advance(Duration.ofNanos(1));
            assertThat(guess("1001", attacker, 50)).isEqualTo(20);
        }

        @Test
        @DisplayName("is limited also over ever new connections: one in ten seconds is looked at")
        void newConnections() {
            guess("1001", attacker, 20);
            int looked = 0;
            for (int second = 0; second < 600; second++) {
                looked += guess("1001", fresh(OFFICE), 1);
                looked += guess("1001", fresh(OFFICE), 1);
                clock.advance(Duration.ofSeconds(1));
            }
            assertThat(looked).isEqualTo(60);
        }

        @Test
        @DisplayName("is limited for a whole IPv6 network, whichever of its addresses is used")
        void network() {
            int looked = 0;
            for (int i = 0; i < 60; i++) {
                looked += guess("1001", udp("2001:db8:1:2::" + i, 5060), 1);
            }
            assertThat(looked).isEqualTo(20);
            assertThat(guesses.mayTry("1001", udp("2001:db8:1:3::1", 5060))).isTrue();
        }

        @Test
        @DisplayName("is not held against the account elsewhere")
        void elsewhere() {
            guess("1001", attacker, 20);
            assertThat(guess("1001", fresh("198.51.100.7"), 5)).isEqualTo(5);
        }

        @Test
        @DisplayName("over UDP, whose addresses can be forged, is not held against connections")
        void forged() {
            guess("1001", udp(OFFICE, 5060), 20);
            assertThat(guesses.mayTry("1001", udp(OFFICE, 5061))).isFalse();
            assertThat(guess("1001", attacker, 5)).isEqualTo(5);
        }

        @Test
        @DisplayName("over UDP leaves no chance to what may be forged")
        void noChance() {
            guess("1001", udp(OFFICE, 5060), 20);
            clock.advance(Duration.ofMinutes(1));
            assertThat(guesses.mayTry("1001", udp(OFFICE, 5061))).isFalse();
        }
    }

    @Nested
    @DisplayName("behind the address from which somebody guesses")
    class SameAddress {
        @Test
        @DisplayName("lets agents of other accounts in, first comers too")
        void otherAccounts() {
            guess("1001", attacker, 1_000);
            assertThat(guesses.mayTry("1002", fresh(OFFICE))).isTrue();
        }

        @Test
        @DisplayName("lets the agent in whose account it is, over a connection of his own")
        void sameAccount() {
            guess("1001", attacker, 1_000);
            assertThat(guesses.mayTry("1001", fresh(OFFICE))).isTrue();
        }

        @Test
        @DisplayName("lets a phone refresh over the connection that has proved itself, at any rate")
        void refresh() {
            FakeFlow phone = fresh(OFFICE);
            guesses.proved("1001", phone);
            guess("1001", attacker, 1_000);
            for (int i = 0; i < 100; i++) {
                assertThat(guesses.mayTry("1001", phone)).isTrue();
            }
        }

        @Test
        @DisplayName("does not let that connection guess without end, for its account or others")
        void insider() {
            FakeFlow phone = fresh(OFFICE);
            guesses.proved("1001", phone);
            assertThat(guess("1001", phone, 50)).isEqualTo(20);
            assertThat(guess("1002", phone, 50)).isEqualTo(20);
        }
    }

    @Nested
    @DisplayName("for many accounts from one source")
    class Spraying {
        private int spray(String address, int times) {
            int looked = 0;
            FakeFlow flow = fresh(address);
            for (int i = 0; i < times; i++) {
                looked += guess("account-" + i, flow, 1);
            }
            return looked;
        }

        @Test
        @DisplayName("is looked at a hundred times in ten minutes")
        void limited() {
            assertThat(spray(OFFICE, 5_000)).isEqualTo(100);
            assertThat(limits()).containsExactly(GuessLimit.SOURCE);
        }

        @Test
        @DisplayName("counts accounts that are not there as well")
        void unknown() {
            FakeFlow flow = fresh(OFFICE);
            for (int i = 0; i < 100; i++) {
                guesses.failed(Optional.empty(), flow);
            }
            assertThat(guesses.mayTry("1001", flow)).isFalse();
        }

        @Test
        @DisplayName("is not held against those who are at home there, be it over UDP")
        void atHome() {
            guesses.proved("1001", fresh(OFFICE));
            guesses.proved("1002", udp(OFFICE, 5060));
            spray(OFFICE, 1_000);
            for (int i = 0; i < 500; i++) {
                guesses.failed(Optional.empty(), udp(OFFICE, 6000));
            }
            FakeFlow tab = fresh(OFFICE);
            guesses.failed(Optional.empty(), tab);
            assertThat(guesses.mayTry("1001", tab)).isTrue();
            assertThat(guesses.mayTry("1002", udp(OFFICE, 5062))).isTrue();
            assertThat(guesses.mayTry("1003", udp(OFFICE, 5062))).isFalse();
        }

        @Test
        @DisplayName("is held against those who were at home there more than a day ago")
        void longGone() {
            guesses.proved("1002", udp(OFFICE, 5060));
            clock.advance(Duration.ofDays(1));
            for (int i = 0; i < 100; i++) {
                guesses.failed(Optional.empty(), udp(OFFICE, 6000));
            }
            assertThat(guesses.mayTry("1002", udp(OFFICE, 5062))).isFalse();
        }

        @Test
        @DisplayName("lets first comers in over a connection that has guessed nothing")
        void firstComers() {
            spray(OFFICE, 1_000);
            assertThat(guesses.mayTry("1003", fresh(OFFICE))).isTrue();
        }
    }

    @Nested
    @DisplayName("for one account from everywhere")
    class Distributed {
        private int distributed(String account, int sources) {
            int looked = 0;
            for (int i = 0; i < sources; i++) {
                looked += guess(account, udp("198.51." + i / 200 + "." + i % 200, 5060), 10);
            }
            return looked;
        }

        @Test
        @DisplayName("is looked at a hundred times in ten minutes")
        void limited() {
            assertThat(distributed("1001", 500)).isEqualTo(100);
            assertThat(limits()).containsExactly(GuessLimit.ACCOUNT);
            assertThat(told.getFirst().account()).isEqualTo("1001");
        }

        @Test
        @DisplayName("leaves one chance in ten seconds to new connections from everywhere together")
        void newConnections() {
            distributed("1001", 500);
            int looked = 0;
            for (int i = 0; i < 100; i++) {
                looked += guess("1001", fresh("192.0.2." + i), 1);
            }
            assertThat(looked).isEqualTo(1);
        }

        @Test
        @DisplayName("is not held against the account where it is at home")
        void atHome() {
            guesses.proved("1001", udp(OFFICE, 5060));
            distributed("1001", 500);
            assertThat(guesses.mayTry("1001", udp(OFFICE, 5062))).isTrue();
        }
    }

    @Test
    @DisplayName("takes bounded memory, however many addresses, connections and accounts are used")
    void bounded() {
        for (int i = 0; i < 120_000; i++) {
            FakeFlow flow = fresh("10." + i / 60_000 + "." + i / 250 % 240 + "." + i % 250);
            guess("account-" + i, flow, 1);
            guesses.proved("account-" + i, flow);
        }
        assertThat(guesses.remembered())
                .isLessThanOrEqualTo(5 * Guesses.KEYS_MAX + Guesses.PROVED_MAX)
                .isGreaterThan(Guesses.PROVED_MAX);
    }
}
