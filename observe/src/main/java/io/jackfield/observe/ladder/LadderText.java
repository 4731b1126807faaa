package io.jackfield.observe.ladder;

import io.jackfield.storage.ladder.Ladder;
import io.jackfield.storage.ladder.LadderChange;
import io.jackfield.storage.ladder.LadderRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A ladder as text, for a terminal, a ticket or a mail. Pure; what strangers wrote is escaped. */
public final class LadderText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int INDENT = 4;

    private LadderText() {}

    /** All of it: first the rows in short, then every message in full. */
    public static String of(Ladder ladder) {
        StringBuilder out = new StringBuilder(4096);
        long began = ladder.head().beganMicros();
        out.append(harmless(ladder.head().id()))
                .append("  ")
                .append(time(began))
                .append(" UTC  ")
                .append(harmless(ladder.head().caller()))
                .append(" -> ")
                .append(harmless(ladder.head().callee()));
        if (ladder.head().endedMicros() > 0) {
            out.append("  ")
                    .append(ladder.head().status())
                    .append(' ')
                    .append(harmless(ladder.head().cause()));
        }
        out.append('\n');
        for (LadderChange.Dialog dialog : ladder.dialogs()) {
            out.append("  leg ")
                    .append(harmless(dialog.leg()))
                    .append("  ")
                    .append(harmless(dialog.party()))
                    .append("  Call-ID ")
                    .append(harmless(dialog.sipCallId()))
                    .append('\n');
        }
        out.append('\n');
        for (LadderRow row : ladder.rows()) {
            out.append(String.format(Locale.ROOT, "%+10.3f s  ", (row.atMicros() - began) / 1e6))
                    .append(line(row))
                    .append('\n');
        }
        List<List<String>> changes = SdpChanges.of(ladder.rows());
        for (int i = 0; i < ladder.rows().size(); i++) {
            LadderRow row = ladder.rows().get(i);
            if (row.kind() == LadderRow.Kind.SIP) {
                out.append('\n').append(message(row, changes.get(i)));
            }
        }
        return out.toString();
    }

    /** One row in one line, without its time. */
    public static String line(LadderRow row) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-9s ", row.kind()));
        if (row.kind() == LadderRow.Kind.SIP || row.kind() == LadderRow.Kind.REFUSED) {
            out.append(row.transport())
                    .append(' ')
                    .append(row.local())
                    .append(row.sent() ? " --> " : " <-- ")
                    .append(row.remote())
                    .append("  ");
        }
        out.append(harmless(row.title()));
        if (row.kind() != LadderRow.Kind.SIP && !row.text().isEmpty()) {
            out.append(": ").append(harmless(row.text()));
        }
        return out.append(row.leg().isEmpty() ? "" : "  [" + harmless(row.leg()) + "]").toString();
    }

    /** A message in full, under a line that says when, where from and where to. */
    public static String message(LadderRow row, List<String> sdpChanges) {
        StringBuilder out = new StringBuilder(row.text().length() + 256);
        out.append(time(row.atMicros())).append("  ").append(line(row)).append('\n');
        row.text().lines().forEach(line -> indented(out, line));
        if (!sdpChanges.isEmpty()) {
            out.append("  changed in the description:\n");
            sdpChanges.forEach(line -> indented(out, line));
        }
        return out.toString();
    }

    private static void indented(StringBuilder out, String line) {
        out.append(" ".repeat(INDENT)).append(harmless(line)).append('\n');
    }

    /** Nothing that a terminal would take for a command. */
    private static String harmless(String text) {
        if (text.chars().noneMatch(c -> Character.isISOControl(c))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(Character.isISOControl(c) ? '?' : (char) c));
        return out.toString();
    }

    static String time(long micros) {
        return TIME.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
