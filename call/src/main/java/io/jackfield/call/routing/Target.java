package io.jackfield.call.routing;

import java.util.List;
import java.util.Optional;

/** Where a rule leads. */
public sealed interface Target {
    /** The trunks named here; none for other targets. */
    default List<String> trunkNames() {
        return List.of();
    }

    /**
     * Over these trunks, in order, the next one when the last gave 5xx, 408 or nothing.
     *
     * @param strip how many leading characters are taken off what was dialled
     * @param prepend what is put before the rest
     * @param callerId overrides the trunk's own
     */
    record ToTrunks(List<String> trunks, int strip, String prepend, Optional<String> callerId)
            implements Target {
        public ToTrunks {
            trunks = List.copyOf(trunks);
            if (trunks.isEmpty()) {
                throw new InvalidSite("a route to trunks names at least one");
            }
            if (strip < 0) {
                throw new InvalidSite("strip is 0 or more");
            }
        }

        @Override
        public List<String> trunkNames() {
            return trunks;
        }

        /** What is dialled on the trunk. */
        public String number(String dialled) {
            return prepend + dialled.substring(Math.min(strip, dialled.length()));
        }
    }

    /**
     * To an agent.
     *
     * @param template the agent's name; each {@code X} is replaced by the next character that a
     *     wildcard of the pattern stood for
     */
    record ToAgent(String template) implements Target {
        /** The agent's name for those wildcards. */
        public String name(String wildcards) {
            StringBuilder out = new StringBuilder(template.length());
            int next = 0;
            for (int i = 0; i < template.length(); i++) {
                boolean fill = template.charAt(i) == 'X' && next < wildcards.length();
                out.append(fill ? wildcards.charAt(next++) : template.charAt(i));
            }
            return out.toString();
        }
    }

    /** To a menu, which asks where to. */
    record ToMenu(String name) implements Target {}

    /** To the members of a queue. */
    record ToQueue(String number) implements Target {}
}
