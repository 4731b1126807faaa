package io.jackfield.call.planted.one;

import io.jackfield.call.planted.two.NeedsOne;

/** Breaks a rule on purpose, together with {@link NeedsOne}. */
public final class NeedsTwo {
    private NeedsTwo() {}

    static Class<?> other() {
        return NeedsOne.class;
    }
}
