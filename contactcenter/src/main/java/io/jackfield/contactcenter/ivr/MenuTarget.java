package io.jackfield.contactcenter.ivr;

/** Where a caller goes from a menu. */
public sealed interface MenuTarget {
    record ToMenu(String name) implements MenuTarget {}

    record ToQueue(String number) implements MenuTarget {}

    /** A number of the site's plan. */
    record ToNumber(String number) implements MenuTarget {}

    /** A prompt, then the call ends. */
    record ToMessage(String prompt) implements MenuTarget {}

    record HangUp() implements MenuTarget {}
}
