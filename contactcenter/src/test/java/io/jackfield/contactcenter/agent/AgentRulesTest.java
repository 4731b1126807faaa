package io.jackfield.contactcenter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.BreakReasons;
import io.jackfield.contactcenter.site.WrapUpSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An agent")
class AgentRulesTest {
    private static final AgentId ANNA = new AgentId("1001");
    private static final CallId CALL = new CallId("call-1");
    private static final CallId OTHER = new CallId("call-2");
    private static final QueueId SALES = new QueueId("700");
    private static final AskedBy SELF = new AskedBy(AskedBy.Role.AGENT, "1001");
    private static final AskedBy BOSS = new AskedBy(AskedBy.Role.SUPERVISOR, "boss");
    private static final AgentRequest READY = new AgentRequest.Ready();
    private static final AgentRequest LUNCH = new AgentRequest.Break("lunch");
    private static final WrapUpSettings STRICT =
            new WrapUpSettings(Duration.ofSeconds(30), Duration.ofSeconds(20), 1, false);
    private static final WrapUpSettings LENIENT =
            new WrapUpSettings(Duration.ofSeconds(60), Duration.ofSeconds(20), 1, true);

    private final AgentSettings settings =
            new AgentSettings(
                    ANNA, Map.of(), false, 2, Duration.ofSeconds(5), Duration.ofSeconds(30));
    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private Agent agent = Agent.of(ANNA, now);
    private final List<AgentChange> changes = new ArrayList<>();
    private AgentStep last =
            new AgentStep(agent, Optional.empty(), Optional.empty(), Optional.empty());

    private void on(AgentEvent event) {
        last = AgentRules.step(agent, event, settings, Set.of("lunch"), now);
        agent = last.next();
        last.change().ifPresent(changes::add);
    }

    private void asks(AgentRequest request) {
        on(new AgentEvent.Asked(request, SELF));
    }

    private void after(int seconds) {
        now = now.plusSeconds(seconds);
        if (agent.deadline().filter(at -> !at.isAfter(now)).isPresent()) {
            on(new AgentEvent.Tick());
        }
    }

    private void ready() {
        on(new AgentEvent.Registered());
        asks(READY);
    }

    private Conversation talk(CallId call, WrapUpSettings wrapUp) {
        return new Conversation(call, Optional.of(SALES), now, false, wrapUp);
    }

    private void takes(CallId call, WrapUpSettings wrapUp) {
        on(new AgentEvent.Offered(1));
        on(new AgentEvent.Answered(1, talk(call, wrapUp)));
    }

    private AgentState.OnBreak onBreak(String reason) {
        return new AgentState.OnBreak(reason);
    }

    @Nested
    @DisplayName("logging in")
    class LoggingIn {
        @Test
        @DisplayName("is not ready before they say so")
        void notReadyYet() {
            on(new AgentEvent.Registered());
            assertThat(agent.state()).isEqualTo(onBreak(BreakReasons.LOGGED_IN));

            asks(READY);
            assertThat(agent.free()).isTrue();
            assertThat(changes)
                    .extracting(AgentChange::cause)
                    .containsExactly(AgentCause.REGISTERED, AgentCause.ASKED);
            assertThat(changes.get(1).by()).contains(SELF);
        }

        @Test
        @DisplayName("is ready at once where the settings say so")
        void readyAtLogin() {
            AgentSettings eager =
                    new AgentSettings(
                            ANNA, Map.of(), true, 2, Duration.ZERO, Duration.ofSeconds(30));
            Agent next =
                    AgentRules.step(agent, new AgentEvent.Registered(), eager, Set.of(), now)
                            .next();
            assertThat(next.free()).isTrue();
        }

        @Test
        @DisplayName("can't be ready without a phone")
        void needsPhone() {
            asks(READY);
            assertThat(agent.status()).isEqualTo(AgentStatus.OFFLINE);
            assertThat(last.refused()).contains("no phone is registered");
        }

        @Test
        @DisplayName("goes on a break with one of the site's reasons only")
        void breaks() {
            ready();
            asks(new AgentRequest.Break("nap"));
            assertThat(last.refused()).contains("no such break reason");
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
            asks(LUNCH);
            assertThat(agent.state()).isEqualTo(onBreak("lunch"));
        }
    }

    @Nested
    @DisplayName("offered a caller")
    class Offered {
        @Test
        @DisplayName("is reserved, ringing, talking")
        void answers() {
            ready();
            on(new AgentEvent.Offered(7));
            on(new AgentEvent.Rings(7));
            on(new AgentEvent.Answered(7, talk(CALL, STRICT)));
            assertThat(changes)
                    .extracting(c -> c.to().status())
                    .endsWith(AgentStatus.RESERVED, AgentStatus.RINGING, AgentStatus.TALKING);
            assertThat(agent.answeredToday()).isEqualTo(1);
        }

        @Test
        @DisplayName("can't be offered another one")
        void onlyOne() {
            ready();
            on(new AgentEvent.Offered(7));
            assertThatThrownBy(() -> on(new AgentEvent.Offered(8)))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        @DisplayName("gets a pause after a missed one, and is not ready after two in a row")
        void misses() {
            ready();
            on(new AgentEvent.Offered(1));
            on(new AgentEvent.Missed(1, Miss.NO_ANSWER));
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
            assertThat(agent.free()).isFalse();
            after(4);
            assertThat(agent.free()).isFalse();
            after(1);
            assertThat(agent.free()).isTrue();

            on(new AgentEvent.Offered(2));
            on(new AgentEvent.Missed(2, Miss.REFUSED));
            assertThat(agent.state()).isEqualTo(onBreak(BreakReasons.MISSED));
        }

        @Test
        @DisplayName("who answers one in between may miss as many again")
        void answeringForgives() {
            ready();
            on(new AgentEvent.Offered(1));
            on(new AgentEvent.Missed(1, Miss.NO_ANSWER));
            after(5);
            takes(CALL, WrapUpSettings.NONE);
            on(new AgentEvent.CallEnded(CALL));
            on(new AgentEvent.Offered(3));
            on(new AgentEvent.Missed(3, Miss.NO_ANSWER));
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
        }

        @Test
        @DisplayName("is as ready as before when the caller is gone")
        void withdrawn() {
            ready();
            AgentState before = agent.state();
            after(3);
            on(new AgentEvent.Offered(1));
            on(new AgentEvent.Withdrawn(1));
            assertThat(agent.state()).isEqualTo(before);
            assertThat(agent.missedInRow()).isZero();
        }

        @Test
        @DisplayName("asking for a break meanwhile gets it when the offer is over")
        void breakAfterOffer() {
            ready();
            on(new AgentEvent.Offered(1));
            asks(LUNCH);
            assertThat(agent.status()).isEqualTo(AgentStatus.RESERVED);
            on(new AgentEvent.Withdrawn(1));
            assertThat(agent.state()).isEqualTo(onBreak("lunch"));
        }

        @Test
        @DisplayName("drops the offer by logging out, by losing the phone, by another call")
        void drops() {
            ready();
            on(new AgentEvent.Offered(1));
            on(new AgentEvent.PhoneGone());
            assertThat(last.dropped()).contains(1L);
            on(new AgentEvent.Registered());
            assertThat(agent.free()).isTrue();
            on(new AgentEvent.Offered(2));
            on(new AgentEvent.CallBegan(Conversation.own(OTHER, now)));
            assertThat(last.dropped()).contains(2L);
            on(new AgentEvent.CallEnded(OTHER));
            on(new AgentEvent.Offered(3));
            asks(new AgentRequest.Offline());
            assertThat(last.dropped()).contains(3L);
            assertThat(agent.status()).isEqualTo(AgentStatus.OFFLINE);
        }

        @Test
        @DisplayName("hears nothing of offers that are not theirs")
        void stale() {
            ready();
            on(new AgentEvent.Offered(2));
            AgentState before = agent.state();
            on(new AgentEvent.Rings(1));
            on(new AgentEvent.Missed(1, Miss.BUSY));
            on(new AgentEvent.Withdrawn(1));
            on(new AgentEvent.Answered(1, talk(CALL, STRICT)));
            assertThat(agent.state()).isEqualTo(before);
        }
    }

    @Nested
    @DisplayName("in calls")
    class InCalls {
        @Test
        @DisplayName("is on hold while every call is")
        void holds() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.CallHeld(CALL, true));
            assertThat(agent.status()).isEqualTo(AgentStatus.HOLD);
            on(new AgentEvent.CallBegan(Conversation.own(OTHER, now)));
            assertThat(agent.status()).isEqualTo(AgentStatus.TALKING);
            on(new AgentEvent.CallEnded(OTHER));
            on(new AgentEvent.CallHeld(CALL, false));
            assertThat(agent.status()).isEqualTo(AgentStatus.TALKING);
        }

        @Test
        @DisplayName("comes back to the break that an own call interrupted")
        void backToBreak() {
            ready();
            asks(LUNCH);
            on(new AgentEvent.CallBegan(Conversation.own(OTHER, now)));
            on(new AgentEvent.CallEnded(OTHER));
            assertThat(agent.state()).isEqualTo(onBreak("lunch"));
        }

        @Test
        @DisplayName("goes home after the call, not out of it")
        void homeAfterCall() {
            ready();
            takes(CALL, WrapUpSettings.NONE);
            asks(new AgentRequest.Offline());
            assertThat(agent.status()).isEqualTo(AgentStatus.TALKING);
            on(new AgentEvent.CallEnded(CALL));
            assertThat(agent.status()).isEqualTo(AgentStatus.OFFLINE);
        }

        @Test
        @DisplayName("can't have more than eight: what is beyond is not noted")
        void bounded() {
            ready();
            for (int i = 0; i < 20; i++) {
                on(new AgentEvent.CallBegan(Conversation.own(new CallId("c" + i), now)));
            }
            assertThat(agent.onCall().orElseThrow().conversations())
                    .hasSize(AgentRules.CONVERSATIONS_MAX);
        }
    }

    @Nested
    @DisplayName("in wrap-up")
    class WrappingUp {
        @Test
        @DisplayName("has all of the queue's time, then is ready")
        void limit() {
            ready();
            takes(CALL, STRICT);
            after(100);
            on(new AgentEvent.CallEnded(CALL));
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            after(29);
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            after(1);
            assertThat(agent.free()).isTrue();
            assertThat(changes.getLast().cause()).isEqualTo(AgentCause.WRAP_UP_OVER);
            assertThat(changes.getLast().lasted()).isEqualTo(Duration.ofSeconds(30));
        }

        @Test
        @DisplayName("may extend it as often as the queue allows")
        void extension() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.CallEnded(CALL));
            asks(new AgentRequest.ExtendWrapUp());
            asks(new AgentRequest.ExtendWrapUp());
            assertThat(last.refused()).contains("it may be extended 1 times");
            after(49);
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            after(1);
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
        }

        @Test
        @DisplayName("may end it early only where the queue, or a supervisor, allows it")
        void early() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.CallEnded(CALL));
            asks(new AgentRequest.FinishWrapUp());
            assertThat(last.refused()).isPresent();
            asks(READY);
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            on(new AgentEvent.Asked(new AgentRequest.FinishWrapUp(), BOSS));
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);

            takes(OTHER, LENIENT);
            on(new AgentEvent.CallEnded(OTHER));
            asks(new AgentRequest.FinishWrapUp());
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
        }

        @Test
        @DisplayName("asking for a break gets it afterwards")
        void breakAfterwards() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.CallEnded(CALL));
            asks(LUNCH);
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            after(30);
            assertThat(agent.state()).isEqualTo(onBreak("lunch"));
        }

        @Test
        @DisplayName("does not lose it by a call in between, by a transfer or by a shorter one")
        void notLost() {
            ready();
            takes(CALL, LENIENT);
            on(new AgentEvent.CallBegan(talk(OTHER, STRICT)));
            on(new AgentEvent.CallEnded(CALL));
            assertThat(agent.status()).isEqualTo(AgentStatus.TALKING);
            on(new AgentEvent.CallEnded(OTHER));
            assertThat(((AgentState.WrapUp) agent.state()).endsAt()).isEqualTo(now.plusSeconds(60));

            after(10);
            on(new AgentEvent.CallBegan(Conversation.own(OTHER, now)));
            after(20);
            on(new AgentEvent.CallEnded(OTHER));
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            after(29);
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            after(1);
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
        }

        @Test
        @DisplayName("is not asked for one after a customer who was never reached")
        void notReached() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.CallFailed(CALL));
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
        }
    }

    @Nested
    @DisplayName("whose phone is lost")
    class NetworkLost {
        @Test
        @DisplayName("goes on as before when it is back within the grace: a reloaded page")
        void comesBack() {
            ready();
            AgentState before = agent.state();
            on(new AgentEvent.PhoneGone());
            assertThat(agent.status()).isEqualTo(AgentStatus.NETWORK_LOST);
            after(29);
            on(new AgentEvent.Registered());
            assertThat(agent.state()).isEqualTo(before);
        }

        @Test
        @DisplayName("is offline after the grace")
        void graceOver() {
            ready();
            on(new AgentEvent.PhoneGone());
            after(30);
            assertThat(agent.status()).isEqualTo(AgentStatus.OFFLINE);
            assertThat(changes.getLast().cause()).isEqualTo(AgentCause.GRACE_OVER);
            on(new AgentEvent.Registered());
            assertThat(agent.state()).isEqualTo(onBreak(BreakReasons.LOGGED_IN));
        }

        @Test
        @DisplayName("still owes the rest of the wrap-up, and none that ran out")
        void wrapUp() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.CallEnded(CALL));
            on(new AgentEvent.PhoneGone());
            after(10);
            on(new AgentEvent.Registered());
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
            on(new AgentEvent.PhoneGone());
            after(25);
            on(new AgentEvent.Registered());
            assertThat(agent.status()).isEqualTo(AgentStatus.READY);
        }

        @Test
        @DisplayName("is not offline while the call runs on, and then owes the wrap-up")
        void inCall() {
            ready();
            takes(CALL, STRICT);
            on(new AgentEvent.PhoneGone());
            assertThat(agent.deadline()).isEmpty();
            after(20);
            on(new AgentEvent.CallEnded(CALL));
            assertThat(agent.status()).isEqualTo(AgentStatus.NETWORK_LOST);
            on(new AgentEvent.Registered());
            assertThat(agent.status()).isEqualTo(AgentStatus.WRAP_UP);
        }
    }
}
