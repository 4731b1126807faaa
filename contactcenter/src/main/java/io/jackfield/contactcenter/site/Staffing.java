package io.jackfield.contactcenter.site;

/** Whether a queue has people enough for callers to join it, or to stay. */
public enum Staffing {
    /** Always. */
    ANY,
    /** While a member is not offline. A lost phone counts as there for its grace. */
    STAFFED,
    /** While a member is neither offline, nor on a break, nor without a network. */
    WORKING
}
