package io.jackfield.contactcenter.agent;

/** Why an offer came to nothing. */
public enum Miss {
    NO_ANSWER,
    REFUSED,
    BUSY,
    UNREACHABLE
}
