package io.jackfield.contactcenter.site;

/** Why a caller leaves a queue without having been answered or having hung up. */
public enum OverflowCause {
    TIMEOUT,
    FULL,
    CLOSED,
    JOIN_EMPTY,
    LEAVE_EMPTY
}
