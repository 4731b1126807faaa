package io.jackfield.protocol.sip;

/** The character classes of RFC 3261 §25.1. */
final class Tokens {
    static final int DELETE = 0x7F;

    /** The marks of {@code unreserved}, which stand unescaped anywhere in a URI. */
    static final String UNRESERVED_MARKS = "-_.!~*'()";

    static final String USER_MARKS = UNRESERVED_MARKS + "&=+$,;?/";
    static final String PASSWORD_MARKS = UNRESERVED_MARKS + "&=+$,";
    static final String PARAMETER_MARKS = UNRESERVED_MARKS + "[]/:&+$";

    /** The grammar has no equals sign here, but proxies' cookies in Record-Route end with one. */
    static final String VALUE_MARKS = PARAMETER_MARKS + "=";

    static final String HEADER_MARKS = UNRESERVED_MARKS + "[]/?:+$";

    /** {@code uric} with the brackets of IPv6 references: any other URI than SIP's. */
    static final String URI_MARKS = UNRESERVED_MARKS + ";/?:@&=+$,[]";

    private static final String TOKEN_MARKS = "-.!%*_+`'~";
    private static final String WORD_MARKS = TOKEN_MARKS + "()<>:\\\"/[]?{}";
    private static final String HOST_MARKS = "-_.:[]";

    private Tokens() {}

    static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(int c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** True for a letter, a digit or one of the marks. */
    static boolean isIn(int c, String marks) {
        return isAlphanumeric(c) || (c > ' ' && c < DELETE && marks.indexOf(c) >= 0);
    }

    static boolean isTokenChar(int c) {
        return isIn(c, TOKEN_MARKS);
    }

    /** Characters of {@code word}, which Call-IDs are made of. */
    static boolean isWordChar(int c) {
        return isIn(c, WORD_MARKS);
    }

    /** Characters of a host name, an address and the brackets around one of IPv6. */
    static boolean isHostChar(int c) {
        return isIn(c, HOST_MARKS);
    }

    /** True for one or more token characters. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenChar);
    }

    /** What a parameter's value may be without quotes: a token, a host, an address. */
    static boolean isBareValue(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isTokenChar(c) || isHostChar(c));
    }

    /** {@code word [ "@" word ]} (RFC 3261 §25.1, callid). */
    static boolean isCallId(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? isWord(text)
                : isWord(text.substring(0, at)) && isWord(text.substring(at + 1));
    }

    private static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(Tokens::isWordChar);
    }

    /** True when text can stand in a header line without ending it: no control character. */
    static boolean fitsInLine(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\t' || c == DELETE);
    }

    /**
     * Passes text on that stays within its line.
     *
     * @throws IllegalArgumentException when it holds CR, LF, NUL or another control character: our
     *     own code put together a value that would begin a header of its own
     */
    static String requireInLine(String text, String what) {
        if (!fitsInLine(text)) {
            throw new IllegalArgumentException(what + " holds a control character");
        }
        return text;
    }
}
