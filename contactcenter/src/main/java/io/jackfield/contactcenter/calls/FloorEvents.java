package io.jackfield.contactcenter.calls;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.OfferMiss;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.media.MediaEvent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells the floor what happens in calls and to phones.
 *
 * <p>Thread-safety: any thread; nothing waits.
 */
public final class FloorEvents {
    private record Place(String agent, String callId) {}

    private final Consumer<FloorEvent> floor;
    private final FloorCalls calls;
    private final Predicate<String> hasPhone;

    /** The agents' legs that are up. */
    private final Map<String, Place> legs = new ConcurrentHashMap<>();

    /**
     * @param floor takes what happens
     * @param hasPhone whether an agent of that name can be reached
     */
    public FloorEvents(Consumer<FloorEvent> floor, FloorCalls calls, Predicate<String> hasPhone) {
        this.floor = floor;
        this.calls = calls;
        this.hasPhone = hasPhone;
    }

    /** Takes what was published; what is of no concern to the floor is passed over. */
    public void on(PbxEvent event) {
        switch (event) {
            case PbxEvent.Registered(var agent, _, _) ->
                    floor.accept(new FloorEvent.PhoneRegistered(new AgentId(agent)));
            case PbxEvent.Unregistered(var agent, _, _) -> {
                if (!hasPhone.test(agent)) {
                    floor.accept(new FloorEvent.PhoneGone(new AgentId(agent)));
                }
            }
            case PbxEvent.CallerWaits(var call, var queue, var number) ->
                    floor.accept(
                            new FloorEvent.CallerEntered(
                                    new CallId(call), new QueueId(queue), number, Need.ORDINARY));
            case PbxEvent.OfferRang(_, var offer) -> floor.accept(new FloorEvent.AgentRings(offer));
            case PbxEvent.OfferAnswered(_, var offer) ->
                    floor.accept(new FloorEvent.AgentAnswered(offer));
            case PbxEvent.OfferMissed(_, var offer, var why) -> {
                calls.forget(offer);
                floor.accept(new FloorEvent.AgentMissed(offer, miss(why)));
            }
            case PbxEvent.AgentJoined(var call, var leg, var agent, var byItself) ->
                    joined(call, leg, agent, byItself);
            case PbxEvent.AgentLeft(var call, var leg, var agent) -> {
                legs.remove(leg);
                floor.accept(new FloorEvent.AgentCallEnded(new AgentId(agent), new CallId(call)));
            }
            case PbxEvent.CallHeld(var call, var leg, var held) ->
                    Optional.ofNullable(legs.get(leg))
                            .ifPresent(place ->
                                    floor.accept(
                                            new FloorEvent.AgentCallHeld(
                                                    new AgentId(place.agent()),
                                                    new CallId(call),
                                                    held)));
            case PbxEvent.MediaHappened(var call, MediaEvent.DtmfReceived(_, var key, _)) -> {
                if (calls.hasWaited(new CallId(call))) {
                    floor.accept(new FloorEvent.CallerPressed(new CallId(call), key));
                }
            }
            case PbxEvent.CustomerReached(var call, _) -> customerAnswered(call);
            case PbxEvent.CallAnswered(var call, _) -> customerAnswered(call);
            case PbxEvent.CallEnding(var call) -> {
                calls.forget(new CallId(call));
                floor.accept(new FloorEvent.CallerLeft(new CallId(call)));
            }
            default -> {}
        }
    }

    /** Any other call that is answered is of no concern here. */
    private void customerAnswered(String call) {
        if (calls.reached(new CallId(call))) {
            floor.accept(new FloorEvent.CustomerAnswered(new CallId(call)));
        }
    }

    private void joined(String call, String leg, String agent, boolean byItself) {
        legs.put(leg, new Place(agent, call));
        if (byItself) {
            floor.accept(
                    new FloorEvent.AgentCallBegan(
                            new AgentId(agent), new CallId(call), Optional.empty()));
        }
    }

    private static Miss miss(OfferMiss why) {
        return switch (why) {
            case REFUSED -> Miss.REFUSED;
            case BUSY -> Miss.BUSY;
            case UNREACHABLE -> Miss.UNREACHABLE;
        };
    }
}
