package io.jackfield.api.events;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as it is sent: one line of JSON, and what of it listeners choose by.
 *
 * @param id grows with every event, over restarts as well; below 2^53, so that JavaScript holds it
 * @param type a word of {@link EventType}
 * @param json without a line break
 */
public record EventLine(
        long id, String type, Optional<String> agent, Optional<String> queue, String json) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** That fact with its id and its time. */
    public static EventLine of(long id, Instant at, Fact fact) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", id);
        node.put("type", fact.type().word());
        node.put("at", at.toString());
        node.put("call", fact.call().orElse(null));
        node.put("ref", fact.ref().orElse(null));
        node.put("agent", fact.agent().orElse(null));
        node.put("queue", fact.queue().orElse(null));
        node.put("number", fact.number().orElse(null));
        fact.details()
                .forEach((name, value) -> {
                    switch (value) {
                        case Boolean truth -> node.put(name, truth);
                        case Number number -> node.put(name, number.longValue());
                        default -> node.put(name, value.toString());
                    }
                });
        return new EventLine(
                id, fact.type().word(), fact.agent(), fact.queue(), JSON.writeValueAsString(node));
    }

    /** Reads a line that was written; empty when it is none. */
    public static Optional<EventLine> read(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            long id = node.path("id").asLong(0);
            String type = node.path("type").asString("");
            if (id <= 0 || type.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new EventLine(id, type, text(node, "agent"), text(node, "queue"), json));
        } catch (JacksonException torn) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asString("")).filter(t -> !t.isEmpty());
    }
}
