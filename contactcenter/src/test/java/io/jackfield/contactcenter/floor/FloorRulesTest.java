package io.jackfield.contactcenter.floor;

import static io.jackfield.contactcenter.floor.Queues.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.contactcenter.site.WaitSettings;
import io.jackfield.media.prompt.Language;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The floor")
class FloorRulesTest {
    private static final List<String> TWO = List.of("1001", "1002");
    private static final WaitSettings SHORT =
            new WaitSettings(
                    2,
                    Duration.ofSeconds(60),
                    "jazz",
                    Language.ENGLISH,
                    Optional.empty(),
                    Optional.empty());

    private static FloorEffect.Overflow overflow(
            String call, OverflowCause cause, OverflowTarget target) {
        return new FloorEffect.Overflow(new CallId(call), new QueueId("700"), cause, target);
    }

    private static Need priority(int priority) {
        return new Need(priority, 0, Map.of());
    }

    @Nested
    @DisplayName("with somebody free")
    class Free {
        private final FloorBench bench = FloorBench.of(TWO, queue("700", "1001", "1002").build());

        @Test
        @DisplayName("parks the caller, rings an agent, connects them, and counts it")
        void answered() {
            bench.ready("1001");
            bench.forget();
            bench.enters("a", "700");
            bench.seconds(7);
            bench.answers("1001");

            assertThat(bench.effects())
                    .filteredOn(e -> e instanceof FloorEffect.ForCalls)
                    .extracting(e -> e.getClass().getSimpleName())
                    .containsExactly("Park", "Offer", "Connect");
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.TALKING);
            assertThat(bench.count("700", Count.ANSWERED_IN_TIME)).isEqualTo(1);
            assertThat(bench.count("700", Count.WAITED_MILLIS)).isEqualTo(7_000);
            FloorFigures figures = FloorFigures.of(bench.floor(), bench.now());
            assertThat(figures.queues().getFirst().serviceLevel()).isEqualTo(OptionalInt.of(100));
        }

        @Test
        @DisplayName("who hangs up while it rings is abandoned, and the agent as ready as before")
        void abandoned() {
            bench.ready("1001");
            bench.enters("a", "700");
            bench.seconds(9);
            bench.leaves("a");
            bench.leaves("a");

            assertThat(bench.all(FloorEffect.CancelOffer.class)).hasSize(1);
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.READY);
            assertThat(bench.count("700", Count.ABANDONED)).isEqualTo(1);
            assertThat(bench.count("700", Count.ABANDONED_SHORT)).isZero();
            assertThat(bench.floor().queue(new QueueId("700")).orElseThrow().lost())
                    .extracting(l -> l.waited().toSeconds())
                    .containsExactly(9L);
        }

        @Test
        @DisplayName("who hangs up at once does not count against the service level")
        void shortAbandon() {
            bench.enters("a", "700");
            bench.seconds(4);
            bench.leaves("a");
            assertThat(bench.count("700", Count.ABANDONED_SHORT)).isEqualTo(1);
            assertThat(
                            FloorFigures.of(bench.floor(), bench.now())
                                    .queues()
                                    .getFirst()
                                    .serviceLevel())
                    .isEmpty();
        }

        @Test
        @DisplayName(
                "rings the next agent when one does not answer, and keeps the missed call for them")
        void nextAgent() {
            bench.ready("1001", "1002");
            bench.enters("a", "700");
            bench.seconds(20);

            assertThat(bench.rung()).containsExactly("a-1001", "a-1002");
            assertThat(bench.agent("1001").missed())
                    .extracting(m -> m.why())
                    .containsExactly(Miss.NO_ANSWER);
            assertThat(bench.count("700", Count.OFFERS_MISSED)).isEqualTo(1);
        }

        @Test
        @DisplayName("a refused offer goes on at once")
        void refused() {
            bench.ready("1001", "1002");
            bench.enters("a", "700");
            bench.on(new FloorEvent.AgentMissed(1, Miss.REFUSED));
            assertThat(bench.rung()).containsExactly("a-1001", "a-1002");
        }

        @Test
        @DisplayName(
                "an agent whose phone is lost is offered no more, and the caller goes to another")
        void phoneLost() {
            bench.ready("1001", "1002");
            bench.enters("a", "700");
            bench.on(new FloorEvent.PhoneGone(new AgentId("1001")));
            assertThat(bench.rung()).containsExactly("a-1001", "a-1002");
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.NETWORK_LOST);
        }

        @Test
        @DisplayName("an answer that comes too late is hung up on")
        void lateAnswer() {
            bench.ready("1001");
            bench.enters("a", "700");
            bench.leaves("a");
            bench.forget();
            bench.on(new FloorEvent.AgentAnswered(1));
            assertThat(bench.all(FloorEffect.ForCalls.class))
                    .containsExactly(new FloorEffect.CancelOffer(1));
        }

        @Test
        @DisplayName(
                "a call for a queue that nobody knows is hung up, one that waits already is not taken twice")
        void nonsense() {
            bench.enters("a", "999");
            assertThat(bench.all(FloorEffect.HangUp.class)).hasSize(1);
            bench.enters("b", "700");
            bench.enters("b", "700");
            assertThat(bench.waiting("700")).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("with a line")
    class Line {
        @Test
        @DisplayName("serves by priority, then by age")
        void order() {
            FloorBench bench = FloorBench.of(TWO, queue("700", "1001").build());
            bench.enters("old", "700");
            bench.enters("young", "700");
            bench.enters("vip", "700", priority(5));
            bench.ready("1001");
            for (String call : List.of("vip", "old", "young")) {
                bench.answers("1001");
                bench.hangsUp("1001", call);
            }
            assertThat(bench.rung()).containsExactly("vip-1001", "old-1001", "young-1001");
        }

        @Test
        @DisplayName("passes over who needs a skill that nobody free has")
        void skills() {
            AgentSettings anna = AgentSettings.of("1001");
            AgentSettings boris =
                    new AgentSettings(
                            new AgentId("1002"),
                            Map.of("english", 5),
                            false,
                            2,
                            Duration.ZERO,
                            Duration.ZERO);
            FloorBench bench =
                    new FloorBench(
                            new FloorSettings(
                                    ZoneId.of("UTC"),
                                    List.of(anna, boris),
                                    List.of(queue("700", "1001", "1002").build()),
                                    Set.of()));
            bench.enters("fluent", "700", new Need(0, 0, Map.of("english", 6)));
            bench.enters("english", "700", new Need(0, 0, Map.of("english", 5)));
            bench.enters("any", "700");
            bench.ready("1001", "1002");
            assertThat(bench.rung()).containsExactly("any-1001", "english-1002");
        }

        @Test
        @DisplayName("an agent of several queues serves the one of more weight first")
        void weights() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700")
                                    .member(new MemberSettings(new AgentId("1001"), 1, 1))
                                    .build(),
                            queue("701")
                                    .member(new MemberSettings(new AgentId("1001"), 9, 1))
                                    .build());
            bench.enters("light", "700", priority(9));
            bench.enters("heavy", "701");
            bench.ready("1001");
            assertThat(bench.rung()).containsExactly("heavy-1001");
        }

        @Test
        @DisplayName("serves by the queue's need whoever brings none")
        void needOfTheQueue() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700", "1001").need(priority(0)).build(),
                            queue("701", "1001").need(priority(9)).build());
            bench.enters("plain", "700");
            bench.enters("important", "701");
            bench.ready("1001");
            assertThat(bench.rung()).containsExactly("important-1001");
        }

        @Test
        @DisplayName("tells the position, the estimate once it has one, and comforts in turn")
        void announcements() {
            WaitSettings talkative =
                    new WaitSettings(
                            10,
                            Duration.ofHours(1),
                            "jazz",
                            Language.ENGLISH,
                            Optional.of(
                                    new WaitSettings.Announcements(
                                            Duration.ofSeconds(10),
                                            Duration.ofSeconds(30),
                                            true,
                                            true)),
                            Optional.of(
                                    new WaitSettings.Comfort(
                                            Duration.ofSeconds(15),
                                            List.of("patience", "website"))));
            FloorBench bench = FloorBench.of(TWO, queue("700", "1001").waiting(talkative).build());
            bench.ready("1001");
            bench.enters("first", "700");
            bench.answers("1001");
            bench.seconds(60);
            bench.hangsUp("1001", "first");
            bench.enters("second", "700");
            bench.answers("1001");
            bench.enters("third", "700");
            bench.forget();
            bench.seconds(45);

            assertThat(bench.all(FloorEffect.Announce.class))
                    .containsExactly(
                            new FloorEffect.Announce(
                                    new CallId("third"),
                                    new QueueId("700"),
                                    OptionalInt.of(1),
                                    Optional.of(Duration.ofSeconds(60))),
                            new FloorEffect.Announce(
                                    new CallId("third"),
                                    new QueueId("700"),
                                    OptionalInt.of(1),
                                    Optional.of(Duration.ofSeconds(60))));
            assertThat(bench.all(FloorEffect.Play.class))
                    .extracting(FloorEffect.Play::prompt)
                    .containsExactly("patience", "website", "patience");
        }
    }

    @Nested
    @DisplayName("by strategy")
    class ByStrategy {
        @Test
        @DisplayName(
                "ring-all rings all who are free and who become free; the others stop when one answers")
        void ringAll() {
            FloorBench bench =
                    FloorBench.of(
                            List.of("1001", "1002", "1003"),
                            queue("700", "1001", "1002", "1003")
                                    .strategy(Strategy.RING_ALL)
                                    .build());
            bench.ready("1001", "1002");
            bench.enters("a", "700");
            bench.ready("1003");
            assertThat(bench.rung()).containsExactly("a-1001", "a-1002", "a-1003");
            bench.answers("1002");
            assertThat(bench.all(FloorEffect.CancelOffer.class)).hasSize(2);
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.READY);
            assertThat(bench.all(FloorEffect.Connect.class)).hasSize(1);
        }

        @Test
        @DisplayName("round-robin remembers whom it rang last, over calls")
        void roundRobin() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700", "1001", "1002").strategy(Strategy.ROUND_ROBIN).build());
            bench.ready("1002", "1001");
            for (String call : List.of("a", "b", "c")) {
                bench.enters(call, "700");
                bench.leaves(call);
            }
            assertThat(bench.rung()).containsExactly("a-1001", "b-1002", "c-1001");
        }

        @Test
        @DisplayName("fewest-calls counts the calls of all queues, and begins anew at midnight")
        void fewestCalls() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700", "1001", "1002").strategy(Strategy.FEWEST_CALLS).build(),
                            queue("701", "1001").build());
            bench.ready("1001", "1002");
            bench.enters("a", "701");
            bench.answers("1001");
            bench.hangsUp("1001", "a");
            bench.enters("b", "700");
            assertThat(bench.rung()).containsExactly("a-1001", "b-1002");
            bench.leaves("b");
            bench.advance(Duration.ofHours(15));
            assertThat(bench.agent("1001").answeredToday()).isZero();
            assertThat(bench.count("701", Count.ANSWERED)).isZero();
        }

        @Test
        @DisplayName("an important call goes to a good network first")
        void important() {
            FloorBench bench = FloorBench.of(TWO, queue("700", "1001", "1002").build());
            bench.ready("1001", "1002");
            bench.on(new FloorEvent.AgentGraded(new AgentId("1001"), Grade.POOR));
            bench.enters("important", "700", new Need(0, 5, Map.of()));
            bench.enters("ordinary", "700", new Need(0, 4, Map.of()));
            assertThat(bench.rung()).containsExactly("important-1002", "ordinary-1001");
        }
    }

    @Nested
    @DisplayName("that does not keep a caller")
    class Overflows {
        private final OverflowTarget message = new OverflowTarget.ToMessage("closed");

        @Test
        @DisplayName("sends on who has waited long enough, and rings nobody for them any more")
        void timeout() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700", "1001")
                                    .waiting(SHORT)
                                    .overflow(
                                            OverflowCause.TIMEOUT,
                                            new OverflowTarget.ToNumber("9500"))
                                    .build());
            bench.enters("a", "700");
            bench.seconds(50);
            bench.ready("1001");
            bench.seconds(9);
            assertThat(bench.all(FloorEffect.Overflow.class))
                    .containsExactly(
                            overflow(
                                    "a",
                                    OverflowCause.TIMEOUT,
                                    new OverflowTarget.ToNumber("9500")));
            assertThat(bench.all(FloorEffect.CancelOffer.class)).hasSize(1);
            assertThat(bench.count("700", Count.OVERFLOWED)).isEqualTo(1);
        }

        @Test
        @DisplayName("takes nobody in who finds it full")
        void full() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700")
                                    .waiting(SHORT)
                                    .overflow(OverflowCause.FULL, message)
                                    .build());
            bench.enters("a", "700");
            bench.enters("b", "700");
            bench.enters("c", "700");
            assertThat(bench.all(FloorEffect.Overflow.class))
                    .containsExactly(overflow("c", OverflowCause.FULL, message));
        }

        @Test
        @DisplayName("takes nobody in out of hours; who waits at closing time may stay")
        void closed() {
            OpeningHours office =
                    new OpeningHours(
                            ZoneId.of("Europe/Moscow"),
                            Map.of(DayOfWeek.MONDAY, List.of(OpeningHours.Range.ofHours(9, 18))),
                            Map.of());
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700")
                                    .hours(office)
                                    .overflow(OverflowCause.CLOSED, message)
                                    .build());
            bench.advance(Duration.ofHours(8).minusSeconds(1));
            bench.enters("a", "700");
            bench.seconds(1);
            bench.enters("b", "700");
            assertThat(bench.all(FloorEffect.Overflow.class))
                    .containsExactly(overflow("b", OverflowCause.CLOSED, message));
            assertThat(bench.waiting("700")).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource(Staffing.class)
        @DisplayName("takes in, and keeps, callers only with people enough")
        void staffing(Staffing rule) {
            FloorBench bench =
                    FloorBench.of(TWO, queue("700", "1001").join(rule).leave(rule).build());
            bench.enters("nobody", "700");
            bench.on(new FloorEvent.PhoneRegistered(new AgentId("1001")));
            bench.enters("break", "700");
            bench.asks("1001", new AgentRequest.Ready());
            bench.on(
                    new FloorEvent.AgentCallBegan(
                            new AgentId("1001"), new CallId("own"), Optional.empty()));
            bench.enters("busy", "700");
            int taken = bench.waiting("700");
            bench.asks("1001", new AgentRequest.Break("lunch"));
            bench.hangsUp("1001", "own");
            int left = bench.waiting("700");
            bench.asks("1001", new AgentRequest.Offline());
            switch (rule) {
                case ANY ->
                        assertThat(List.of(taken, left, bench.waiting("700")))
                                .containsExactly(3, 3, 3);
                case STAFFED ->
                        assertThat(List.of(taken, left, bench.waiting("700")))
                                .containsExactly(2, 2, 0);
                case WORKING ->
                        assertThat(List.of(taken, left, bench.waiting("700")))
                                .containsExactly(1, 0, 0);
            }
        }

        @Test
        @DisplayName("keeps the age of who goes to another queue, and ends a ring of queues")
        void toQueue() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700")
                                    .waiting(SHORT)
                                    .overflow(
                                            OverflowCause.TIMEOUT,
                                            new OverflowTarget.ToQueue(new QueueId("701")))
                                    .build(),
                            queue("701", "1001")
                                    .waiting(SHORT)
                                    .overflow(
                                            OverflowCause.TIMEOUT,
                                            new OverflowTarget.ToQueue(new QueueId("700")))
                                    .build());
            bench.enters("old", "700");
            bench.seconds(30);
            bench.enters("young", "701");
            bench.seconds(30);
            assertThat(bench.floor().queue(new QueueId("701")).orElseThrow().callers())
                    .extracting(c -> c.call().value())
                    .containsExactly("old", "young");
            bench.seconds(6 * 60);
            assertThat(bench.all(FloorEffect.Overflow.class))
                    .extracting(o -> o.target().getClass().getSimpleName())
                    .containsExactly("HangUp", "HangUp");
            assertThat(bench.waiting("700") + bench.waiting("701")).isZero();
        }
    }

    @Nested
    @DisplayName("whose agents are busy")
    class Busy {
        @Test
        @DisplayName("lets nobody into their wrap-up, whatever other queue they are in")
        void wrapUp() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700", "1001").wrapUp(30).build(),
                            queue("701", "1001").build());
            bench.ready("1001");
            bench.enters("a", "700");
            bench.answers("1001");
            bench.enters("b", "701");
            bench.hangsUp("1001", "a");
            bench.seconds(29);
            assertThat(bench.rung()).containsExactly("a-1001");
            bench.seconds(1);
            assertThat(bench.rung()).containsExactly("a-1001", "b-1001");
        }

        @Test
        @DisplayName(
                "gives who takes over a caller by transfer the wrap-up, and who passed it on too")
        void transfer() {
            FloorBench bench = FloorBench.of(TWO, queue("700", "1001", "1002").wrapUp(30).build());
            bench.ready("1001", "1002");
            bench.enters("a", "700");
            bench.answers("1001");
            bench.on(
                    new FloorEvent.AgentCallBegan(
                            new AgentId("1002"), new CallId("a"), Optional.of(new QueueId("700"))));
            bench.hangsUp("1001", "a");
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.WRAP_UP);
            bench.seconds(100);
            bench.hangsUp("1002", "a");
            assertThat(bench.status("1002")).isEqualTo(AgentStatus.WRAP_UP);
        }
    }

    @Nested
    @DisplayName("with new settings")
    class NewSettings {
        @Test
        @DisplayName("touches nobody who waits or talks; what is gone goes when it is empty")
        void replaced() {
            FloorBench bench =
                    FloorBench.of(
                            TWO,
                            queue("700", "1001").build(),
                            queue("701", "1002").wrapUp(30).build());
            bench.ready("1001", "1002");
            bench.enters("a", "701");
            bench.answers("1002");
            bench.enters("b", "701");
            bench.forget();

            bench.on(
                    new FloorEvent.SettingsReplaced(
                            FloorBench.settings(
                                    List.of("1001", "1003"),
                                    queue("700", "1001", "1003").build())));

            assertThat(bench.all(FloorEffect.ForCalls.class)).isEmpty();
            assertThat(bench.status("1002")).isEqualTo(AgentStatus.TALKING);
            assertThat(bench.waiting("701")).isEqualTo(1);
            assertThat(bench.status("1003")).isEqualTo(AgentStatus.OFFLINE);
            bench.enters("c", "701");
            assertThat(bench.all(FloorEffect.Overflow.class))
                    .extracting(FloorEffect.Overflow::cause)
                    .containsExactly(OverflowCause.CLOSED);

            bench.hangsUp("1002", "a");
            assertThat(bench.floor().agent(new AgentId("1002"))).isEmpty();
            bench.leaves("b");
            bench.seconds(2);
            assertThat(bench.floor().queue(new QueueId("701"))).isEmpty();
        }
    }

    @Nested
    @DisplayName("for those who watch")
    class Watched {
        @Test
        @DisplayName("gives figures at most once a second, and none while nothing happens")
        void figures() {
            FloorBench bench = FloorBench.of(TWO, queue("700", "1001").build());
            for (int i = 0; i < 10; i++) {
                bench.enters("call-" + i, "700");
                bench.advance(Duration.ofMillis(200));
            }
            assertThat(bench.all(FloorEffect.Figures.class)).hasSizeBetween(1, 2);
            bench.seconds(2);
            bench.forget();
            bench.seconds(600);
            assertThat(bench.all(FloorEffect.Figures.class)).isEmpty();
            FloorFigures.OfQueue sales =
                    FloorFigures.of(bench.floor(), bench.now()).queues().getFirst();
            assertThat(sales.waiting()).isEqualTo(10);
            assertThat(sales.waitingSince()).contains(FloorBench.START);
            assertThat(sales.agents()).containsExactly(Map.entry(AgentStatus.OFFLINE, 1));
        }
    }
}
