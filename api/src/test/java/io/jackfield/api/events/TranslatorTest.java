package io.jackfield.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentCause;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.QueueOffer;
import io.jackfield.contactcenter.queue.CallbackOutcome;
import io.jackfield.contactcenter.queue.Outcome;
import io.jackfield.media.recording.RecordingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What a CRM is told")
class TranslatorTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Translator translator = new Translator(Set.of("1001", "1002")::contains);
    private final List<Fact> told = new ArrayList<>();

    private void happens(PbxEvent event) {
        assertThat(Translator.concerns(event)).as("%s is let through", event).isTrue();
        told.addAll(translator.on(event));
    }

    private void happens(FloorEffect effect) {
        told.addAll(translator.on(effect));
    }

    private List<EventType> types() {
        return told.stream().map(Fact::type).toList();
    }

    private Fact last() {
        return told.getLast();
    }

    private void customerCalls() {
        happens(
                new PbxEvent.CallStarted(
                        "c1",
                        "79001234567",
                        "8700",
                        Optional.of("Ivan"),
                        Cdr.Direction.INBOUND,
                        Optional.of("lead-7")));
    }

    private static FloorEffect.Offer offer(long id, String agent) {
        return new FloorEffect.Offer(
                new QueueOffer(
                        id,
                        1,
                        new CallId("c1"),
                        new QueueId("700"),
                        new AgentId(agent),
                        NOON,
                        false),
                "79001234567",
                Duration.ofMillis(1_500),
                false);
    }

    private static Cdr cdr() {
        return new Cdr(
                "c1",
                Optional.of("lead-7"),
                Cdr.Direction.INBOUND,
                "79001234567",
                "8700",
                Optional.of("1001"),
                2,
                NOON,
                1_200,
                30_000,
                Cdr.HangupSide.CALLER,
                "normal",
                200,
                Optional.of("PCMA"),
                Cdr.Heard.NOTHING,
                Cdr.Heard.NOTHING,
                Optional.of("c1"));
    }

    @Nested
    @DisplayName("of a caller in a queue")
    class Queued {
        @Test
        @DisplayName("is the whole way, in order, each with the reference and the number")
        void wholeWay() {
            customerCalls();
            happens(new FloorEffect.Park(new CallId("c1"), new QueueId("700"), "music"));
            happens(offer(9, "1001"));
            happens(new PbxEvent.LegStarted("c1", "c1-2", "1001"));
            happens(new PbxEvent.LegProgressed("c1", "c1-2", 180));
            happens(new PbxEvent.LegProgressed("c1", "c1-2", 180));
            happens(new PbxEvent.AgentJoined("c1", "c1-2", "1001", false));
            happens(
                    new FloorEffect.VisitEnded(
                            new QueueId("700"),
                            1,
                            new CallId("c1"),
                            "79001234567",
                            Outcome.ANSWERED,
                            Optional.empty(),
                            Duration.ofMillis(1_700),
                            NOON));
            happens(new PbxEvent.CallAnswered("c1", "c1-2"));
            happens(new PbxEvent.CallEnded("c1", cdr()));
            happens(
                    new PbxEvent.RecordingHappened(
                            new RecordingEvent.Ready(
                                    "c1", Path.of("x"), Duration.ofSeconds(30), 999, 0, 0)));

            assertThat(types())
                    .containsExactly(
                            EventType.CALL_CREATED,
                            EventType.QUEUE_ENTERED,
                            EventType.CALL_OFFERED,
                            EventType.CALL_RINGING,
                            EventType.QUEUE_LEFT,
                            EventType.CALL_ANSWERED,
                            EventType.CALL_ENDED,
                            EventType.RECORDING_READY);
            assertThat(told)
                    .allSatisfy(fact -> {
                        assertThat(fact.call()).contains("c1");
                        assertThat(fact.ref()).contains("lead-7");
                        assertThat(fact.number()).contains("79001234567");
                    });
            assertThat(told.subList(5, 8))
                    .allSatisfy(fact -> {
                        assertThat(fact.agent()).contains("1001");
                        assertThat(fact.queue()).contains("700");
                    });
        }

        @Test
        @DisplayName("has in the offer all that a screen shows")
        void offerHasAll() {
            customerCalls();
            happens(offer(9, "1001"));

            assertThat(last().agent()).contains("1001");
            assertThat(last().queue()).contains("700");
            assertThat(last().details())
                    .containsEntry("name", "Ivan")
                    .containsEntry("waited_ms", 1_500L)
                    .containsEntry("direction", "inbound")
                    .containsEntry("callback", false);
        }

        @Test
        @DisplayName("is offered anew, and rings anew, after somebody has missed it")
        void offeredAnew() {
            customerCalls();
            happens(offer(9, "1001"));
            happens(new PbxEvent.LegStarted("c1", "c1-2", "1001"));
            happens(new PbxEvent.LegProgressed("c1", "c1-2", 180));
            happens(new PbxEvent.OfferMissed("c1", 9, PbxEvent.OfferMiss.BUSY));
            happens(offer(10, "1001"));
            happens(new PbxEvent.LegStarted("c1", "c1-3", "1001"));
            happens(new PbxEvent.LegProgressed("c1", "c1-3", 180));
            happens(new FloorEffect.CancelOffer(10));

            assertThat(types())
                    .containsExactly(
                            EventType.CALL_CREATED,
                            EventType.CALL_OFFERED,
                            EventType.CALL_RINGING,
                            EventType.CALL_OFFER_ENDED,
                            EventType.CALL_OFFERED,
                            EventType.CALL_RINGING,
                            EventType.CALL_OFFER_ENDED);
            assertThat(told.get(3).details()).containsEntry("reason", "busy");
            assertThat(last().details()).containsEntry("reason", "withdrawn");
        }
    }

    @Nested
    @DisplayName("of a call without a queue")
    class Direct {
        @Test
        @DisplayName("is an offer to the agent who is called, before the phone rings")
        void offersToAgent() {
            customerCalls();
            happens(new PbxEvent.LegStarted("c1", "c1-2", "1002"));
            happens(new PbxEvent.LegStarted("c1", "c1-3", "1002"));

            assertThat(types()).containsExactly(EventType.CALL_CREATED, EventType.CALL_OFFERED);
            assertThat(last().agent()).contains("1002");
        }

        @Test
        @DisplayName("is no offer to whoever has begun it, nor to a trunk")
        void noOfferToCaller() {
            happens(
                    new PbxEvent.CallStarted(
                            "c2",
                            "1001",
                            "95551234",
                            Optional.empty(),
                            Cdr.Direction.OUTBOUND,
                            Optional.of("lead-8")));
            happens(new PbxEvent.LegStarted("c2", "c2-1", "1001"));
            happens(new PbxEvent.LegStarted("c2", "c2-2", "carrier"));
            happens(new PbxEvent.LegProgressed("c2", "c2-2", 183));

            assertThat(types()).containsExactly(EventType.CALL_CREATED, EventType.CALL_RINGING);
            assertThat(last().agent()).contains("1001");
            assertThat(last().number()).contains("95551234");
        }
    }

    @Test
    @DisplayName("of a conversation: who held, who was transferred to whom, what failed and why")
    void conversation() {
        customerCalls();
        happens(new PbxEvent.LegStarted("c1", "c1-2", "1001"));
        happens(new PbxEvent.CallHeld("c1", "c1-2", true));
        happens(new PbxEvent.CallHeld("c1", "c1-2", false));
        happens(new PbxEvent.TransferFailed("c1", "c1-2", "busy"));
        happens(new PbxEvent.JoinFailed("c1", "no answer"));
        happens(new PbxEvent.Transferred("c1", "c1-2", "c1-4", "1002"));

        assertThat(types().subList(2, 7))
                .containsExactly(
                        EventType.CALL_HELD,
                        EventType.CALL_RESUMED,
                        EventType.TRANSFER_FAILED,
                        EventType.JOIN_FAILED,
                        EventType.CALL_TRANSFERRED);
        assertThat(told.get(2).agent()).contains("1001");
        assertThat(told.get(4).details()).containsEntry("reason", "busy");
        assertThat(told.get(5).details()).containsEntry("reason", "no answer");
        assertThat(last().details()).containsEntry("from", "1001").containsEntry("to", "1002");
        assertThat(last().agent()).contains("1002");
    }

    @Test
    @DisplayName("of an agent: the state, the one before, why, and the reason of a break")
    void agentState() {
        happens(
                new FloorEffect.AgentChanged(
                        new AgentChange(
                                new AgentId("1001"),
                                AgentState.Ready.from(NOON),
                                new AgentState.OnBreak("lunch"),
                                AgentCause.ASKED,
                                Optional.empty(),
                                NOON,
                                Duration.ofSeconds(5))));

        assertThat(last().agent()).contains("1001");
        assertThat(last().details())
                .containsEntry("state", "break")
                .containsEntry("before", "ready")
                .containsEntry("cause", "asked")
                .containsEntry("reason", "lunch")
                .containsEntry("lasted_ms", 5_000L);
    }

    @Test
    @DisplayName("of a call back: promised, due with the customer's number, ended")
    void callBack() {
        happens(
                new FloorEffect.PromiseCallback(
                        new CallId("c1"), new QueueId("700"), "79001234567"));
        happens(
                new FloorEffect.StartCallback(
                        new CallId("c5"), new QueueId("700"), "79001234567", Optional.empty()));
        happens(
                new PbxEvent.CallStarted(
                        "c5",
                        "79001234567",
                        "700",
                        Optional.empty(),
                        Cdr.Direction.OUTBOUND,
                        Optional.empty()));
        happens(
                new FloorEffect.CallbackEnded(
                        new QueueId("700"), 1, "79001234567", CallbackOutcome.REACHED, NOON));

        assertThat(types())
                .containsExactly(
                        EventType.CALLBACK_PROMISED,
                        EventType.CALLBACK_DUE,
                        EventType.CALL_CREATED,
                        EventType.CALLBACK_ENDED);
        assertThat(told).allSatisfy(fact -> assertThat(fact.number()).contains("79001234567"));
        assertThat(last().details()).containsEntry("outcome", "reached");
    }

    @Test
    @DisplayName("is bounded: whatever ends or not, no more than so many calls are remembered")
    void bounded() {
        for (int i = 0; i < 30_000; i++) {
            String id = "x" + i;
            happens(new PbxEvent.CallStarted(id, "1", "2"));
            if (i % 2 == 0) {
                happens(new PbxEvent.CallEnded(id, cdr()));
            }
            told.clear();
        }

        assertThat(translator.remembered()).isLessThanOrEqualTo(12_000);
    }

    @Test
    @DisplayName("has no text longer than 256 characters, whoever wrote it")
    void clipsTexts() {
        String flood = "9".repeat(5_000);
        happens(
                new PbxEvent.CallStarted(
                        "c1",
                        flood,
                        flood,
                        Optional.of(flood),
                        Cdr.Direction.INBOUND,
                        Optional.of(flood)));

        assertThat(EventLine.of(1, NOON, last()).json().length()).isLessThan(2_000);
    }
}
