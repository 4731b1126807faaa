package io.jackfield.protocol.sip;

import java.util.List;
import java.util.Optional;

/**
 * A message cut into lines, its values not yet read.
 *
 * @param bytes what was received; not copied
 * @param startLine without its line break
 * @param lines the headers that are whole lines free of control characters
 * @param bodyStart behind the empty line; -1 when there is none
 * @param end of what was received
 * @param problem the first thing that keeps this from being a message
 */
// The array is shared inside one call of the parser and never compared.
@SuppressWarnings("ArrayRecordComponent")
record Head(
        byte[] bytes,
        Span startLine,
        List<Line> lines,
        int bodyStart,
        int end,
        Optional<Malformed> problem) {
    /** Bytes from there to there. */
    record Span(int from, int to) {}

    /**
     * One header.
     *
     * @param name canonical
     */
    record Line(String name, int from, int to) {}

    Cursor startLineCursor() {
        return new Cursor(bytes, startLine.from(), startLine.to());
    }

    Cursor cursor(Line line) {
        return new Cursor(bytes, line.from(), line.to());
    }

    /** The line's value, unfolded. */
    String text(Line line) {
        return Text.unfolded(bytes, line.from(), line.to());
    }

    Optional<Line> first(String name) {
        return lines.stream().filter(line -> line.name().equals(name)).findFirst();
    }
}
