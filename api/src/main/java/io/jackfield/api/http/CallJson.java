package io.jackfield.api.http;

import io.jackfield.call.b2bua.CallSnapshot;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.Heard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls and call records as JSON; names are those of the table's columns, unknown is null. */
final class CallJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private CallJson() {}

    static ObjectNode records(List<Cdr> records) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("cdrs");
        records.forEach(record -> list.add(record(record)));
        return body;
    }

    private static ObjectNode record(Cdr cdr) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", cdr.id());
        node.put("reference", cdr.reference().orElse(null));
        node.put("direction", word(cdr.direction()));
        node.put("caller", cdr.caller());
        node.put("callee", cdr.callee());
        node.put("answered_by", cdr.answeredBy().orElse(null));
        node.put("legs", cdr.legs());
        node.put("started_at", cdr.startedAt().toString());
        node.put("ring_ms", cdr.ringMillis());
        node.put("talk_ms", cdr.talkMillis());
        node.put("hangup_side", word(cdr.hangupSide()));
        node.put("cause", cdr.cause());
        node.put("sip_status", cdr.sipStatus());
        node.put("codec", cdr.codec().orElse(null));
        heard(node, "agent_heard_", cdr.agentHeard());
        heard(node, "customer_heard_", cdr.customerHeard());
        node.put("recording", cdr.recording().orElse(null));
        node.set("quality", cdr.quality().map(CallJson::object).orElseGet(NullNode::getInstance));
        return node;
    }

    /** It was JSON when it was written; what a stranger has made of it since is left out. */
    private static JsonNode object(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException damaged) {
            return NullNode.getInstance();
        }
    }

    private static void heard(ObjectNode node, String prefix, Heard heard) {
        node.put(prefix + "packets", heard.packets().orElse(null));
        node.put(prefix + "lost", heard.lost().orElse(null));
        node.put(prefix + "jitter_ms", heard.jitterMillis().orElse(null));
        node.put(prefix + "rtt_ms", heard.rttMillis().orElse(null));
    }

    static ObjectNode running(List<CallSnapshot> calls) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode list = body.putArray("calls");
        for (CallSnapshot call : calls) {
            ObjectNode node = list.addObject();
            node.put("id", call.id());
            node.put("caller", call.caller());
            node.put("callee", call.callee());
            node.put("started_at", call.startedAt().toString());
            node.put("answered_at", text(call.answeredAt()));
            node.put("legs", call.legs());
            node.put("recorded", call.recorded());
            ArrayNode parties = node.putArray("parties");
            call.parties()
                    .forEach(party ->
                            parties.addObject()
                                    .put("leg", party.legId())
                                    .put("name", party.name())
                                    .put("number", party.number())
                                    .put("part", party.part()));
        }
        return body;
    }

    private static @org.jspecify.annotations.Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
