package io.jackfield.contactcenter.planted;

/** Breaks a rule on purpose. */
public final class StartsThread {
    private StartsThread() {}

    static void start() {
        Thread.ofVirtual().start(() -> {});
    }
}
