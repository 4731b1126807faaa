package io.jackfield.protocol.sdp;

/** What we said before in this dialog; it fixes the next origin, line order, mids and numbers. */
public sealed interface Previous {
    /**
     * Nothing yet.
     *
     * @param sessionId random, not negative
     */
    record None(long sessionId) implements Previous {
        public None {
            SdpText.check(sessionId >= 0, "session id", sessionId);
        }
    }

    /** Our last description, offer or answer. */
    record Sent(SessionDescription description) implements Previous {}

    /** Nothing was said yet. */
    static Previous none(long sessionId) {
        return new None(sessionId);
    }

    /** This was our last description. */
    static Previous sent(SessionDescription description) {
        return new Sent(description);
    }
}
