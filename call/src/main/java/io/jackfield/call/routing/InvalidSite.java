package io.jackfield.call.routing;

/** A site that contradicts itself; the message says what to change. The last good one stays. */
public final class InvalidSite extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSite(String message) {
        super(message);
    }
}
