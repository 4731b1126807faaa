package io.jackfield.call.routing;

import java.util.Optional;

/**
 * A dial pattern as Asterisk writes it: plain digits match themselves; after an underscore {@code
 * X} is 0–9, {@code Z} 1–9, {@code N} 2–9, {@code [2-5]} a set, {@code .} one or more of anything
 * and {@code !} none or more.
 *
 * @param text 1 to 64 characters
 */
public record DialPattern(String text) {
    private static final int LENGTH_MAX = 64;
    private static final int ANY = 256;

    public DialPattern {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            throw new InvalidSite("a pattern has 1 to 64 characters");
        }
        if (text.startsWith("_")) {
            checkSets(text);
        }
    }

    /** True when this has wildcards. */
    public boolean wild() {
        return text.startsWith("_");
    }

    /**
     * Matches a whole dialled string.
     *
     * @return what the wildcards stood for, in order; empty when it does not match
     */
    public Optional<String> match(String dialled) {
        if (!wild()) {
            return text.equals(dialled) ? Optional.of("") : Optional.empty();
        }
        StringBuilder wildcards = new StringBuilder();
        int at = 0;
        int i = 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '.' || c == '!') {
                boolean enough = at < dialled.length() || c == '!';
                return enough
                        ? Optional.of(wildcards.append(dialled.substring(at)).toString())
                        : Optional.empty();
            }
            if (at >= dialled.length()) {
                return Optional.empty();
            }
            int end = elementEnd(i);
            if (!elementMatches(i, end, dialled.charAt(at))) {
                return Optional.empty();
            }
            if (elementSize(i) > 1) {
                wildcards.append(dialled.charAt(at));
            }
            at++;
            i = end;
        }
        return at == dialled.length() ? Optional.of(wildcards.toString()) : Optional.empty();
    }

    /**
     * Says which of two matching patterns is meant: at the first place where they differ, the one
     * that allows fewer characters wins, as in Asterisk.
     *
     * @return negative when this is the more specific one
     */
    public int moreSpecificThan(DialPattern other) {
        if (wild() != other.wild()) {
            return wild() ? 1 : -1;
        }
        int i = wild() ? 1 : 0;
        int j = i;
        while (i < text.length() && j < other.text.length()) {
            int difference = Integer.compare(elementSize(i), other.elementSize(j));
            if (difference != 0) {
                return difference;
            }
            i = elementEnd(i);
            j = other.elementEnd(j);
        }
        return Integer.compare(other.text.length(), text.length());
    }

    private int elementEnd(int i) {
        return wild() && text.charAt(i) == '[' ? text.indexOf(']', i) + 1 : i + 1;
    }

    /** How many characters the element at {@code i} allows. */
    private int elementSize(int i) {
        if (!wild()) {
            return 1;
        }
        return switch (text.charAt(i)) {
            case 'X', 'x' -> 10;
            case 'Z', 'z' -> 9;
            case 'N', 'n' -> 8;
            case '.' -> ANY;
            case '!' -> ANY + 1;
            case '[' -> {
                int size = 0;
                for (char c = '!'; c <= '~'; c++) {
                    size += inSet(i, elementEnd(i), c) ? 1 : 0;
                }
                yield size;
            }
            default -> 1;
        };
    }

    private boolean elementMatches(int i, int end, char c) {
        return switch (text.charAt(i)) {
            case 'X', 'x' -> c >= '0' && c <= '9';
            case 'Z', 'z' -> c >= '1' && c <= '9';
            case 'N', 'n' -> c >= '2' && c <= '9';
            case '[' -> inSet(i, end, c);
            default -> text.charAt(i) == c;
        };
    }

    private boolean inSet(int open, int end, char c) {
        for (int k = open + 1; k < end - 1; k++) {
            boolean range = k + 2 < end - 1 && text.charAt(k + 1) == '-';
            if (range && c >= text.charAt(k) && c <= text.charAt(k + 2)) {
                return true;
            }
            if (!range && text.charAt(k) == c) {
                return true;
            }
            if (range) {
                k += 2;
            }
        }
        return false;
    }

    private static void checkSets(String text) {
        int open = text.indexOf('[');
        while (open >= 0) {
            int close = text.indexOf(']', open);
            if (close <= open + 1) {
                throw new InvalidSite("pattern " + text + ": [ needs characters and a ]");
            }
            open = text.indexOf('[', close);
        }
        for (char stop : new char[] {'.', '!'}) {
            int at = text.indexOf(stop);
            if (at >= 0 && at != text.length() - 1) {
                throw new InvalidSite("pattern " + text + ": " + stop + " comes last");
            }
        }
        if (text.length() == 1) {
            throw new InvalidSite("pattern _ matches nothing; write what follows it");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
