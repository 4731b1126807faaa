package io.jackfield.observe.ladder;

import io.jackfield.storage.ladder.LadderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is different in a session description from the one that the same side sent before on that
 * leg. Pure.
 */
public final class SdpChanges {
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private SdpChanges() {}

    /**
     * For every row in turn: lines that went, each with a minus, and lines that came, each with a
     * plus; empty for a row without a description, or with the first of its side, or the same.
     */
    public static List<List<String>> of(List<LadderRow> rows) {
        Map<String, List<String>> before = new HashMap<>();
        List<List<String>> changes = new ArrayList<>();
        for (LadderRow row : rows) {
            List<String> now = description(row);
            if (now.isEmpty()) {
                changes.add(List.of());
                continue;
            }
            List<String> last = before.put(row.leg() + (row.sent() ? ">" : "<"), now);
            changes.add(last == null ? List.of() : between(last, now));
        }
        return changes;
    }

    private static List<String> between(List<String> last, List<String> now) {
        List<String> changes = new ArrayList<>();
        last.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add("-" + line));
        now.stream().filter(line -> !last.contains(line)).forEach(line -> changes.add("+" + line));
        return changes;
    }

    private static List<String> description(LadderRow row) {
        int body = row.text().indexOf(END_OF_HEADERS);
        if (row.kind() != LadderRow.Kind.SIP || body < 0) {
            return List.of();
        }
        String text = row.text().substring(body + END_OF_HEADERS.length());
        return text.startsWith("v=0")
                ? text.lines().filter(line -> !line.isEmpty()).toList()
                : List.of();
    }
}
