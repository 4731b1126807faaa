package io.jackfield.protocol.sip;

/**
 * What a reader inside this package says about text that breaks the grammar. It never leaves the
 * package: {@link SipParser} turns it into a {@link ParseFailure}, the {@code parse} methods of
 * single values into an empty result.
 *
 * <p>Without a stack trace, so that a flood of broken messages costs no more than good ones.
 */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final int position;

    /**
     * @param status what a request that says this is answered with
     * @param position offset of the byte that was not expected
     * @param reason fixed words, never the sender's own
     */
    Malformed(int status, int position, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.position = position;
    }

    int status() {
        return status;
    }

    int position() {
        return position;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /** The same, saying which header it was found in. */
    Malformed in(String header) {
        return new Malformed(status, position, header + ": " + reason());
    }
}
