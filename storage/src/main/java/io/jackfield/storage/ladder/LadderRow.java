package io.jackfield.storage.ladder;

/**
 * One row of a ladder: a SIP message, or something that happened. Without secrets.
 *
 * @param ladder key of the ladder it belongs to
 * @param atMicros wall clock, microseconds since 1970 UTC; no two rows of a ladder have the same
 * @param leg which side of the call; empty where it is the call itself
 * @param sent true where we have sent it
 * @param transport as in a Via: UDP, TCP, TLS, WS, WSS; empty where nothing travelled
 * @param local our address and port; empty where nothing travelled
 * @param remote the peer's; empty where nothing travelled
 * @param title in one line: {@code INVITE}, {@code 180 Ringing}, {@code ICE connected}
 * @param text the whole message, or more in words; may be empty
 */
public record LadderRow(
        long ladder,
        long atMicros,
        Kind kind,
        String leg,
        boolean sent,
        String transport,
        String local,
        String remote,
        String title,
        String text) {

    /** The same at another time. */
    public LadderRow at(long micros) {
        return new LadderRow(
                ladder, micros, kind, leg, sent, transport, local, remote, title, text);
    }

    /** What a row tells of. The numbers are in files and stay. */
    public enum Kind {
        /** A SIP message. */
        SIP(0),
        /** Bytes or a request that went no further. */
        REFUSED(1),
        ICE(2),
        DTLS(3),
        /** RTP begins, stops, comes again. */
        RTP(4),
        RTCP(5),
        /** What the call does with its legs. */
        CALL(6),
        /** Queues, offers, menus. */
        FLOOR(7),
        RECORDING(8),
        TLS(9);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of row: " + code);
        }
    }
}
