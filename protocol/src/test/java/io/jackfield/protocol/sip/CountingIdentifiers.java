package io.jackfield.protocol.sip;

/** Identifiers that a test can foresee: {@code tag1}, {@code z9hG4bK2}, {@code call3}, … */
public final class CountingIdentifiers implements Identifiers {
    private int count;

    /** Begins with 1. */
    public CountingIdentifiers() {}

    @Override
    public String tag() {
        return "tag" + ++count;
    }

    @Override
    public String branch() {
        return Via.MAGIC_COOKIE + ++count;
    }

    @Override
    public String callId() {
        return "call" + ++count;
    }
}
