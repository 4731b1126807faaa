package io.jackfield.contactcenter.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Credential;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.DialPattern;
import io.jackfield.call.routing.Queue;
import io.jackfield.call.routing.Route;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Target;
import io.jackfield.call.routing.Trunk;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.floor.QueueOffer;
import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.runner.House;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.media.prompt.PromptSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call back")
class CallbackCallsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final CallId CALL = new CallId("cb");
    private static final String CUSTOMER = "74951234567";

    private final List<NewCall> started = new ArrayList<>();
    private final List<CallEvent.Command> told = new ArrayList<>();
    private final List<FloorEvent> floor = new ArrayList<>();
    private boolean full;

    private final FloorCalls calls =
            new FloorCalls(
                    new FloorCalls.CallEngine() {
                        @Override
                        public boolean tell(String callId, CallEvent.Command command) {
                            told.add(command);
                            return true;
                        }

                        @Override
                        public boolean start(NewCall call) {
                            if (!full) {
                                started.add(call);
                            }
                            return !full;
                        }
                    },
                    new House() {
                        @Override
                        public Site site() {
                            return CallbackCallsTest.site();
                        }

                        @Override
                        public FloorSettings floor() {
                            return FloorSettings.EMPTY;
                        }

                        @Override
                        public Map<String, Menu> menus() {
                            return Map.of();
                        }

                        @Override
                        public PromptSet prompts() {
                            return new PromptSet(Map.of(), PromptSet.BuiltIn.NOTHING);
                        }
                    },
                    floor::add,
                    () -> NOW);
    private final FloorEvents events = new FloorEvents(floor::add, calls, _ -> true);

    private static Site site() {
        Agent anna = new Agent("1001", Optional.empty(), Credential.of("1001", "test", "secret"));
        return new Site(
                List.of(anna),
                List.of(trunk()),
                List.of(
                        new Route(
                                new DialPattern("_7XXXXXXXXXX"),
                                new Target.ToTrunks(List.of("north"), 0, "", Optional.empty()),
                                Optional.of(new Route.TokenDemand(Set.of())))),
                List.of(),
                List.of(new Queue("700", List.of("1001"))));
    }

    private static Trunk trunk() {
        return new Trunk(
                "north",
                Transport.UDP,
                "north.example",
                5060,
                List.of("PCMA"),
                Optional.empty(),
                false,
                Duration.ofMinutes(5),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                false,
                CodecPolicy.PASSTHROUGH);
    }

    private static FloorEffect.Offer offer(boolean isCallback) {
        return new FloorEffect.Offer(
                new QueueOffer(7, 3, CALL, new QueueId("700"), new AgentId("1001"), NOW, false),
                CUSTOMER,
                Duration.ofMinutes(4),
                isCallback);
    }

    private static FloorEffect.StartCallback start(String number, Optional<AgentId> agent) {
        return new FloorEffect.StartCallback(CALL, new QueueId("700"), number, agent);
    }

    @Test
    @DisplayName("with the agent first begins a call for the agent, who sees the customer's number")
    void agentFirst() {
        calls.perform(offer(true));
        assertThat(started).hasSize(1);
        NewCall call = started.getFirst();
        assertThat(call.id()).isEqualTo("cb");
        assertThat(call.dialled()).isEqualTo(CUSTOMER);
        assertThat(call.first())
                .hasValueSatisfying(f -> assertThat(f).isInstanceOf(NewCall.First.Offered.class));
        calls.perform(start(CUSTOMER, Optional.of(new AgentId("1001"))));
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        CallEvent.RouteOn.class,
                        on -> assertThat(on.destination()).isInstanceOf(Destination.Trunks.class));
        events.on(new PbxEvent.CallAnswered("cb", "cb-2"));
        events.on(new PbxEvent.CallAnswered("cb", "cb-2"));
        assertThat(floor).containsExactly(new FloorEvent.CustomerAnswered(CALL));
        assertThat(calls.remembered()).isZero();
    }

    @Test
    @DisplayName("with the customer first begins a call for the customer, in the queue's name")
    void customerFirst() {
        calls.perform(start(CUSTOMER, Optional.empty()));
        NewCall call = started.getFirst();
        assertThat(call.caller().number()).isEqualTo(CUSTOMER);
        assertThat(call.dialled()).isEqualTo("700");
        events.on(new PbxEvent.CustomerReached("cb", "cb-1"));
        calls.perform(offer(false));
        assertThat(told).singleElement().isInstanceOf(CallEvent.Offer.class);
        events.on(new PbxEvent.CallAnswered("cb", "cb-2"));
        assertThat(floor).containsExactly(new FloorEvent.CustomerAnswered(CALL));
    }

    @Test
    @DisplayName("to a number that is a queue, an echo or nobody's here is not made")
    void noPerson() {
        for (String number : List.of("700", "600", "601", "", "12", "999")) {
            floor.clear();
            calls.perform(start(number, Optional.of(new AgentId("1001"))));
            assertThat(floor).as(number).containsExactly(new FloorEvent.CustomerNotReached(CALL));
        }
        assertThat(told).isEmpty();
        assertThat(started).isEmpty();
        assertThat(calls.remembered()).isZero();
    }

    @Test
    @DisplayName("for which there is no room is tried later")
    void full() {
        full = true;
        calls.perform(offer(true));
        calls.perform(start(CUSTOMER, Optional.empty()));
        assertThat(floor)
                .containsExactly(
                        new FloorEvent.AgentMissed(7, Miss.UNREACHABLE),
                        new FloorEvent.CustomerNotReached(CALL));
        assertThat(calls.remembered()).isZero();
    }

    @Test
    @DisplayName("whose call ends is over for the floor, and nothing of it is remembered")
    void ends() {
        calls.perform(start(CUSTOMER, Optional.empty()));
        events.on(new PbxEvent.CallEnding("cb"));
        events.on(new PbxEvent.CallAnswered("cb", "cb-2"));
        assertThat(floor).containsExactly(new FloorEvent.CallerLeft(CALL));
        assertThat(calls.remembered()).isZero();
    }

    @Test
    @DisplayName("that is given up ends the call, the customer's as the agent's")
    void givenUp() {
        calls.perform(start(CUSTOMER, Optional.empty()));
        calls.perform(new FloorEffect.CancelCallback(CALL));
        calls.perform(new FloorEffect.ReleaseAgent(new AgentId("1001"), CALL));
        assertThat(told)
                .containsExactly(
                        new CallEvent.HangUp("customer not reached"),
                        new CallEvent.HangUp("customer not reached"));
        assertThat(calls.remembered()).isZero();
    }
}
