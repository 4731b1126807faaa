package io.jackfield.protocol.sip;

import java.util.Optional;

/** A URI as a request line or a header may carry it (RFC 3261 §19.1, §25.1). */
public sealed interface Uri permits SipUri, OtherUri {
    /** As it is written on the wire. */
    String text();

    /** Reads a URI that stands alone, without angle brackets; empty when it is none. */
    static Optional<Uri> parse(String text) {
        try {
            return Optional.of(UriReader.read(Cursor.over(text)));
        } catch (Malformed malformed) {
            return Optional.empty();
        }
    }
}
