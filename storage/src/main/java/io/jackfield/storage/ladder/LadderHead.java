package io.jackfield.storage.ladder;

/**
 * What a ladder is of, as a list shows it.
 *
 * @param key by which rows name it; higher is later
 * @param id of the call; or one of our own, where no call came to be
 * @param beganMicros microseconds since 1970 UTC
 * @param endedMicros the same; 0 while it goes on
 * @param caller who called, or registered, as they said
 * @param callee whom they wanted; may be empty
 * @param cause why it ended; empty while it goes on
 * @param status the final SIP status; 0 while there is none
 */
public record LadderHead(
        long key,
        String id,
        Kind kind,
        long beganMicros,
        long endedMicros,
        String caller,
        String callee,
        String cause,
        int status) {

    /** The numbers are in files and stay. */
    public enum Kind {
        CALL(0),
        /** An INVITE that was refused before a call began. */
        REFUSED_CALL(1),
        /** A REGISTER that was refused: by us, or by a trunk. */
        REFUSED_REGISTRATION(2),
        /** Any other request that was refused. */
        REFUSED_REQUEST(3),
        /** A TLS handshake that failed. */
        REFUSED_CONNECTION(4);

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
            throw new IllegalArgumentException("no kind of ladder: " + code);
        }
    }
}
