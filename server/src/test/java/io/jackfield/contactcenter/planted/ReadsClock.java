package io.jackfield.contactcenter.planted;

/** Breaks a rule on purpose. */
public final class ReadsClock {
    private ReadsClock() {}

    static long now() {
        return System.nanoTime();
    }
}
