package io.jackfield.call.routing;

import io.jackfield.protocol.sip.OtherUri;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Uri;
import java.util.Optional;

/** What a Request-URI asks for, without the marks that people put into numbers. */
public final class DialledNumber {
    private static final String VISUAL_SEPARATORS = "-.() ";

    private DialledNumber() {}

    /**
     * The user part of a SIP URI, or the number of a {@code tel} URI (RFC 3966 §5).
     *
     * @return empty for other schemes; an empty string for a SIP URI without a user
     */
    public static Optional<String> of(Uri uri) {
        return switch (uri) {
            case SipUri sip -> Optional.of(plain(sip.user().orElse("")));
            case OtherUri other when other.scheme().equals("tel") ->
                    Optional.of(plain(other.rest().split(";", 2)[0]));
            case OtherUri _ -> Optional.empty();
        };
    }

    /**
     * "visual-separator … are not part of the number" (RFC 3966 §5.1.1); names stay as they are.
     */
    private static String plain(String user) {
        boolean number =
                !user.isEmpty()
                        && user.chars()
                                .allMatch(c ->
                                        c >= '0' && c <= '9'
                                                || c == '+'
                                                || VISUAL_SEPARATORS.indexOf(c) >= 0);
        if (!number) {
            return user;
        }
        StringBuilder out = new StringBuilder(user.length());
        user.chars()
                .filter(c -> VISUAL_SEPARATORS.indexOf(c) < 0)
                .forEach(c -> out.append((char) c));
        return out.toString();
    }
}
