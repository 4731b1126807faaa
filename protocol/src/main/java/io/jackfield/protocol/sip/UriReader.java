package io.jackfield.protocol.sip;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads URIs (RFC 3261 §19.1, §25.1). The cursor covers exactly the URI. */
final class UriReader {
    private static final int PORT_MAX = 65_535;

    private UriReader() {}

    static Uri read(Cursor in) throws Malformed {
        int start = in.position();
        String scheme = scheme(in);
        return switch (scheme) {
            case "sip" -> sip(in, start, false);
            case "sips" -> sip(in, start, true);
            default -> other(in, scheme);
        };
    }

    private static String scheme(Cursor in) throws Malformed {
        int start = in.position();
        while (Tokens.isIn(in.peek(), "+-.")) {
            in.skip(1);
        }
        String scheme = in.ascii(start, in.position());
        if (scheme.isEmpty() || !Character.isLetter(scheme.charAt(0)) || in.peek() != ':') {
            throw in.malformed("expected a URI");
        }
        in.skip(1);
        return scheme.toLowerCase(Locale.ROOT);
    }

    private static OtherUri other(Cursor in, String scheme) throws Malformed {
        int start = in.position();
        component(in, Tokens.URI_MARKS, "the rest of the URI");
        if (!in.atEnd()) {
            throw in.malformed("character not allowed in a URI");
        }
        return new OtherUri(scheme, in.ascii(start, in.position()));
    }

    private static SipUri sip(Cursor in, int start, boolean secure) throws Malformed {
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        if (hasUser(in)) {
            user = Optional.of(component(in, Tokens.USER_MARKS, "user"));
            if (in.take(':')) {
                password = Optional.of(maybeEmpty(in, Tokens.PASSWORD_MARKS));
            }
            in.expect('@');
        }
        String host = host(in);
        OptionalInt port = port(in);
        Parameters parameters = parameters(in);
        List<Header> headers = headers(in);
        if (!in.atEnd()) {
            throw in.malformed("character not allowed in a URI");
        }
        String wire = in.ascii(start, in.position());
        return new SipUri(secure, user, password, host, port, parameters, headers, wire);
    }

    /** An at sign stands in a SIP URI only behind the user: everywhere else it is escaped. */
    private static boolean hasUser(Cursor in) {
        for (int ahead = 0; in.peek(ahead) >= 0; ahead++) {
            if (in.peek(ahead) == '@') {
                return true;
            }
        }
        return false;
    }

    /** A host name or address, in lower case; the cursor may go on behind it. */
    static String host(Cursor in) throws Malformed {
        int start = in.position();
        if (in.peek() == '[') {
            while (in.peek() >= 0 && in.peek() != ']') {
                in.skip(1);
            }
            in.expect(']');
        } else {
            while (Tokens.isIn(in.peek(), "-_.")) {
                in.skip(1);
            }
        }
        String host = in.ascii(start, in.position()).toLowerCase(Locale.ROOT);
        if (!Hosts.isHost(host)) {
            throw new Malformed(400, start, "not a host");
        }
        return host;
    }

    private static OptionalInt port(Cursor in) throws Malformed {
        return in.take(':') ? OptionalInt.of(portNumber(in)) : OptionalInt.empty();
    }

    static int portNumber(Cursor in) throws Malformed {
        int port = (int) in.number(PORT_MAX, "port");
        if (port == 0) {
            throw in.malformed("port 0");
        }
        return port;
    }

    private static Parameters parameters(Cursor in) throws Malformed {
        ParameterList list = new ParameterList();
        while (in.take(';')) {
            String name = component(in, Tokens.PARAMETER_MARKS, "parameter");
            Optional<String> value = Optional.empty();
            if (in.take('=')) {
                // FreeSWITCH writes ";ignore_userinfo=" into To: an empty value, though pvalue has
                // one.
                value = Optional.of(maybeEmpty(in, Tokens.VALUE_MARKS));
            }
            list.add(new Parameters.Parameter(name, value), in);
        }
        return list.parameters();
    }

    private static List<Header> headers(Cursor in) throws Malformed {
        if (!in.take('?')) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>();
        do {
            String name = component(in, Tokens.HEADER_MARKS, "header name");
            in.expect('=');
            headers.add(new Header(name, maybeEmpty(in, Tokens.HEADER_MARKS)));
        } while (in.take('&'));
        return headers;
    }

    private static String component(Cursor in, String marks, String what) throws Malformed {
        String text = maybeEmpty(in, marks);
        if (text.isEmpty()) {
            throw in.malformed("expected " + what);
        }
        return text;
    }

    /** Characters as they stand and {@code %41} escapes, unescaped once (§19.1.2). */
    private static String maybeEmpty(Cursor in, String marks) throws Malformed {
        int start = in.position();
        while (Tokens.isIn(in.peek(), marks)) {
            in.skip(1);
        }
        if (in.peek() != '%') {
            return in.ascii(start, in.position());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Text.encoded(in.ascii(start, in.position())));
        while (in.peek() == '%' || Tokens.isIn(in.peek(), marks)) {
            out.write(in.peek() == '%' ? escape(in) : in.next());
        }
        return Text.decoded(out.toByteArray());
    }

    private static int escape(Cursor in) throws Malformed {
        int high = Character.digit(in.peek(1), 16);
        int low = Character.digit(in.peek(2), 16);
        if (high < 0 || low < 0) {
            throw in.malformed("percent sign without two hexadecimal digits");
        }
        in.skip(3);
        return high << 4 | low;
    }
}
