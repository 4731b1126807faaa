package io.jackfield.contactcenter.floor;

import static io.jackfield.contactcenter.floor.Queues.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.queue.CallbackOutcome;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.site.CallbackSettings.Order;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Who does not want to wait")
class CallbackTest {
    private static final List<String> TWO = List.of("1001", "1002");

    private static void asks(FloorBench bench, String call) {
        bench.on(new FloorEvent.CallbackAsked(new CallId(call), Optional.empty()));
    }

    private static CallId dialled(FloorBench bench) {
        return bench.all(FloorEffect.StartCallback.class).getLast().call();
    }

    private static List<CallbackOutcome> ended(FloorBench bench) {
        return bench.all(FloorEffect.CallbackEnded.class).stream()
                .map(FloorEffect.CallbackEnded::outcome)
                .toList();
    }

    @Nested
    @DisplayName("where the agent is called first")
    class AgentFirst {
        private final FloorBench bench =
                FloorBench.of(
                        TWO, queue("700", "1001").wrapUp(30).callback(Order.AGENT_FIRST).build());

        @Test
        @DisplayName("keeps the place: is called before those who came later")
        void keepsPlace() {
            bench.enters("early", "700");
            bench.enters("late", "700");
            asks(bench, "early");
            bench.leaves("early");
            assertThat(bench.count("700", Count.ABANDONED)).isZero();
            assertThat(bench.all(FloorEffect.PromiseCallback.class)).hasSize(1);

            bench.ready("1001");
            assertThat(bench.all(FloorEffect.Offer.class))
                    .singleElement()
                    .matches(FloorEffect.Offer::isCallback);
            bench.answers("1001");
            assertThat(bench.all(FloorEffect.StartCallback.class))
                    .singleElement()
                    .matches(s -> s.agent().equals(Optional.of(new AgentId("1001"))));
            bench.on(new FloorEvent.CustomerAnswered(dialled(bench)));
            assertThat(bench.all(FloorEffect.Connect.class)).hasSize(1);
            assertThat(ended(bench)).containsExactly(CallbackOutcome.REACHED);

            bench.hangsUp("1001", dialled(bench).value());
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.WRAP_UP);
        }

        @Test
        @DisplayName(
                "is tried again after a while, and given up after so many tries; the agent wraps nothing up")
        void retries() {
            bench.enters("a", "700");
            asks(bench, "a");
            bench.ready("1001");
            bench.answers("1001");
            bench.on(new FloorEvent.CustomerNotReached(dialled(bench)));
            assertThat(bench.all(FloorEffect.ReleaseAgent.class)).hasSize(1);
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.READY);
            bench.seconds(59);
            assertThat(bench.all(FloorEffect.Offer.class)).hasSize(1);
            bench.seconds(1);
            bench.answers("1001");
            bench.seconds(30);
            assertThat(bench.all(FloorEffect.CancelCallback.class)).hasSize(1);
            assertThat(ended(bench)).containsExactly(CallbackOutcome.NOT_REACHED);
            assertThat(bench.count("700", Count.CALLBACKS_FAILED)).isEqualTo(1);
        }

        @Test
        @DisplayName("is not called any more when the agent hangs up meanwhile")
        void agentGivesUp() {
            bench.enters("a", "700");
            asks(bench, "a");
            bench.ready("1001");
            bench.answers("1001");
            CallId call = dialled(bench);
            bench.hangsUp("1001", call.value());
            assertThat(bench.all(FloorEffect.CancelCallback.class)).hasSize(1);
            bench.forget();
            bench.on(new FloorEvent.CustomerAnswered(call));
            assertThat(bench.all(FloorEffect.ForCalls.class))
                    .containsExactly(new FloorEffect.HangUp(call));
        }

        @Test
        @DisplayName("is asked for with the queue's key, and with no other")
        void key() {
            bench.enters("a", "700");
            bench.on(new FloorEvent.CallerPressed(new CallId("a"), '2'));
            assertThat(bench.all(FloorEffect.PromiseCallback.class)).isEmpty();
            bench.on(new FloorEvent.CallerPressed(new CallId("nobody"), '1'));
            assertThat(bench.all(FloorEffect.PromiseCallback.class)).isEmpty();
            bench.on(new FloorEvent.CallerPressed(new CallId("a"), '1'));
            assertThat(bench.all(FloorEffect.PromiseCallback.class)).hasSize(1);
        }

        @Test
        @DisplayName("is forgotten after as long as the queue keeps it")
        void expires() {
            bench.enters("a", "700");
            asks(bench, "a");
            bench.advance(Duration.ofHours(20));
            assertThat(ended(bench)).containsExactly(CallbackOutcome.EXPIRED);
        }
    }

    @Nested
    @DisplayName("where the customer is called first")
    class CustomerFirst {
        private final FloorBench bench =
                FloorBench.of(
                        TWO, queue("700", "1001", "1002").callback(Order.CUSTOMER_FIRST).build());

        @Test
        @DisplayName("finds an agent reserved, who is rung once the customer is there")
        void reserved() {
            bench.enters("a", "700");
            asks(bench, "a");
            bench.ready("1001");
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.RESERVED);
            assertThat(bench.rung()).isEmpty();
            bench.enters("other", "700");
            assertThat(bench.rung()).isEmpty();

            bench.on(new FloorEvent.CustomerAnswered(dialled(bench)));
            assertThat(bench.rung()).containsExactly(dialled(bench) + "-1001");
            bench.answers("1001");
            assertThat(bench.all(FloorEffect.Connect.class)).hasSize(1);
            assertThat(bench.count("700", Count.ANSWERED_CALLBACKS)).isEqualTo(1);
            assertThat(bench.count("700", Count.ANSWERED_IN_TIME)).isZero();
        }

        @Test
        @DisplayName("frees the agent when the customer does not answer")
        void notReached() {
            bench.enters("a", "700");
            asks(bench, "a");
            bench.ready("1001");
            bench.seconds(30);
            assertThat(bench.status("1001")).isEqualTo(AgentStatus.READY);
            assertThat(bench.agent("1001").missedInRow()).isZero();
        }

        @Test
        @DisplayName("is dropped when the reserved agent is gone, and tried again")
        void agentGone() {
            bench.enters("a", "700");
            asks(bench, "a");
            bench.ready("1001");
            bench.on(new FloorEvent.PhoneGone(new AgentId("1001")));
            assertThat(bench.all(FloorEffect.CancelCallback.class)).hasSize(1);
            bench.ready("1002");
            bench.seconds(60);
            assertThat(bench.all(FloorEffect.StartCallback.class)).hasSize(2);
        }
    }

    @Test
    @DisplayName("is called back in opening hours only")
    void hours() {
        OpeningHours morning =
                new OpeningHours(
                        ZoneId.of("Europe/Moscow"),
                        Map.of(
                                DayOfWeek.MONDAY,
                                List.of(OpeningHours.Range.ofHours(9, 11)),
                                DayOfWeek.TUESDAY,
                                List.of(OpeningHours.Range.ofHours(1, 2))),
                        Map.of());
        FloorBench bench =
                FloorBench.of(
                        TWO,
                        queue("700", "1001").hours(morning).callback(Order.AGENT_FIRST).build());
        bench.enters("a", "700");
        asks(bench, "a");
        bench.advance(Duration.ofHours(2));
        bench.ready("1001");
        assertThat(bench.rung()).isEmpty();
        bench.advance(Duration.ofHours(13).minusSeconds(2));
        assertThat(bench.rung()).isEmpty();
        bench.seconds(2);
        assertThat(bench.rung()).hasSize(1);
    }

    @Test
    @DisplayName("is promised a call by an overflow; with a hidden number the call ends")
    void byOverflow() {
        FloorBench bench =
                FloorBench.of(
                        TWO,
                        queue("700", "1001")
                                .callback(Order.AGENT_FIRST)
                                .overflow(OverflowCause.TIMEOUT, new OverflowTarget.ToCallback())
                                .build());
        bench.enters("known", "700");
        bench.on(
                new FloorEvent.CallerEntered(
                        new CallId("hidden"), new QueueId("700"), "", Need.ORDINARY));
        bench.advance(Duration.ofMinutes(30));
        assertThat(bench.count("700", Count.CALLED_BACK)).isEqualTo(1);
        assertThat(bench.all(FloorEffect.Overflow.class)).hasSize(1);
        assertThat(bench.count("700", Count.OVERFLOWED)).isEqualTo(1);
    }

    @Test
    @DisplayName("keeps the place over a restart of the process, whoever outlives it")
    void restart() {
        FloorBench bench =
                FloorBench.of(TWO, queue("700", "1001").callback(Order.AGENT_FIRST).build());
        bench.enters("promised", "700");
        asks(bench, "promised");
        bench.enters("dead", "700");
        bench.enters("alive", "700");
        bench.ready("1001");
        bench.answers("1001");

        bench.goOnWith(Stored.read(Stored.write(bench.floor()), Floor.class));
        bench.forget();
        bench.on(new FloorEvent.Restarted(Set.of(new CallId("alive"))));
        assertThat(bench.all(FloorEffect.Park.class))
                .extracting(p -> p.call().value())
                .containsExactly("alive");
        assertThat(bench.count("700", Count.ABANDONED)).isEqualTo(1);
        assertThat(bench.status("1001")).isEqualTo(AgentStatus.NETWORK_LOST);

        bench.on(new FloorEvent.PhoneRegistered(new AgentId("1001")));
        assertThat(bench.all(FloorEffect.Offer.class))
                .singleElement()
                .matches(FloorEffect.Offer::isCallback);
    }
}
