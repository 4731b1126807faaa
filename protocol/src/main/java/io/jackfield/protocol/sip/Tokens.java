package io.jackfield.protocol.sip;

/** The character classes of RFC 3261 §25.1. */
final class Tokens {
    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    private Tokens() {}

    static boolean isTokenChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || (c < 128 && TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** True for one or more token characters. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Tokens::isTokenChar);
    }
}
