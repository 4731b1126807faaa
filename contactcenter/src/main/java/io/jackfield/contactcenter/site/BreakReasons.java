package io.jackfield.contactcenter.site;

import java.util.Set;

/** Reasons for a break that the rules give themselves; a site adds its own. */
public final class BreakReasons {
    /** The phone has registered, and the agent has not said to be ready yet. */
    public static final String LOGGED_IN = "logged-in";

    /** Too many offers were missed in a row. */
    public static final String MISSED = "missed-calls";

    public static final Set<String> RESERVED = Set.of(LOGGED_IN, MISSED);

    private BreakReasons() {}
}
