package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.Need;
import java.util.Optional;
import java.util.Set;

/** What can happen on the floor. One that comes too late, as all can, is harmless. */
public sealed interface FloorEvent {
    // ---- callers

    /**
     * A call is put into a queue; it has been answered already.
     *
     * @param number empty when hidden
     */
    record CallerEntered(CallId call, QueueId queue, String number, Need need)
            implements FloorEvent {}

    /** The caller hung up, or the call ended by itself. */
    record CallerLeft(CallId call) implements FloorEvent {}

    /**
     * The caller wants to be called back.
     *
     * @param number another one than they call from
     */
    record CallbackAsked(CallId call, Optional<String> number) implements FloorEvent {}

    /** A caller has pressed a key of their telephone: a digit, {@code *} or {@code #}. */
    record CallerPressed(CallId call, char key) implements FloorEvent {}

    /** A customer who is called back answered. */
    record CustomerAnswered(CallId call) implements FloorEvent {}

    /** A customer who is called back did not. */
    record CustomerNotReached(CallId call) implements FloorEvent {}

    // ---- offers

    record AgentRings(long offer) implements FloorEvent {}

    record AgentAnswered(long offer) implements FloorEvent {}

    record AgentMissed(long offer, Miss why) implements FloorEvent {}

    // ---- agents

    record PhoneRegistered(AgentId agent) implements FloorEvent {}

    /** The agent's last phone is gone. */
    record PhoneGone(AgentId agent) implements FloorEvent {}

    record AgentAsked(AgentId agent, AgentRequest request, AskedBy by) implements FloorEvent {}

    record AgentGraded(AgentId agent, Grade grade) implements FloorEvent {}

    /**
     * The agent is in a call that was no offer: dialled, picked up, transferred.
     *
     * @param queue whose caller it is, where it was transferred
     */
    record AgentCallBegan(AgentId agent, CallId call, Optional<QueueId> queue)
            implements FloorEvent {}

    record AgentCallHeld(AgentId agent, CallId call, boolean held) implements FloorEvent {}

    record AgentCallEnded(AgentId agent, CallId call) implements FloorEvent {}

    // ---- the house

    /** A deadline passed. */
    record Tick() implements FloorEvent {}

    record SettingsReplaced(FloorSettings settings) implements FloorEvent {}

    /**
     * The process is another one: what was being tried is tried anew, places are kept.
     *
     * @param alive calls that outlived the one before
     */
    record Restarted(Set<CallId> alive) implements FloorEvent {
        public Restarted {
            alive = Set.copyOf(alive);
        }
    }
}
