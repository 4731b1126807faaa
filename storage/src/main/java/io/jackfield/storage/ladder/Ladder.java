package io.jackfield.storage.ladder;

import java.util.List;

/**
 * All that is kept of one call.
 *
 * @param dialogs its legs, in the order in which they began
 * @param rows by time
 */
public record Ladder(LadderHead head, List<LadderChange.Dialog> dialogs, List<LadderRow> rows) {
    public Ladder {
        dialogs = List.copyOf(dialogs);
        rows = List.copyOf(rows);
    }
}
