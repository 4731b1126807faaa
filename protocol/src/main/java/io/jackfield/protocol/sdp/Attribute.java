package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * An {@code a=} line: a property, or a name with a value (RFC 8866 §5.13).
 *
 * @param name a token; compared with case, as §5.13 says
 * @param value without spaces at its end; empty for a property
 */
public record Attribute(String name, Optional<String> value) {
    public Attribute {
        SdpText.check(SdpText.isToken(name), "attribute name", name);
        value = value.map(String::stripTrailing);
        SdpText.check(value.stream().allMatch(SdpText::isByteString), "attribute value", name);
    }

    /** A property, such as {@code a=rtcp-mux}. */
    public static Attribute flag(String name) {
        return new Attribute(name, Optional.empty());
    }

    /** A name with a value, such as {@code a=mid:0}. */
    public static Attribute of(String name, Object value) {
        return new Attribute(name, Optional.of(value.toString()));
    }

    static Optional<Attribute> parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text.stripTrailing() : text.substring(0, colon);
        if (!SdpText.isToken(name)) {
            return Optional.empty();
        }
        return Optional.of(colon < 0 ? flag(name) : Attribute.of(name, text.substring(colon + 1)));
    }

    /** {@code name:value}, as on the line; the writer's form, with secrets. */
    String line() {
        return value.map(v -> name + ":" + v).orElse(name);
    }

    /** As on the line, but passwords and keys are hidden: this may end in a log. */
    @Override
    public String toString() {
        return isSecret() ? name + ":(hidden)" : line();
    }

    private boolean isSecret() {
        return name.equals("ice-pwd") || name.equals("crypto");
    }
}
