package io.jackfield.contactcenter.queue;

/** How the promise of a call back ended: each ends in one of them, once. */
public enum CallbackOutcome {
    /** The customer answered. */
    REACHED,
    /** They did not, as often as the queue tries. */
    NOT_REACHED,
    /** It was kept for as long as the queue keeps it. */
    EXPIRED
}
