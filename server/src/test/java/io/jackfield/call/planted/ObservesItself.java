package io.jackfield.call.planted;

import io.jackfield.observe.planted.Listener;

/** Breaks a rule on purpose. */
public final class ObservesItself {
    private ObservesItself() {}

    static Class<?> listener() {
        return Listener.class;
    }
}
