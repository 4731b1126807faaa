package io.jackfield.contactcenter.planted;

import java.util.UUID;

/** Breaks a rule on purpose. */
public final class MakesRandomness {
    private MakesRandomness() {}

    static String tag() {
        return UUID.randomUUID().toString();
    }
}
