package io.jackfield.storage.ladder;

/** Something to be written down. */
public sealed interface LadderChange {
    /** A ladder begins. */
    record Began(LadderHead head) implements LadderChange {}

    /** It is over; rows may still come for some seconds. */
    record Ended(long ladder, long atMicros, String cause, int status) implements LadderChange {}

    /**
     * A leg's dialog, or a lone transaction, belongs to it.
     *
     * @param leg empty where there is no call
     * @param party agent or trunk; empty where unknown
     */
    record Dialog(long ladder, String sipCallId, String leg, String party)
            implements LadderChange {}

    /** How the call was heard, as JSON; replaces what was said before. */
    record Quality(long ladder, String json) implements LadderChange {}

    record Row(LadderRow row) implements LadderChange {}
}
