package io.jackfield.api.events;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events a listener wants; an empty set means all.
 *
 * @param types words of {@link EventType}
 */
public record EventFilter(Set<String> types, Set<String> agents, Set<String> queues) {
    /** More than there are types; whoever wants more agents asks for all. */
    private static final int WORDS_MAX = 100;

    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of(), Set.of());

    public EventFilter {
        types = Set.copyOf(types);
        agents = Set.copyOf(agents);
        queues = Set.copyOf(queues);
    }

    /** A request that cannot be served, in words for who made it. */
    public static final class Unclear extends Exception {
        private static final long serialVersionUID = 1;

        Unclear(String words) {
            super(words);
        }

        /** What is wrong, and what to do. */
        public String words() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * As the parameters {@code types}, {@code agent} and {@code queue} say it, with commas.
     *
     * @param parameter gives the value of one, null where it is not there
     */
    public static EventFilter of(Function<String, @Nullable String> parameter) throws Unclear {
        Set<String> types = words(parameter, "types");
        Optional<String> unknown =
                types.stream().filter(t -> EventType.of(t).isEmpty()).sorted().findFirst();
        if (unknown.isPresent()) {
            throw new Unclear(
                    "types: there is no event '"
                            + unknown.get()
                            + "'. There are "
                            + Arrays.stream(EventType.values())
                                    .map(EventType::word)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return new EventFilter(types, words(parameter, "agent"), words(parameter, "queue"));
    }

    private static Set<String> words(Function<String, @Nullable String> parameter, String name)
            throws Unclear {
        String text = parameter.apply(name);
        if (text == null) {
            return Set.of();
        }
        List<String> words =
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(w -> !w.isEmpty())
                        .toList();
        if (words.size() > WORDS_MAX) {
            throw new Unclear(name + ": no more than " + WORDS_MAX + " can be named.");
        }
        return Set.copyOf(words);
    }

    /** Whether the listener wants that one. */
    public boolean wants(EventLine line) {
        return (types.isEmpty() || types.contains(line.type()))
                && (agents.isEmpty() || line.agent().filter(agents::contains).isPresent())
                && (queues.isEmpty() || line.queue().filter(queues::contains).isPresent());
    }
}
