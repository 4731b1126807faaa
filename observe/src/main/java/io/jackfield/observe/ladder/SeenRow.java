package io.jackfield.observe.ladder;

import io.jackfield.storage.ladder.LadderRow;

/**
 * A row as it goes to those who look on.
 *
 * @param row its ladder is 0 where it is kept in none
 * @param callId of our call; empty where it belongs to none
 * @param sipCallId of its dialog; empty where it is no message
 * @param party the agent or trunk on that leg; empty where unknown
 * @param caller who calls, registers, asks
 * @param callee whom they want; may be empty
 */
public record SeenRow(
        LadderRow row,
        String callId,
        String sipCallId,
        String party,
        String caller,
        String callee) {
    /** What joins the legs of a call: our id of it, or the Call-ID where there is no call. */
    public String correlation() {
        return callId.isEmpty() ? sipCallId : callId;
    }
}
