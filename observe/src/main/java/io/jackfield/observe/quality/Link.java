package io.jackfield.observe.quality;

/** One direction of one leg's network, as an engineer names it. */
public enum Link {
    /** From an agent's browser to us. */
    AGENT_UP,
    /** From us to an agent's browser. */
    AGENT_DOWN,
    /** From a trunk to us. */
    TRUNK_IN,
    /** From us to a trunk. */
    TRUNK_OUT,
    /** No network: our own machine was too busy. */
    MACHINE;

    static Link of(boolean agent, boolean toUs) {
        if (agent) {
            return toUs ? AGENT_UP : AGENT_DOWN;
        }
        return toUs ? TRUNK_IN : TRUNK_OUT;
    }
}
