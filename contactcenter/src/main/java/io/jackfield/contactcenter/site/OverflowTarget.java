package io.jackfield.contactcenter.site;

import io.jackfield.contactcenter.QueueId;

/** Where callers go whom a queue does not keep. */
public sealed interface OverflowTarget {
    /** Another queue, where the time waited so far still counts for the place. */
    record ToQueue(QueueId queue) implements OverflowTarget {}

    /** A number of the site's plan. */
    record ToNumber(String number) implements OverflowTarget {}

    /** A prompt, then the call ends. */
    record ToMessage(String prompt) implements OverflowTarget {}

    /** A call back, which keeps the place; where the caller's number is hidden, the end. */
    record ToCallback() implements OverflowTarget {}

    /** The call ends. */
    record HangUp() implements OverflowTarget {}
}
