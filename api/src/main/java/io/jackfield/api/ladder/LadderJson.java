package io.jackfield.api.ladder;

import io.jackfield.observe.ladder.SdpChanges;
import io.jackfield.observe.ladder.SeenRow;
import io.jackfield.storage.ladder.Ladder;
import io.jackfield.storage.ladder.LadderChange;
import io.jackfield.storage.ladder.LadderHead;
import io.jackfield.storage.ladder.LadderRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ladders as the API says them. Pure. */
final class LadderJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private LadderJson() {}

    static ObjectNode of(LadderHead head) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", head.id());
        node.put("kind", word(head.kind()));
        node.put("began_at", time(head.beganMicros()));
        node.put("ended_at", head.endedMicros() == 0 ? null : time(head.endedMicros()));
        node.put("caller", head.caller());
        node.put("callee", head.callee());
        node.put("cause", head.endedMicros() == 0 ? null : head.cause());
        if (head.status() == 0) {
            node.putNull("sip_status");
        } else {
            node.put("sip_status", head.status());
        }
        return node;
    }

    static ObjectNode of(Ladder ladder) {
        ObjectNode node = of(ladder.head());
        ArrayNode legs = node.putArray("legs");
        for (LadderChange.Dialog dialog : ladder.dialogs()) {
            ObjectNode leg = legs.addObject();
            leg.put("leg", dialog.leg());
            leg.put("party", dialog.party());
            leg.put("sip_call_id", dialog.sipCallId());
        }
        ArrayNode rows = node.putArray("rows");
        List<List<String>> changes = SdpChanges.of(ladder.rows());
        for (int i = 0; i < ladder.rows().size(); i++) {
            LadderRow row = ladder.rows().get(i);
            ObjectNode one = of(row);
            one.put("offset_ms", (row.atMicros() - ladder.head().beganMicros()) / 1e3);
            ArrayNode changed = one.putArray("sdp_changes");
            changes.get(i).forEach(changed::add);
            rows.add(one);
        }
        return node;
    }

    static ObjectNode of(SeenRow seen) {
        ObjectNode node = of(seen.row());
        node.put("call", seen.callId().isEmpty() ? null : seen.callId());
        node.put("party", seen.party());
        node.put("caller", seen.caller());
        node.put("callee", seen.callee());
        return node;
    }

    private static ObjectNode of(LadderRow row) {
        ObjectNode node = JSON.createObjectNode();
        node.put("at", time(row.atMicros()));
        node.put("kind", word(row.kind()));
        node.put("leg", row.leg());
        boolean travelled = !row.transport().isEmpty();
        node.put("direction", travelled ? row.sent() ? "out" : "in" : null);
        node.put("transport", travelled ? row.transport() : null);
        node.put("local", row.local());
        node.put("remote", row.remote());
        node.put("title", row.title());
        node.put("text", row.text());
        return node;
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
