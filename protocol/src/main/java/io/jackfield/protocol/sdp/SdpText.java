package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The character classes of RFC 8866 §9, and numbers read without exceptions. */
final class SdpText {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`{|}~";

    private SdpText() {}

    /** One or more token characters. */
    static boolean isToken(String text) {
        return !text.isEmpty() && all(text, SdpText::isTokenChar);
    }

    private static boolean isTokenChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || (c < 128 && TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** "byte-string": anything without NUL, CR and LF, so that it stays on its line. */
    static boolean isByteString(String text) {
        return all(text, c -> c != 0 && c != '\r' && c != '\n');
    }

    /** Visible characters only, at least one: what can be a field between spaces. */
    static boolean isField(String text) {
        return !text.isEmpty()
                && all(text, c -> c > ' ' && c != 0x7f && !Character.isWhitespace(c));
    }

    /**
     * True when all characters pass; a plain loop, since every character of every line comes by.
     */
    private static boolean all(String text, IntPredicate test) {
        for (int i = 0; i < text.length(); i++) {
            if (!test.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** One to {@code digitsMax} decimal digits. */
    static boolean isDigits(String text, int digitsMax) {
        return !text.isEmpty()
                && text.length() <= digitsMax
                && all(text, c -> c >= '0' && c <= '9');
    }

    /** That number, or -1 where the text is not a decimal number of 0 to {@code max}. */
    static long number(String text, long max) {
        if (!isDigits(text, 18)) {
            return -1;
        }
        long value = Long.parseLong(text);
        return value <= max ? value : -1;
    }

    /** {@link #number} for values that fit an int. */
    static int smallNumber(String text, int max) {
        return (int) number(text, max);
    }

    /** The fields between runs of spaces and tabs; none for an empty text. */
    static String[] fields(String text) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && !isBlank(text.charAt(to))) {
                to++;
            }
            if (to > from) {
                fields.add(text.substring(from, to));
            }
            from = to + 1;
        }
        return fields.toArray(String[]::new);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Throws, for our own mistakes, where a record is given what cannot be written. */
    static void check(boolean valid, String what, Object value) {
        if (!valid) {
            throw new IllegalArgumentException("not a valid " + what + ": " + value);
        }
    }
}
