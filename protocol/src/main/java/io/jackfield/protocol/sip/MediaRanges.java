package io.jackfield.protocol.sip;

import java.util.Locale;

/**
 * Accept (RFC 3261 §20.1): media ranges with parameters, {@code application/sdp;level=1, text/*}.
 */
final class MediaRanges {
    private MediaRanges() {}

    /** True when that type is among them; a value that cannot be read refuses nothing. */
    static boolean hold(String value, String type) {
        return Values.parse(value, in -> holds(in, type)).orElse(true);
    }

    private static boolean holds(Cursor in, String type) throws Malformed {
        boolean found = false;
        if (in.atEnd()) {
            return false;
        }
        do {
            String main = in.token("a media type").toLowerCase(Locale.ROOT);
            in.expectSeparator('/');
            String sub = in.token("a media type").toLowerCase(Locale.ROOT);
            AddressReader.headerParameters(in);
            found |= matches(main, sub, type);
        } while (in.takeSeparator(','));
        return found;
    }

    private static boolean matches(String main, String sub, String type) {
        return main.equals("*")
                || (main + "/" + sub).equals(type)
                || sub.equals("*") && type.startsWith(main + "/");
    }
}
