package io.jackfield.call.planted.two;

import io.jackfield.call.planted.one.NeedsTwo;

/** Breaks a rule on purpose, together with {@link NeedsTwo}. */
public final class NeedsOne {
    private NeedsOne() {}

    static Class<?> other() {
        return NeedsTwo.class;
    }
}
