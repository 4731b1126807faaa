package io.jackfield.protocol.ice;

/**
 * User name fragment and password of one side (RFC 8445 §5.3, RFC 8839 §5.4).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param password 22 to 256 ice-chars; {@code toString} never shows it
 */
public record IceCredentials(String ufrag, String password) {
    private static final int UFRAG_LENGTH_MIN = 4;
    private static final int PASSWORD_LENGTH_MIN = 22;
    private static final int LENGTH_MAX = 256;

    public IceCredentials {
        check("ufrag", ufrag, UFRAG_LENGTH_MIN);
        check("password", password, PASSWORD_LENGTH_MIN);
    }

    private static void check(String what, String value, int lengthMin) {
        if (value.length() < lengthMin || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    what + " must have " + lengthMin + " to " + LENGTH_MAX + " characters");
        }
        if (!value.chars().allMatch(IceCredentials::isIceChar)) {
            throw new IllegalArgumentException(what + " holds a character outside ice-char");
        }
    }

    /** {@code ice-char = ALPHA / DIGIT / "+" / "/"} (RFC 8839 §5.4). */
    private static boolean isIceChar(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/';
    }

    @Override
    public String toString() {
        return "IceCredentials[ufrag=" + ufrag + "]";
    }
}
