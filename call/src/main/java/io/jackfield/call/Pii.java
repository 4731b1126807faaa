package io.jackfield.call;

/**
 * A person's number or name, for a log: the first and the last two characters, the rest hidden.
 * Extensions of up to four characters are shown whole; they say nothing outside the house. A longer
 * one than any number is cut, so that whoever makes it up does not fill the log.
 */
public record Pii(String value) {
    private static final int SHORT = 4;

    /** Twice the longest telephone number (ITU-T E.164: 15 digits). */
    private static final int SHOWN_MAX = 32;

    public static Pii of(String value) {
        return new Pii(value);
    }

    @Override
    public String toString() {
        int length = value.length();
        if (length <= SHORT) {
            return harmless(value);
        }
        int hidden = Math.min(length, SHOWN_MAX) - 3;
        return harmless(value.substring(0, 1))
                + "*".repeat(hidden)
                + harmless(value.substring(length - 2));
    }

    /** Nothing that ends a line, a quotation or a terminal's patience. */
    private static String harmless(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> out.append(c > ' ' && c < 127 && c != '"' ? (char) c : '?'));
        return out.toString();
    }
}
