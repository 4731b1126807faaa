package io.jackfield.protocol.sip;

/**
 * A URI of another scheme than {@code sip} or {@code sips}: {@code tel:} (RFC 3966), {@code urn:},
 * …
 *
 * @param scheme lower case
 * @param rest what follows the colon, as received
 */
public record OtherUri(String scheme, String rest) implements Uri {
    @Override
    public String text() {
        return scheme + ":" + rest;
    }

    @Override
    public String toString() {
        return text();
    }
}
