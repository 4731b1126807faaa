package io.jackfield.call.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON by the letter of RFC 8259. What other readers forgive is refused, since two readers
 * that forgive differently read two different tokens: a member that is there twice, anything after
 * the value, a lone surrogate.
 *
 * <p>Single-threaded; one text each.
 */
final class JsonReader {
    /** Deeper than any token or key set of use. */
    private static final int DEPTH_MAX = 8;

    /** Longer than any number of use; a time in seconds has ten digits. */
    private static final int NUMERAL_MAX = 24;

    private static final int HEX = 16;

    /** The text is no JSON. Thrown and caught inside this class only. */
    private static final class NotJson extends Exception {
        private static final long serialVersionUID = 1L;

        NotJson() {
            super(null, null, false, false);
        }
    }

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The object that the text is; empty for anything else. Never throws. */
    static Optional<Json.Members> object(String text) {
        JsonReader reader = new JsonReader(text);
        try {
            Json value = reader.value(0);
            reader.space();
            return reader.at == text.length() && value instanceof Json.Members members
                    ? Optional.of(members)
                    : Optional.empty();
        } catch (NotJson _) {
            return Optional.empty();
        }
    }

    private Json value(int depth) throws NotJson {
        if (depth > DEPTH_MAX) {
            throw new NotJson();
        }
        space();
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Flag(true));
            case 'f' -> word("false", new Json.Flag(false));
            case 'n' -> word("null", new Json.Nothing());
            default -> numeral();
        };
    }

    private Json members(int depth) throws NotJson {
        Map<String, Json> members = new HashMap<>();
        expect('{');
        space();
        if (peek() == '}') {
            at++;
            return new Json.Members(members);
        }
        do {
            space();
            String name = string();
            space();
            expect(':');
            if (members.putIfAbsent(name, value(depth + 1)) != null) {
                throw new NotJson();
            }
            space();
        } while (another('}'));
        return new Json.Members(members);
    }

    private Json items(int depth) throws NotJson {
        List<Json> items = new ArrayList<>();
        expect('[');
        space();
        if (peek() == ']') {
            at++;
            return new Json.Items(items);
        }
        do {
            items.add(value(depth + 1));
            space();
        } while (another(']'));
        return new Json.Items(items);
    }

    /** True after a comma, false after the closing bracket. */
    private boolean another(char close) throws NotJson {
        char c = next();
        if (c != ',' && c != close) {
            throw new NotJson();
        }
        return c == ',';
    }

    private String string() throws NotJson {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw new NotJson();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        checkSurrogates(out);
        return out.toString();
    }

    private char escaped() throws NotJson {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw new NotJson();
        };
    }

    private char hex() throws NotJson {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = next();
            int digit = c < 128 ? Character.digit(c, HEX) : -1;
            if (digit < 0) {
                throw new NotJson();
            }
            code = code * HEX + digit;
        }
        return (char) code;
    }

    private static void checkSurrogates(CharSequence text) throws NotJson {
        for (int i = 0; i < text.length(); i++) {
            boolean pair =
                    Character.isHighSurrogate(text.charAt(i))
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(text.charAt(i)) && !pair) {
                throw new NotJson();
            }
            i += pair ? 1 : 0;
        }
    }

    private Json word(String word, Json value) throws NotJson {
        if (!text.startsWith(word, at)) {
            throw new NotJson();
        }
        at += word.length();
        return value;
    }

    private Json numeral() throws NotJson {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        boolean zero = peek() == '0';
        if (digits() > 1 && zero) {
            throw new NotJson();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += peek() == '+' || peek() == '-' ? 1 : 0;
            digits();
        }
        if (at - start > NUMERAL_MAX) {
            throw new NotJson();
        }
        return new Json.Numeral(text.substring(start, at));
    }

    private int digits() throws NotJson {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new NotJson();
        }
        return at - start;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char wanted) throws NotJson {
        if (next() != wanted) {
            throw new NotJson();
        }
    }

    private char peek() throws NotJson {
        if (at >= text.length()) {
            throw new NotJson();
        }
        return text.charAt(at);
    }

    private char next() throws NotJson {
        char c = peek();
        at++;
        return c;
    }
}
