package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Trunk;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.audio.Supervision;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whatever phones, carriers, the network and our own mistakes do")
class CallsStormTest {
    private static final int RUNS = 2000;
    private static final Trunk FIRST = CallBench.trunk("first", "192.0.2.0/24");
    private static final Trunk SECOND = CallBench.trunk("second", Transport.TCP, "192.0.2.0/24");
    private static final List<String> DIRECTIONS =
            List.of("sendrecv", "sendonly", "recvonly", "inactive");
    private static final List<Integer> REFUSALS = List.of(404, 480, 486, 500, 503, 603);

    /** It warns of each refused leg: here hundreds. */
    private static final Logger REFUSED = Logger.getLogger(EffectPerformer.class.getName());

    @BeforeAll
    static void hush() {
        REFUSED.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void speak() {
        REFUSED.setLevel(null);
    }

    @Test
    @DisplayName(
            "every call ends, once and with one record; no media, dialog or request is left, and"
                    + " nobody who has not noticed")
    void storm() {
        Seed seed = Seed.printed("CallsStormTest");
        long answered = 0;
        for (int i = 0; i < RUNS; i++) {
            try {
                answered += new Storm(seed.part(i)).rage();
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("run " + i + " of seed " + seed.value(), failed);
            }
        }
        assertThat(answered).as("calls that came to talking").isGreaterThan(RUNS / 2);
    }

    /** A node, six stations that call each other, and half a minute in which much happens. */
    private static final class Storm {
        private static final int EVENTS = 60;

        /** When nobody can say BYE any more, the session timer ends it (RFC 4028 §10). */
        private static final Duration SESSION_EXPIRES = Duration.ofMinutes(40);

        private final RandomGenerator random;
        private final CallsBench bench;
        private final List<Station> stations = new ArrayList<>();
        private int returned;
        private boolean stopped;

        Storm(Seed seed) {
            random = seed.random();
            bench = new CallsBench(weather(), seed);
            stations.add(bench.phone("anna", "anna"));
            stations.add(bench.phone("boris", "boris"));
            stations.add(bench.phone("boris", "desk"));
            stations.add(bench.phone("vera", "vera"));
            stations.add(bench.carrier(FIRST, "192.0.2.1"));
            stations.add(bench.carrier(SECOND, "192.0.2.2"));
            bench.number("5551234", CallBench.over(FIRST, SECOND));
            bench.number("600", new Destination.Echo());
            bench.number("700", new Destination.Waiting("700"));
        }

        private NetworkConditions weather() {
            NetworkConditions mild =
                    NetworkConditions.PERFECT
                            .withDelay(Duration.ofMillis(random.nextInt(100)))
                            .withJitter(Duration.ofMillis(random.nextInt(50)));
            return random.nextBoolean()
                    ? mild
                    : mild.withLoss(0.2)
                            .withDuplicate(0.1)
                            .withReorder(0.1, Duration.ofMillis(300));
        }

        /** How many calls were answered. */
        long rage() {
            for (int i = 0; i < EVENTS; i++) {
                happen(stations.get(random.nextInt(stations.size())));
                bench.pass(Duration.ofMillis(random.nextInt(1_000)));
            }
            end();
            bench.assertAllOver();
            assertThat(bench.remembered()).as("transactions of ours").isZero();
            for (Station station : stations) {
                assertThat(station.ends()).as(station.name()).hasSizeLessThan(station.calls() + 1);
                assertThat(isUnaware(station))
                        .as("%s is still in a call that is over", station.name())
                        .isFalse();
            }
            return bench.records().stream().map(Cdr::answeredBy).filter(a -> a.isPresent()).count();
        }

        /**
         * A server that stops says its last words for a second or two. Where the network loses each
         * of its answers in that time, a caller over UDP waits on; nobody is left to say more.
         */
        private boolean isUnaware(Station station) {
            boolean cutOff =
                    stopped && station.isUnanswered() && !station.wire().transport().reliable();
            return station.isBusy() && station.wire().isOpen() && !station.isUnheard() && !cutOff;
        }

        /** By all hanging up, or by the server's stop. */
        private void end() {
            bench.inRules().repair();
            if (random.nextBoolean()) {
                stopped = true;
                bench.drain();
                bench.calls().stopAll("the storm is over");
                bench.pass(Duration.ofMillis(2_500));
                bench.assertAllOver();
            } else {
                stations.forEach(Station::hangsUp);
            }
            bench.pass(SESSION_EXPIRES);
        }

        private void happen(Station station) {
            switch (random.nextInt(24)) {
                case 20, 21, 22, 23 -> command();
                case 0, 1, 2, 3 -> dials(station);
                case 4, 5 -> station.rings();
                case 6 -> station.playsEarlyMedia();
                case 7, 8, 9 -> station.answers();
                case 10 -> station.rejects(REFUSALS.get(random.nextInt(REFUSALS.size())));
                case 11, 12 -> station.offers(DIRECTIONS.get(random.nextInt(DIRECTIONS.size())));
                case 13 -> station.hangsUp();
                case 14 -> drops(station);
                case 15 -> media();
                case 16 -> bench.media().legsMax(2 + random.nextInt(20));
                case 17 -> bench.inRules().onceAfter(random.nextInt(200));
                case 18 -> bench.pass(Duration.ofSeconds(random.nextInt(20)));
                default -> bench.pass(Duration.ofMillis(random.nextInt(3_000)));
            }
        }

        /** What floors, supervisors and CRMs want, whether it fits the call or not. */
        private void command() {
            List<CallSnapshot> up = bench.calls().snapshots();
            if (!up.isEmpty()) {
                CallSnapshot call = up.get(random.nextInt(up.size()));
                bench.calls().tell(call.id(), anyCommand());
                bench.settle();
            }
        }

        private CallEvent.Command anyCommand() {
            long offer = random.nextInt(4);
            return switch (random.nextInt(12)) {
                case 0, 1 -> new CallEvent.Park(BenchContext.MUSIC);
                case 2 ->
                        random.nextInt(4) == 0
                                ? new CallEvent.LastWords(BenchContext.MUSIC, "over")
                                : new CallEvent.Announce(BenchContext.MUSIC);
                case 3, 4 -> new CallEvent.Offer(offer, CallBench.agent(anyAgent()));
                case 5 -> new CallEvent.CancelOffer(offer);
                case 6, 7 -> new CallEvent.Connect(offer);
                case 8 -> new CallEvent.RouteOn(anywhere());
                case 9 -> new CallEvent.Transfer(anybody(), anywhere());
                case 10 -> new CallEvent.Invite(anywhere());
                default ->
                        new CallEvent.Supervise(
                                "vera",
                                new Destination.Agents(List.of(CallBench.agent("vera"))),
                                anyAgent(),
                                Supervision.values()[random.nextInt(3)]);
            };
        }

        private String anyAgent() {
            return List.of("anna", "boris", "vera").get(random.nextInt(3));
        }

        private Optional<String> anybody() {
            return random.nextInt(3) == 0 ? Optional.of("first") : Optional.of(anyAgent());
        }

        private Destination anywhere() {
            return switch (random.nextInt(4)) {
                case 0 -> new Destination.Unknown();
                case 1 -> CallBench.over(FIRST, SECOND);
                default -> new Destination.Agents(List.of(CallBench.agent(anyAgent())));
            };
        }

        private void dials(Station station) {
            if (!station.isBusy() && station.wire().isOpen()) {
                List<String> numbers =
                        List.of("boris", "vera", "5551234", "600", "700", "700", "nobody");
                String number = numbers.get(random.nextInt(numbers.size()));
                if (random.nextInt(6) == 0) {
                    station.dials(number, Optional.empty());
                } else {
                    station.dials(number);
                }
            }
        }

        /** A connection drops; mostly it comes back. */
        private void drops(Station station) {
            if (!station.wire().transport().reliable() || !station.wire().isOpen()) {
                return;
            }
            bench.drops(station);
            bench.pass(Duration.ofSeconds(random.nextInt(40)));
            if (random.nextInt(4) == 0) {
                return;
            }
            returned++;
            if (station.wire().transport().webSocket()) {
                bench.returns(station, station.name() + returned);
            } else {
                Wire again =
                        bench.anotherWire(
                                station, "again" + returned, Transport.TCP, "192.0.2.2", 5060);
                bench.context().leadsTo(SECOND, again);
                station.speaksOver(again);
            }
        }

        private void media() {
            List<String> open = bench.media().open();
            if (open.isEmpty()) {
                return;
            }
            String legId = open.get(random.nextInt(open.size()));
            bench.media()
                    .happens(
                            switch (random.nextInt(4)) {
                                case 0 ->
                                        new MediaEvent.DtlsFailed(legId, "timeout", Duration.ZERO);
                                case 1 -> new MediaEvent.ConsentLost(legId);
                                case 2 -> new MediaEvent.Resumed(legId);
                                default ->
                                        new MediaEvent.Silent(
                                                legId, Duration.ofSeconds(5), Direction.SENDRECV);
                            });
            bench.settle();
        }
    }
}
