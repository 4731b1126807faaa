package io.jackfield.contactcenter.planted;

import java.io.IOException;
import java.net.Socket;

/** Breaks a rule on purpose. */
public final class OpensSocket {
    private OpensSocket() {}

    static void open() throws IOException {
        new Socket().close();
    }
}
