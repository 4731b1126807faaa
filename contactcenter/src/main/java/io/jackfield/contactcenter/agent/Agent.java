package io.jackfield.contactcenter.agent;

import io.jackfield.contactcenter.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One agent at one moment.
 *
 * @param since when this state began
 * @param registered whether a phone is there
 * @param wish what is to be once calls and wrap-up are over
 * @param missedInRow offers missed since the last one answered
 * @param answeredToday callers of all queues
 * @param missed the last ones, newest first; at most {@value #MISSED_LIST_MAX}
 */
public record Agent(
        AgentId id,
        AgentState state,
        Instant since,
        boolean registered,
        Optional<AgentRequest> wish,
        int missedInRow,
        int answeredToday,
        Grade grade,
        List<MissedOffer> missed) {
    /** A page of a screen. */
    public static final int MISSED_LIST_MAX = 20;

    public Agent {
        missed = List.copyOf(missed);
    }

    /** Offline, and without a phone. */
    public static Agent of(AgentId id, Instant now) {
        return new Agent(
                id,
                new AgentState.Offline(),
                now,
                false,
                Optional.empty(),
                0,
                0,
                Grade.GOOD,
                List.of());
    }

    public AgentStatus status() {
        return state.status();
    }

    /** Whether an offer may be made now. */
    public boolean free() {
        return state instanceof AgentState.Ready(_, var notBefore) && notBefore.isEmpty();
    }

    /** The offer that the agent is reserved or rung for. */
    public Optional<Long> offer() {
        return switch (state) {
            case AgentState.Reserved(var offer, _) -> Optional.of(offer);
            case AgentState.Ringing(var offer, _) -> Optional.of(offer);
            case AgentState.Offline _, AgentState.Lasting _, AgentState.NetworkLost _ ->
                    Optional.empty();
        };
    }

    /** The calls that the agent is in, the phone lost or not. */
    public Optional<AgentState.OnCall> onCall() {
        AgentState.Lasting kept =
                switch (state) {
                    case AgentState.Lasting lasting -> lasting;
                    case AgentState.NetworkLost(var lost, _) -> lost;
                    case AgentState.Offline _, AgentState.Reserved _, AgentState.Ringing _ ->
                            new AgentState.OnBreak("");
                };
        return kept instanceof AgentState.OnCall calls ? Optional.of(calls) : Optional.empty();
    }

    /** When {@link AgentEvent.Tick} is due; empty when only events are awaited. */
    public Optional<Instant> deadline() {
        return switch (state) {
            case AgentState.Ready(_, var notBefore) -> notBefore;
            case AgentState.WrapUp wrapUp -> Optional.of(wrapUp.endsAt());
            case AgentState.NetworkLost(AgentState.OnCall _, _) -> Optional.empty();
            case AgentState.NetworkLost(_, var until) -> Optional.of(until);
            case AgentState.Offline _,
                    AgentState.OnBreak _,
                    AgentState.OnCall _,
                    AgentState.Reserved _,
                    AgentState.Ringing _ ->
                    Optional.empty();
        };
    }

    public Agent graded(Grade next) {
        return new Agent(
                id, state, since, registered, wish, missedInRow, answeredToday, next, missed);
    }

    /** A new day: counts begin again. */
    public Agent newDay() {
        return new Agent(id, state, since, registered, wish, missedInRow, 0, grade, missed);
    }

    /** Notes an offer that was missed. */
    public Agent missing(MissedOffer one) {
        List<MissedOffer> list = new ArrayList<>(missed.size() + 1);
        list.add(one);
        list.addAll(missed.subList(0, Math.min(missed.size(), MISSED_LIST_MAX - 1)));
        return new Agent(
                id, state, since, registered, wish, missedInRow, answeredToday, grade, list);
    }

    Agent registered(boolean next) {
        return new Agent(id, state, since, next, wish, missedInRow, answeredToday, grade, missed);
    }

    Agent wishing(Optional<AgentRequest> next) {
        return new Agent(
                id, state, since, registered, next, missedInRow, answeredToday, grade, missed);
    }

    Agent missedInRow(int next) {
        return new Agent(id, state, since, registered, wish, next, answeredToday, grade, missed);
    }

    Agent answered() {
        return new Agent(id, state, since, registered, wish, 0, answeredToday + 1, grade, missed);
    }

    /** In another state; where its status is another too, the clock begins again. */
    Agent in(AgentState next, Instant now) {
        Instant from = next.status() == state.status() ? since : now;
        return new Agent(
                id, next, from, registered, wish, missedInRow, answeredToday, grade, missed);
    }
}
