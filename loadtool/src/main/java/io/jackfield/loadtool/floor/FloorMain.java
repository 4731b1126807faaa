package io.jackfield.loadtool.floor;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** Measures the floor in a process of its own, so that it can be pinned to the server's CPU. */
public final class FloorMain {
    private FloorMain() {}

    /** Prints {@link Floor#line}. */
    public static void main(String[] none) throws IOException, GeneralSecurityException {
        System.out.println(Floor.measure().line());
    }
}
