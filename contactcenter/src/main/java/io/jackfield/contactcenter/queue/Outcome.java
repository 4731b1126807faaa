package io.jackfield.contactcenter.queue;

/** How a caller's time in a queue ended: each ends in one of them, once. */
public enum Outcome {
    ANSWERED,
    ABANDONED,
    OVERFLOWED,
    CALLED_BACK
}
