package io.jackfield.call;

import io.jackfield.media.audio.Supervision;
import java.util.Optional;

/**
 * What a CRM or a supervisor may want of calls that are up. What becomes of it is told by events.
 *
 * <p>Thread-safety: any thread; nothing waits.
 */
public interface CallControl {
    /** What became of a command at once. */
    enum Outcome {
        /** The call has been told. */
        TOLD,
        NO_SUCH_CALL,
        /** There are as many calls as there may be. */
        TOO_MANY,
        /** Nobody can be reached by that number, or there is no such agent. */
        NO_SUCH_NUMBER,
        /** That number may be dialled with a call token only, which this way brings none. */
        TOKEN_REQUIRED
    }

    /**
     * What became of a wish for a new call.
     *
     * @param callId the call's; empty unless it was told
     */
    record Begun(Outcome outcome, Optional<String> callId) {}

    /**
     * Rings the agent, who dials that once answered.
     *
     * @param to as the agent dials it
     * @param reference the CRM's id; comes back in events, headers and the record
     */
    Begun originate(String agent, String to, Optional<String> reference);

    /** Ends it, with BYE to everybody. */
    Outcome hangUp(String callId);

    /**
     * Puts somebody else in the place of one who talks.
     *
     * @param leaving name of an agent or trunk; empty: the only agent in it
     * @param to as an agent dials it
     */
    Outcome transfer(String callId, Optional<String> leaving, String to);

    /**
     * Calls a third one to those who talk.
     *
     * @param to as an agent dials it
     */
    Outcome invite(String callId, String to);

    /**
     * Calls a supervisor to an agent who talks, or gives one who is there another mode.
     *
     * @param supervisor name of an agent
     * @param agent name of the agent who is listened to
     */
    Outcome supervise(String callId, String supervisor, String agent, Supervision mode);
}
