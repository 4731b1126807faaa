package io.jackfield.protocol.sip;

import java.util.Optional;

/**
 * A name-addr or addr-spec with header parameters: From, To, Contact, Route, … (RFC 3261 §20.10).
 *
 * @param displayName unescaped and without quotes; empty when there is none
 */
public record NameAddress(Optional<String> displayName, Uri uri, Parameters parameters) {
    /** An address without display name and parameters. */
    public static NameAddress of(Uri uri) {
        return new NameAddress(Optional.empty(), uri, Parameters.NONE);
    }

    /** The {@code tag} parameter of From and To (RFC 3261 §19.3). */
    public Optional<String> tag() {
        return parameters.value("tag");
    }

    /** This address with that tag. */
    public NameAddress withTag(String tag) {
        return new NameAddress(displayName, uri, parameters.with("tag", tag));
    }
}
