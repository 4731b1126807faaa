package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * User name fragment and password of one ICE generation (RFC 8839 §5.4).
 *
 * @param ufrag 4 to 256 ice-chars
 * @param pwd 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String pwd) {
    public IceCredentials {
        SdpText.check(isIceChars(ufrag, 4), "ice-ufrag", ufrag);
        SdpText.check(isIceChars(pwd, 22), "ice-pwd", "(hidden)");
    }

    static Optional<IceCredentials> parse(String ufrag, String pwd) {
        return isIceChars(ufrag, 4) && isIceChars(pwd, 22)
                ? Optional.of(new IceCredentials(ufrag, pwd))
                : Optional.empty();
    }

    private static boolean isIceChars(String text, int lengthMin) {
        return text.length() >= lengthMin
                && text.length() <= 256
                && text.chars().allMatch(IceCredentials::isIceChar);
    }

    private static boolean isIceChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/';
    }

    /**
     * True when a description with these, after one with {@code earlier}, restarts ICE.
     *
     * <p>"the agent MUST change both" (RFC 8839 §4.4.1.1.1). A peer that changes only one still
     * can't be reached by the old pair, so that counts as well; browsers do the same.
     */
    public boolean restarts(IceCredentials earlier) {
        return !equals(earlier);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ufrag " + ufrag;
    }
}
