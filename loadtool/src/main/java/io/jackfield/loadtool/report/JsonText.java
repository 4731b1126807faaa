package io.jackfield.loadtool.report;

import java.util.Locale;

/** Writes nested JSON objects (RFC 8259), one field a line. */
public final class JsonText {
    private static final char FIRST_PRINTABLE = ' ';

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean empty = true;

    /** The outermost object. */
    public JsonText begin() {
        open();
        return this;
    }

    /** An object inside. */
    public void begin(String name) {
        name(name);
        open();
    }

    /** An object in a list. */
    public void beginItem() {
        comma();
        newLine();
        open();
    }

    /** A list of objects. */
    public void beginList(String name) {
        name(name);
        text.append('[');
        depth++;
        empty = true;
    }

    public void endList() {
        depth--;
        if (!empty) {
            newLine();
        }
        text.append(']');
        empty = false;
    }

    private void open() {
        text.append('{');
        depth++;
        empty = true;
    }

    public void end() {
        depth--;
        if (!empty) {
            newLine();
        }
        text.append('}');
        empty = false;
    }

    public void field(String name, long value) {
        name(name);
        text.append(value);
    }

    /** With three decimals. */
    public void field(String name, double value) {
        name(name);
        text.append(String.format(Locale.ROOT, "%.3f", value));
    }

    /** As it is. */
    public void exactly(String name, double value) {
        name(name);
        text.append(Double.isFinite(value) ? Double.toString(value) : "null");
    }

    public void field(String name, boolean value) {
        name(name);
        text.append(value);
    }

    public void field(String name, String value) {
        name(name);
        quoted(value);
    }

    private void comma() {
        if (!empty) {
            text.append(',');
        }
        empty = false;
    }

    private void name(String name) {
        comma();
        newLine();
        quoted(name);
        text.append(": ");
    }

    private void newLine() {
        text.append('\n').repeat("  ", depth);
    }

    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    public String text() {
        return text.toString();
    }
}
