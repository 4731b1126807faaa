package io.jackfield.server.planted;

/** Breaks a rule on purpose. */
public final class Sleeps {
    private Sleeps() {}

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
