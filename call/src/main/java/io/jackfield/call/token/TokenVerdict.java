package io.jackfield.call.token;

import java.time.Instant;

/** What came of looking at a token. */
public sealed interface TokenVerdict {
    /**
     * It says what it must.
     *
     * @param identity names this token and no other: the key's id and {@code jti}
     * @param forgetAt from which moment on it is refused by its age alone
     * @param number in its normal form
     */
    record Valid(String identity, Instant forgetAt, String campaign, String number)
            implements TokenVerdict {
        @Override
        public String toString() {
            return "Valid[campaign=" + campaign + "]";
        }
    }

    /** It does not, and the call is not made. */
    record Refused(TokenRefusal why) implements TokenVerdict {}
}
