package io.jackfield.protocol.sip;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A name-addr or addr-spec with header parameters: From, To, Contact, Route, … (RFC 3261 §20.10).
 *
 * @param displayName unescaped and without quotes; empty when there is none
 */
public record NameAddress(Optional<String> displayName, Uri uri, Parameters parameters) {
    /**
     * @throws IllegalArgumentException when the display name holds a control character
     */
    public NameAddress {
        displayName.ifPresent(name -> Tokens.requireInLine(name, "display name"));
    }

    /** Reads one address with its parameters, as From has it; empty when it is none. */
    public static Optional<NameAddress> parse(String text) {
        try {
            return Optional.of(AddressReader.single(Cursor.over(text)));
        } catch (Malformed malformed) {
            return Optional.empty();
        }
    }

    /** An address without display name and parameters. */
    public static NameAddress of(Uri uri) {
        return new NameAddress(Optional.empty(), uri, Parameters.NONE);
    }

    /** The user part of a SIP URI; empty when it has none, or the URI is of another scheme. */
    public Optional<String> user() {
        return uri instanceof SipUri sip ? sip.user() : Optional.empty();
    }

    /** The {@code tag} parameter of From and To (RFC 3261 §19.3). */
    public Optional<String> tag() {
        return parameters.value("tag");
    }

    /** This address with that tag. */
    public NameAddress withTag(String tag) {
        return new NameAddress(displayName, uri, parameters.with("tag", tag));
    }

    /** A Contact's {@code expires}, in seconds (RFC 3261 §10.2.1.1); empty when it is no number. */
    public OptionalLong expires() {
        return parameters
                .value("expires")
                .flatMap(Expires::parse)
                .map(e -> OptionalLong.of(e.seconds()))
                .orElse(OptionalLong.empty());
    }

    /** A Contact's {@code q} in thousandths, 0 to 1000 (RFC 3261 §20.10); 1000 when it has none. */
    public int qThousandths() {
        return parameters.value("q").flatMap(QValue::parse).orElse(QValue.MAX);
    }

    /** As it is written in a header, always with angle brackets. */
    public String text() {
        return SipWriter.address(this);
    }
}
