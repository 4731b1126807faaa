package io.jackfield.storage.ladder;

/** The file cannot be read or written now; the message says why. */
public final class LadderUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    LadderUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static LadderUnavailable of(Exception cause) {
        return new LadderUnavailable(String.valueOf(cause.getMessage()), cause);
    }
}
