package io.jackfield.call.routing;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a dialled number turned out to be. */
public sealed interface Destination {
    /** The echo, extension 600. */
    record Echo() implements Destination {}

    /** The echo that measures, extension 601. */
    record QualityEcho() implements Destination {}

    /** Ring all phones of these agents; at least one. */
    record Agents(List<Agent> agents) implements Destination {
        public Agents {
            agents = List.copyOf(agents);
        }
    }

    /**
     * Wait for an agent.
     *
     * @param number of a queue of the site
     */
    record Waiting(String number) implements Destination {}

    /** Hear a menu, and choose. */
    record InMenu(String name) implements Destination {}

    /** Try these in order; at least one. */
    record Trunks(List<TrunkAttempt> attempts) implements Destination {
        public Trunks {
            attempts = List.copyOf(attempts);
        }
    }

    /**
     * These trunks, once a call token has been found good and never before: whoever meets this and
     * has no token to show answers 403.
     *
     * @param campaigns which the token may be for; empty: any
     */
    record WithToken(Trunks trunks, Set<String> campaigns) implements Destination {
        public WithToken {
            campaigns = Set.copyOf(campaigns);
        }

        /** What the trunks would be told: all of them the same. */
        public String number() {
            return trunks.attempts().getFirst().number();
        }
    }

    /** One trunk to try. */
    record TrunkAttempt(Trunk trunk, String number, Optional<String> callerId) {}

    /** Nobody has this number: 404. */
    record Unknown() implements Destination {}
}
