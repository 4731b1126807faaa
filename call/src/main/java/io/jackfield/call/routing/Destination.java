package io.jackfield.call.routing;

import java.util.List;
import java.util.Optional;

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

    /** Try these in order; at least one. */
    record Trunks(List<TrunkAttempt> attempts) implements Destination {
        public Trunks {
            attempts = List.copyOf(attempts);
        }
    }

    /** One trunk to try. */
    record TrunkAttempt(Trunk trunk, String number, Optional<String> callerId) {}

    /** Nobody has this number: 404. */
    record Unknown() implements Destination {}
}
