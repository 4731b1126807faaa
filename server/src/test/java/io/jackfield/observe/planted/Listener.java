package io.jackfield.observe.planted;

/** Stands for something that listens. */
public final class Listener {
    private Listener() {}
}
