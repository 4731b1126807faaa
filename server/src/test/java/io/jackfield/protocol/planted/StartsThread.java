package io.jackfield.protocol.planted;

/** Breaks a rule on purpose. */
public final class StartsThread {
    private StartsThread() {}

    static void start() {
        Thread.ofVirtual().start(() -> {});
    }
}
