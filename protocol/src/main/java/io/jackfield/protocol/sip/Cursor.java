package io.jackfield.protocol.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the basic rules of RFC 3261 §25.1 from bytes: each byte is looked at once, nothing is tried
 * twice. Positions are byte offsets into the array given.
 */
final class Cursor {
    private static final int BAD_REQUEST = 400;

    private final byte[] bytes;
    private final int end;
    private int position;

    Cursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** Reads a value that came as text; positions are then those of its UTF-8 form. */
    static Cursor over(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Cursor(bytes, 0, bytes.length);
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return position >= end;
    }

    /** The next byte, 0 to 255; -1 at the end. */
    int peek() {
        return peek(0);
    }

    /** The byte that many places ahead; -1 beyond the end. */
    int peek(int ahead) {
        int at = position + ahead;
        return at < end ? bytes[at] & 0xFF : -1;
    }

    void skip(int count) {
        position += count;
    }

    /** The next byte, taken; not at the end. */
    int next() {
        return bytes[position++] & 0xFF;
    }

    /** Goes back to a place it has been at. */
    void back(int earlier) {
        position = earlier;
    }

    /** A cursor over what comes before the first of these; this one goes on behind it. */
    Cursor until(String stops) {
        int start = position;
        while (!atEnd() && stops.indexOf(peek()) < 0) {
            position++;
        }
        return new Cursor(bytes, start, position);
    }

    /** Takes the next byte if it is {@code c}. */
    boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        position++;
        return true;
    }

    /** LWS and SWS: blanks, tabs and line breaks followed by one of them; maybe none. */
    void skipLws() {
        while (true) {
            int c = peek();
            if (c == ' ' || c == '\t') {
                position++;
            } else if (c == '\r' && peek(1) == '\n' && (peek(2) == ' ' || peek(2) == '\t')) {
                position += 3;
            } else {
                return;
            }
        }
    }

    /** Takes {@code c} with white space on both sides, if it comes next. */
    boolean takeSeparator(char c) {
        int start = position;
        skipLws();
        if (take(c)) {
            skipLws();
            return true;
        }
        position = start;
        return false;
    }

    /** White space, at least some. */
    void expectLws() throws Malformed {
        int start = position;
        skipLws();
        if (position == start) {
            throw malformed("expected a blank");
        }
    }

    /** A comment in parentheses, with those inside it; deep nesting costs no stack. */
    void skipComment() throws Malformed {
        int depth = 0;
        do {
            switch (peek()) {
                case -1 -> throw malformed("comment without an end");
                case '(' -> depth++;
                case ')' -> depth--;
                case '\\' -> position++;
                default -> {}
            }
            position++;
        } while (depth > 0);
    }

    /** Fails unless only white space is left. */
    void expectEnd() throws Malformed {
        skipLws();
        if (!atEnd()) {
            throw malformed("something follows the value");
        }
    }

    void expect(char c) throws Malformed {
        if (!take(c)) {
            throw malformed("expected '" + c + "'");
        }
    }

    void expectSeparator(char c) throws Malformed {
        skipLws();
        expect(c);
        skipLws();
    }

    /** One or more token characters. */
    String token(String what) throws Malformed {
        int start = position;
        while (!atEnd() && Tokens.isTokenChar(peek())) {
            position++;
        }
        if (position == start) {
            throw malformed("expected " + what);
        }
        return ascii(start, position);
    }

    /** A parameter's value without quotes: a token or a host. */
    String bareValue() throws Malformed {
        int start = position;
        while (!atEnd() && (Tokens.isTokenChar(peek()) || Tokens.isHostChar(peek()))) {
            position++;
        }
        if (position == start) {
            throw malformed("expected a value");
        }
        return ascii(start, position);
    }

    /** One decimal digit, its value. */
    int digit() throws Malformed {
        if (!Tokens.isDigit(peek())) {
            throw malformed("expected a number");
        }
        return next() - '0';
    }

    /**
     * A decimal number of any number of digits.
     *
     * @param max larger ones fail
     */
    long number(long max, String what) throws Malformed {
        int start = position;
        long value = 0;
        while (Tokens.isDigit(peek())) {
            value = value * 10 + digit();
            if (value > max) {
                throw new Malformed(BAD_REQUEST, start, what + " is too large");
            }
        }
        if (position == start) {
            throw malformed("expected " + what);
        }
        return value;
    }

    /**
     * A quoted-string, unescaped and without its quotes. Line breaks inside are folds and become
     * one blank; escaped control characters are refused, though the grammar has them, since no name
     * needs them and logs and screens suffer from them.
     */
    String quotedString() throws Malformed {
        int open = position;
        expect('"');
        ByteArrayOutputStream out = new ByteArrayOutputStream(32);
        while (!atEnd()) {
            int before = position;
            skipLineBreak();
            if (position > before) {
                out.write(' ');
            }
            if (take('"')) {
                return out.toString(StandardCharsets.UTF_8);
            }
            take('\\');
            out.write(textByte());
        }
        throw new Malformed(BAD_REQUEST, open, "quoted string without an end");
    }

    private void skipLineBreak() {
        if (peek() == '\r') {
            skipLws();
        }
    }

    private int textByte() throws Malformed {
        int c = peek();
        if (c < ' ' && c != '\t' || c == Tokens.DELETE) {
            throw malformed(c < 0 ? "quoted string without an end" : "control character");
        }
        position++;
        return c;
    }

    /**
     * Text as it stands, folds made one blank and the ends stripped; bytes that are not UTF-8
     * become U+FFFD.
     */
    String text(int from, int to) {
        return Text.unfolded(bytes, from, to);
    }

    /** The bytes from there to there as text; all of them must be ASCII. */
    String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    Malformed malformed(String reason) {
        return new Malformed(BAD_REQUEST, position, reason);
    }
}
