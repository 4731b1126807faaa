package io.jackfield.api.http;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, and what they may.
 *
 * @param who name of a key, for logs and histories
 * @param agent the only one for whom they may act; empty: for all
 */
public record Access(String who, Set<Scope> scopes, Optional<String> agent) {
    public Access {
        scopes = Set.copyOf(scopes);
    }

    /** Everything: for the token of the configuration and for trusted addresses. */
    static Access all(String who) {
        return new Access(who, EnumSet.allOf(Scope.class), Optional.empty());
    }

    /** Somebody of whom nothing was asked. */
    static Access nobody() {
        return new Access("", Set.of(), Optional.empty());
    }

    /** Whether they may act for that agent. */
    public boolean mayActFor(String name) {
        return agent.isEmpty() || agent.get().equals(name);
    }

    /** Said where they may not. */
    Problem onlyFor() {
        return Problem.forbidden("This key may act for agent " + agent.orElse("") + " alone.");
    }
}
