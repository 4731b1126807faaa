package io.jackfield.storage.spool;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.Heard;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call record as one line of JSON. Names are those of the table's columns; what is not known is
 * left out. Any thread.
 */
public final class CdrLine {
    private static final JsonMapper JSON = JsonMapper.shared();

    private CdrLine() {}

    /** The line with its line feed. JSON escapes line feeds within. */
    public static byte[] encode(Cdr cdr) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", cdr.id());
        cdr.reference().ifPresent(v -> node.put("reference", v));
        node.put("direction", cdr.direction().name());
        node.put("caller", cdr.caller());
        node.put("callee", cdr.callee());
        cdr.answeredBy().ifPresent(v -> node.put("answered_by", v));
        node.put("legs", cdr.legs());
        node.put("started_at", cdr.startedAt().toString());
        node.put("ring_ms", cdr.ringMillis());
        node.put("talk_ms", cdr.talkMillis());
        node.put("hangup_side", cdr.hangupSide().name());
        node.put("cause", cdr.cause());
        node.put("sip_status", cdr.sipStatus());
        cdr.codec().ifPresent(v -> node.put("codec", v));
        heard(node, "agent_heard_", cdr.agentHeard());
        heard(node, "customer_heard_", cdr.customerHeard());
        cdr.recording().ifPresent(v -> node.put("recording", v));
        cdr.quality().ifPresent(v -> node.put("quality", v));
        return (JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void heard(ObjectNode node, String prefix, Heard heard) {
        heard.packets().ifPresent(v -> node.put(prefix + "packets", v));
        heard.lost().ifPresent(v -> node.put(prefix + "lost", v));
        heard.jitterMillis().ifPresent(v -> node.put(prefix + "jitter_ms", v));
        heard.rttMillis().ifPresent(v -> node.put(prefix + "rtt_ms", v));
    }

    /** The record of a line; empty when it is none, as after a disk error. */
    public static Optional<Cdr> decode(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node.isObject() ? Optional.of(record(node)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static Cdr record(JsonNode node) {
        return new Cdr(
                required(node, "id").asString(),
                text(node, "reference"),
                Cdr.Direction.valueOf(required(node, "direction").asString()),
                required(node, "caller").asString(),
                required(node, "callee").asString(),
                text(node, "answered_by"),
                required(node, "legs").asInt(),
                Instant.parse(required(node, "started_at").asString()),
                required(node, "ring_ms").asLong(),
                required(node, "talk_ms").asLong(),
                Cdr.HangupSide.valueOf(required(node, "hangup_side").asString()),
                required(node, "cause").asString(),
                required(node, "sip_status").asInt(),
                text(node, "codec"),
                heard(node, "agent_heard_"),
                heard(node, "customer_heard_"),
                text(node, "recording"),
                text(node, "quality"));
    }

    private static Heard heard(JsonNode node, String prefix) {
        return new Heard(
                whole(node, prefix + "packets"),
                whole(node, prefix + "lost"),
                fraction(node, prefix + "jitter_ms"),
                fraction(node, prefix + "rtt_ms"));
    }

    private static JsonNode required(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asString);
    }

    private static Optional<Long> whole(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asLong);
    }

    private static Optional<Double> fraction(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).map(JsonNode::asDouble);
    }
}
