package io.jackfield.media.dtls;

import java.time.Duration;
import java.util.OptionalInt;

/** How long an attempt may take, and what the peer complained of. Thread: the association's. */
final class HandshakeTiming {
    private final int timeoutMillis;
    private final int resendMillis;
    private OptionalInt alert = OptionalInt.empty();

    /**
     * @param left until the deadline; less than a millisecond counts as one, since Bouncy Castle
     *     takes zero for "for ever"
     */
    HandshakeTiming(Duration left, Duration resendAfter) {
        timeoutMillis = (int) Math.max(1, left.toMillis());
        resendMillis = (int) resendAfter.toMillis();
    }

    int timeoutMillis() {
        return timeoutMillis;
    }

    int resendMillis() {
        return resendMillis;
    }

    void alertReceived(short description) {
        alert = OptionalInt.of(description);
    }

    /** The description of the last alert the peer sent under encryption. */
    OptionalInt alert() {
        return alert;
    }
}
