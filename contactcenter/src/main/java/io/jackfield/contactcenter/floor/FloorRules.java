package io.jackfield.contactcenter.floor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rules of the floor: {@code (floor, event, now) → (next floor, effects)}. */
public final class FloorRules {
    private FloorRules() {}

    /**
     * Takes one event, then does everything that is due, then gives free agents to callers.
     *
     * @param now never before the time of the step before
     */
    public static FloorStep step(Floor floor, FloorEvent event, Instant now) {
        Draft draft = new Draft(floor, now);
        draft.newDayIfDue();
        happens(draft, event);
        new Timers(draft).run();
        draft.staff().removeRetired();
        draft.callers().leaveEmptyQueues();
        new Matching(draft).run();
        return withFigures(draft, event, now);
    }

    private static FloorStep withFigures(Draft draft, FloorEvent event, Instant now) {
        if (!(event instanceof FloorEvent.Tick) || draft.hasEffects()) {
            draft.somethingHappened();
        }
        boolean due = draft.figuresAreDue();
        if (due) {
            draft.figuresGiven();
        }
        FloorStep step = draft.done();
        if (!due) {
            return step;
        }
        List<FloorEffect> effects = new ArrayList<>(step.effects());
        effects.add(new FloorEffect.Figures(FloorFigures.of(step.next(), now)));
        return new FloorStep(step.next(), effects);
    }

    private static void happens(Draft draft, FloorEvent event) {
        switch (event) {
            case FloorEvent.CallerEntered(var call, var queue, var number, var need) ->
                    draft.callers().entered(call, queue, number, need);
            case FloorEvent.CallerLeft(var call) -> draft.callers().left(call);
            case FloorEvent.CallbackAsked(var call, var number) ->
                    draft.callers().asksForCallback(call, number);
            case FloorEvent.CallerPressed(var call, var key) -> draft.callers().pressed(call, key);
            case FloorEvent.CustomerAnswered(var call) -> draft.callbacks().reached(call);
            case FloorEvent.CustomerNotReached(var call) -> draft.callbacks().notReached(call);
            case FloorEvent.AgentRings(var offer) -> draft.offering().rings(offer);
            case FloorEvent.AgentAnswered(var offer) -> draft.offering().answered(offer);
            case FloorEvent.AgentMissed(var offer, var why) -> draft.offering().missed(offer, why);
            case FloorEvent.PhoneRegistered(var agent) -> draft.staff().registered(agent);
            case FloorEvent.PhoneGone(var agent) -> draft.staff().phoneGone(agent);
            case FloorEvent.AgentAsked(var agent, var request, var by) ->
                    draft.staff().asked(agent, request, by);
            case FloorEvent.AgentGraded(var agent, var grade) -> draft.staff().graded(agent, grade);
            case FloorEvent.AgentCallBegan(var agent, var call, var queue) ->
                    draft.staff().callBegan(agent, call, queue);
            case FloorEvent.AgentCallHeld(var agent, var call, var held) ->
                    draft.staff().callHeld(agent, call, held);
            case FloorEvent.AgentCallEnded(var agent, var call) ->
                    draft.staff().callEnded(agent, call);
            case FloorEvent.Tick() -> {}
            case FloorEvent.SettingsReplaced(var settings) ->
                    new Replacing(draft).replace(settings);
            case FloorEvent.Restarted(var alive) -> new Restart(draft).run(alive);
        }
    }
}
