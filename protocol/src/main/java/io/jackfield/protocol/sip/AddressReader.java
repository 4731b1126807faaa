package io.jackfield.protocol.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads name-addr, addr-spec and their header parameters (RFC 3261 §20.10, §25.1). */
final class AddressReader {
    private AddressReader() {}

    /** One address and nothing else: From, To. */
    static NameAddress single(Cursor in) throws Malformed {
        in.skipLws();
        NameAddress address = address(in);
        in.expectEnd();
        return address;
    }

    /** One or more addresses with commas between them: Contact, Route, Record-Route. */
    static List<NameAddress> list(Cursor in) throws Malformed {
        List<NameAddress> list = new ArrayList<>();
        do {
            in.skipLws();
            list.add(address(in));
        } while (in.takeSeparator(','));
        in.expectEnd();
        return list;
    }

    private static NameAddress address(Cursor in) throws Malformed {
        if (in.peek() == '"') {
            String name = in.quotedString();
            in.skipLws();
            return bracketed(in, Optional.of(name));
        }
        if (in.peek() == '<') {
            return bracketed(in, Optional.empty());
        }
        return bareOrNamed(in);
    }

    /**
     * Either an addr-spec or a display name of tokens. What follows the first token decides: a
     * colon makes it a scheme, so nothing is read twice but that token.
     */
    private static NameAddress bareOrNamed(Cursor in) throws Malformed {
        int start = in.position();
        in.token("an address");
        if (in.peek() == ':') {
            return bare(in, start);
        }
        int end = in.position();
        in.skipLws();
        while (in.peek() != '<') {
            in.token("an address");
            end = in.position();
            in.skipLws();
        }
        return bracketed(in, Optional.of(in.text(start, end)));
    }

    private static NameAddress bracketed(Cursor in, Optional<String> name) throws Malformed {
        in.expect('<');
        Uri uri = UriReader.read(in.until(">"));
        in.expect('>');
        return new NameAddress(name.filter(n -> !n.isEmpty()), uri, headerParameters(in));
    }

    /**
     * Without brackets everything behind a semicolon belongs to the header, and "if the URI
     * contains a comma, question mark or semicolon, the URI MUST be enclosed" (§20).
     */
    private static NameAddress bare(Cursor in, int start) throws Malformed {
        in.back(start);
        Uri uri = UriReader.read(in.until(";, \t\r"));
        if (uri.text().indexOf('?') >= 0) {
            throw in.malformed("question mark in an address without brackets");
        }
        return new NameAddress(Optional.empty(), uri, headerParameters(in));
    }

    /** {@code *( SEMI generic-param )}; the cursor may go on behind them. */
    static Parameters headerParameters(Cursor in) throws Malformed {
        ParameterList list = new ParameterList();
        headerParameters(in, list);
        return list.parameters();
    }

    /** The same, leaving in {@code list} what came before a failure. */
    static void headerParameters(Cursor in, ParameterList list) throws Malformed {
        while (in.takeSeparator(';')) {
            list.add(headerParameter(in), in);
        }
    }

    static Parameters.Parameter headerParameter(Cursor in) throws Malformed {
        String name = in.token("parameter");
        if (!in.takeSeparator('=')) {
            return new Parameters.Parameter(name, Optional.empty());
        }
        if (in.peek() == '"') {
            return new Parameters.Parameter(name, Optional.of(in.quotedString()), true);
        }
        return new Parameters.Parameter(name, Optional.of(in.bareValue()));
    }
}
