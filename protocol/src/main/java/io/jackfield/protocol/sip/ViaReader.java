package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Reads Via (RFC 3261 §20.42, §25.1). */
final class ViaReader {
    private ViaReader() {}

    /** One or more hops with commas between them. */
    static List<Via> list(Cursor in) throws Malformed {
        List<Via> list = new ArrayList<>();
        do {
            in.skipLws();
            sentProtocol(in);
            list.add(hop(in));
        } while (in.takeSeparator(','));
        in.expectEnd();
        return list;
    }

    private static void sentProtocol(Cursor in) throws Malformed {
        if (!in.token("SIP/2.0").equalsIgnoreCase("SIP")) {
            throw in.malformed("expected SIP/2.0");
        }
        in.expectSeparator('/');
        if (!in.token("SIP/2.0").equals("2.0")) {
            throw in.malformed("expected SIP/2.0");
        }
        in.expectSeparator('/');
    }

    private static Via hop(Cursor in) throws Malformed {
        Via sentBy = sentBy(in);
        Parameters parameters = AddressReader.headerParameters(in);
        check(parameters, in);
        return with(sentBy, withoutDelimiters(parameters));
    }

    /** Transport, host and port; the cursor stands behind {@code SIP/2.0/}. */
    private static Via sentBy(Cursor in) throws Malformed {
        String transport = in.token("transport").toUpperCase(Locale.ROOT);
        in.skipLws();
        String host = UriReader.host(in);
        OptionalInt port =
                in.takeSeparator(':')
                        ? OptionalInt.of(UriReader.portNumber(in))
                        : OptionalInt.empty();
        return new Via(transport, host, port, Parameters.NONE);
    }

    private static void check(Parameters parameters, Cursor in) throws Malformed {
        if (parameters.has("branch")
                && parameters.value("branch").filter(Tokens::isToken).isEmpty()) {
            throw in.malformed("branch is no token");
        }
    }

    /** "received" is read with and without brackets, but kept and sent without (RFC 5118 §4.5). */
    private static Parameters withoutDelimiters(Parameters parameters) {
        return parameters
                .value("received")
                .filter(address -> address.startsWith("[") && address.endsWith("]"))
                .map(a -> parameters.with("received", a.substring(1, a.length() - 1)))
                .orElse(parameters);
    }

    private static Via with(Via via, Parameters parameters) {
        return new Via(via.transport(), via.host(), via.port(), parameters);
    }

    /**
     * The hops of a line that may be broken or of another version of SIP, as far as they can be
     * read; of a hop whose parameters are broken, those before the break.
     */
    static List<Via> readable(Cursor in) {
        List<Via> list = new ArrayList<>();
        try {
            do {
                in.skipLws();
                anyProtocol(in);
                Via sentBy = sentBy(in);
                ParameterList parameters = new ParameterList();
                list.add(sentBy);
                readableParameters(in, parameters, list);
            } while (in.takeSeparator(','));
        } catch (Malformed rest) {
            return list;
        }
        return list;
    }

    private static void readableParameters(Cursor in, ParameterList parameters, List<Via> list)
            throws Malformed {
        try {
            AddressReader.headerParameters(in, parameters);
        } finally {
            list.set(list.size() - 1, with(list.getLast(), parameters.parameters()));
        }
    }

    private static void anyProtocol(Cursor in) throws Malformed {
        in.token("protocol");
        in.expectSeparator('/');
        in.token("version");
        in.expectSeparator('/');
    }
}
