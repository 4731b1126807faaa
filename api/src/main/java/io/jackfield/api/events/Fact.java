package io.jackfield.api.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What happened, before it has an id and a time.
 *
 * @param call whose
 * @param ref the CRM's own id of the call, from {@code X-Call-Ref}
 * @param number the customer's, or, between agents, the one that was dialled
 * @param details what only this type has: text, whole numbers, true and false, in that order. No
 *     text is longer than {@value #TEXT_MAX} characters; what is longer is cut.
 */
public record Fact(
        EventType type,
        Optional<String> call,
        Optional<String> ref,
        Optional<String> agent,
        Optional<String> queue,
        Optional<String> number,
        Map<String, Object> details) {
    /** Longer than any name or number of a person; strangers write some of these texts. */
    static final int TEXT_MAX = 256;

    public Fact {
        call = call.map(Fact::clip);
        ref = ref.map(Fact::clip);
        agent = agent.map(Fact::clip);
        queue = queue.map(Fact::clip);
        number = number.map(Fact::clip);
        Map<String, Object> clipped = new LinkedHashMap<>();
        details.forEach(
                (name, value) -> clipped.put(name, value instanceof String t ? clip(t) : value));
        details = Collections.unmodifiableMap(clipped);
    }

    /** A fact about nobody yet. */
    public static Fact of(EventType type) {
        return new Fact(
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    Fact agent(Optional<String> who) {
        return new Fact(type, call, ref, who, queue, number, details);
    }

    Fact agent(String who) {
        return agent(Optional.of(who));
    }

    Fact queue(String which) {
        return new Fact(type, call, ref, agent, Optional.of(which), number, details);
    }

    Fact number(String which) {
        Optional<String> known = Optional.of(which).filter(n -> !n.isEmpty());
        return new Fact(type, call, ref, agent, queue, known, details);
    }

    Fact call(Optional<String> id) {
        return new Fact(type, id, ref, agent, queue, number, details);
    }

    Fact with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Fact(type, call, ref, agent, queue, number, more);
    }

    Fact maybe(String name, Optional<?> value) {
        return value.isPresent() ? with(name, value.get()) : this;
    }

    private static String clip(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
