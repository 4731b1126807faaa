package io.jackfield.protocol.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random calls between two usages, over their transactions and a network. */
@DisplayName("A usage that calls and one that is called")
class TwoUsagesTest {
    private static final int CALLS = Integer.getInteger("jackfield.calls", 3_000);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** Long after the last offer, before the last hangup. */
    private static final Duration QUIET_AT = Duration.ofSeconds(60);

    private static final NetworkConditions BAD =
            NetworkConditions.PERFECT
                    .withDelay(Duration.ofMillis(10))
                    .withJitter(Duration.ofMillis(80))
                    .withLoss(0.1)
                    .withDuplicate(0.05)
                    .withReorder(0.05, Duration.ofMillis(700));

    /** What people do with two phones, by chance. */
    private static final class Script implements TwoPhones.Owner {
        private final RandomGenerator random;
        private final TwoPhones phones;
        private int sdp;
        private int agreed;

        Script(Seed seed, NetworkConditions conditions, boolean reliable) {
            this.random = seed.part(3).random();
            this.phones =
                    new TwoPhones(
                            conditions,
                            reliable,
                            seed,
                            rules("192.0.2.1"),
                            rules("192.0.2.2"),
                            this);
        }

        private LegSettings rules(String host) {
            SessionTimerSettings timer =
                    switch (random.nextInt(3)) {
                        case 0 -> SessionTimerSettings.OFF;
                        case 1 -> SessionTimerSettings.DEFAULT;
                        default ->
                                new SessionTimerSettings(
                                        true,
                                        Duration.ofSeconds(90 + random.nextInt(60)),
                                        SessionTimerSettings.MIN,
                                        random.nextBoolean());
                    };
            int reliability = random.nextInt(5);
            return TwoPhones.rules(host)
                    .withPreferUpdate(random.nextBoolean())
                    .withSessionTimer(timer)
                    .withReliable100(
                            reliability == 0
                                    ? LegSettings.Reliable100.OFF
                                    : reliability == 1
                                            ? LegSettings.Reliable100.REQUIRED
                                            : LegSettings.Reliable100.SUPPORTED);
        }

        private String sdp() {
            return "v=0 " + ++sdp;
        }

        private Duration soon() {
            return Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(2_000));
        }

        private Duration some() {
            return Duration.ofMillis(random.nextLong(LONGEST.toMillis()));
        }

        void play() {
            phones.call(random.nextInt(4) == 0 ? Optional.empty() : Optional.of(sdp()));
            for (TwoPhones.Phone phone : List.of(phones.caller, phones.called)) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    phones.later(some(), () -> phone.on(new UsageEvent.Offer(sdp())));
                }
                for (int i = random.nextInt(3); i > 0; i--) {
                    phones.later(
                            some(),
                            () -> phone.on(new UsageEvent.SendInfo(Content.of("a/b", "5"))));
                }
                if (random.nextInt(6) == 0) {
                    phones.later(soon(), () -> phone.on(hangup()));
                }
                Duration last = QUIET_AT.plus(Duration.ofSeconds(1 + random.nextInt(300)));
                phones.later(last, () -> phone.on(hangup()));
            }
            phones.run(QUIET_AT);
            compare();
            phones.run();
        }

        /** Between two who have nothing left to say, what one said last is what the other heard. */
        private void compare() {
            if (isQuiet(phones.caller) && isQuiet(phones.called)) {
                OfferAnswerState one = said(phones.caller);
                OfferAnswerState other = said(phones.called);
                assertThat(one.local()).isEqualTo(other.remote());
                assertThat(one.remote()).isEqualTo(other.local());
                agreed++;
            }
        }

        private static boolean isQuiet(TwoPhones.Phone phone) {
            return phone.usage.filter(u -> u.phase() == Phase.CONFIRMED).isPresent()
                    && phone.usage.get().state().change().isEmpty()
                    && phone.usage.get().state().peerOffer().isEmpty()
                    && phone.usage.get().state().accepted().isEmpty();
        }

        private static OfferAnswerState said(TwoPhones.Phone phone) {
            return phone.usage.orElseThrow().state().forks().getFirst().sdp();
        }

        private static UsageEvent hangup() {
            return new UsageEvent.Hangup(Optional.of("SIP;cause=200;text=\"enough\""));
        }

        @Override
        public void told(TwoPhones.Phone phone, UsageNotice notice) {
            boolean first =
                    phone.count(UsageNotice.OfferReceived.class)
                                    + phone.count(UsageNotice.OfferWanted.class)
                            == 1;
            boolean rings = first && phone == phones.called;
            switch (notice) {
                case UsageNotice.OfferReceived _, UsageNotice.OfferWanted _ -> {
                    if (rings) {
                        ring(phone);
                    } else if (random.nextInt(20) > 0) {
                        phones.later(soon(), () -> answer(phone));
                    }
                }
                default -> {}
            }
        }

        private void ring(TwoPhones.Phone phone) {
            for (int i = random.nextInt(4); i > 0; i--) {
                Optional<String> media =
                        random.nextBoolean() ? Optional.of(sdp()) : Optional.empty();
                phones.later(
                        soon(),
                        () -> phone.on(new UsageEvent.Ring(180 + random.nextInt(4), media)));
            }
            if (random.nextInt(8) == 0) {
                phones.later(soon(), () -> phone.on(new UsageEvent.Reject(486, "", List.of())));
            } else if (random.nextInt(10) > 0) {
                phones.later(soon(), () -> phone.on(new UsageEvent.Accept(sdp())));
            }
        }

        private void answer(TwoPhones.Phone phone) {
            phone.on(
                    random.nextInt(6) == 0
                            ? new UsageEvent.RefuseOffer(488)
                            : new UsageEvent.AnswerOffer(sdp()));
        }

        void check() {
            for (TwoPhones.Phone phone : List.of(phones.caller, phones.called)) {
                if (phone.usage.isEmpty()) {
                    continue;
                }
                assertThat(phone.count(UsageNotice.Ended.class)).as(phone.name).isEqualTo(1);
                assertThat(phone.notices.getLast()).isInstanceOf(UsageNotice.Ended.class);
                assertThat(phone.usage.get().phase()).isEqualTo(Phase.ENDED);
                assertThat(phone.usage.get().deadlineNanos()).isEmpty();
                assertThat(phone.count(UsageNotice.Answered.class)).isLessThanOrEqualTo(1);
                assertThat(phone.count(UsageNotice.Confirmed.class)).isLessThanOrEqualTo(1);
            }
        }
    }

    private static void play(String name, NetworkConditions conditions, boolean reliable) {
        Seed seed = Seed.printed(name);
        int confirmed = 0;
        int agreed = 0;
        java.util.Map<String, Integer> stats = new java.util.TreeMap<>();
        for (int i = 0; i < CALLS; i++) {
            Script script = new Script(seed.part(i), conditions, reliable);
            try {
                script.play();
                script.check();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(
                        "call " + i + "\n" + String.join("\n", script.phones.log), failed);
            }
            agreed += script.agreed;
            confirmed += (int) script.phones.called.count(UsageNotice.Confirmed.class);
        }
        assertThat(confirmed).isGreaterThan(CALLS / 3);
        assertThat(agreed).isGreaterThan(CALLS / 3);
    }

    @Test
    @DisplayName("end each exactly once over a network that loses, repeats and reorders")
    void overABadNetwork() {
        play("TwoUsagesTest bad", BAD, false);
    }

    @Test
    @DisplayName("end each exactly once over a WebSocket")
    void overAReliableTransport() {
        play(
                "TwoUsagesTest reliable",
                NetworkConditions.PERFECT.withDelay(Duration.ofMillis(30)),
                true);
    }
}
