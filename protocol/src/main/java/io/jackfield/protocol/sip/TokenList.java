package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A comma-separated list of tokens: Allow, Supported, Require, Proxy-Require, Unsupported,
 * Allow-Events (RFC 3261 §20.5, §20.37, §20.32).
 *
 * @param tokens in order, as sent
 */
public record TokenList(List<String> tokens) {
    /**
     * @throws IllegalArgumentException when one is no token
     */
    public TokenList {
        tokens = List.copyOf(tokens);
        if (!tokens.stream().allMatch(Tokens::isToken)) {
            throw new IllegalArgumentException("not a token");
        }
    }

    public static TokenList of(String... tokens) {
        return new TokenList(List.of(tokens));
    }

    /**
     * Reads one header's value, which may be empty (§20.5); no list when something else is in it.
     */
    public static Optional<TokenList> parse(String value) {
        return Values.parse(value, TokenList::read);
    }

    /** All lines of that header together; a line that is broken is left out. */
    public static TokenList of(SipHeaders headers, String name) {
        Stream<TokenList> lines = headers.all(name).stream().flatMap(v -> parse(v).stream());
        return new TokenList(lines.flatMap(line -> line.tokens().stream()).toList());
    }

    private static TokenList read(Cursor in) throws Malformed {
        List<String> tokens = new ArrayList<>();
        if (!in.atEnd()) {
            do {
                tokens.add(in.token("a token"));
            } while (in.takeSeparator(','));
        }
        return new TokenList(tokens);
    }

    /** Compares without case, as option tags are (§7.3.1). */
    public boolean holds(String token) {
        return tokens.stream().anyMatch(token::equalsIgnoreCase);
    }

    public String text() {
        return String.join(", ", tokens);
    }
}
