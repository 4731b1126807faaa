package io.jackfield.call.token;

/** A key that must not sign tokens; the message says why, and never what it is. */
public final class UnusableKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableKey(String why) {
        super(why, null, false, false);
    }
}
