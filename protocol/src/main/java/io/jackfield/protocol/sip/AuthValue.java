package io.jackfield.protocol.sip;

import java.util.Iterator;
import java.util.Optional;

/**
 * A scheme and its parameters, as challenges and credentials have them: {@code Digest realm="a",
 * nonce="b"} (RFC 3261 §25.1). What they mean is the matter of {@code sip.digest}.
 */
public record AuthValue(String scheme, Parameters parameters) {
    public AuthValue {
        if (!Tokens.isToken(scheme)) {
            throw new IllegalArgumentException("not a scheme");
        }
    }

    /** Reads one header's value; empty when it is of another form, or names a parameter twice. */
    public static Optional<AuthValue> parse(String value) {
        return Values.parse(value, AuthValue::read);
    }

    private static AuthValue read(Cursor in) throws Malformed {
        String scheme = in.token("a scheme");
        in.expectLws();
        ParameterList list = new ParameterList();
        do {
            list.add(AddressReader.headerParameter(in), in);
        } while (in.takeSeparator(','));
        return new AuthValue(scheme, list.parameters());
    }

    public String text() {
        StringBuilder out = new StringBuilder(scheme).append(' ');
        Iterator<Parameters.Parameter> rest = parameters.list().iterator();
        while (rest.hasNext()) {
            SipWriter.parameter(out, rest.next());
            out.append(rest.hasNext() ? ", " : "");
        }
        return out.toString();
    }

    /** The scheme alone: the rest may be as good as a password. */
    @Override
    public String toString() {
        return scheme + " …";
    }
}
