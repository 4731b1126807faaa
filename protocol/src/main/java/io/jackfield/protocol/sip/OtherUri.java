package io.jackfield.protocol.sip;

/**
 * A URI of another scheme than {@code sip} or {@code sips}: {@code tel:} (RFC 3966), {@code urn:},
 * …
 *
 * @param scheme lower case
 * @param rest what follows the colon, as received, escapes and all
 */
public record OtherUri(String scheme, String rest) implements Uri {
    /**
     * @throws IllegalArgumentException when {@code rest} holds what no URI may hold unescaped
     */
    public OtherUri {
        if (!Tokens.isToken(scheme) || !rest.chars().allMatch(OtherUri::mayStand)) {
            throw new IllegalArgumentException("not a URI");
        }
    }

    private static boolean mayStand(int c) {
        return c == '%' || Tokens.isIn(c, Tokens.URI_MARKS);
    }

    @Override
    public String text() {
        return scheme + ":" + rest;
    }

    @Override
    public String toString() {
        return text();
    }
}
