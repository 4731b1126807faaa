package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Trunk;
import java.util.Optional;

/** Who is at the other end of a leg. */
public sealed interface Party {
    /** What the other side sees as the number. */
    String number();

    /** The name beside the number. */
    Optional<String> displayName();

    /**
     * An agent's phone.
     *
     * @param instance tells this phone from the agent's others (RFC 5626 §4.1)
     * @param codecs the agent's policy
     */
    record Phone(
            String agent,
            Optional<String> displayName,
            Optional<String> instance,
            CodecPolicy codecs)
            implements Party {
        /** With {@link CodecPolicy#PASSTHROUGH}. */
        public Phone(String agent, Optional<String> displayName, Optional<String> instance) {
            this(agent, displayName, instance, CodecPolicy.PASSTHROUGH);
        }

        /** A phone of that agent. */
        public static Phone of(Agent agent, Optional<String> instance) {
            return new Phone(agent.name(), agent.displayName(), instance, agent.codecPolicy());
        }

        @Override
        public String number() {
            return agent;
        }
    }

    /**
     * Somebody in the telephone network.
     *
     * @param number who calls, or who is called
     */
    record Customer(Trunk trunk, String number, Optional<String> displayName) implements Party {}
}
