package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.scenario.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;

/** A PBX that is compared. One thread. */
interface Peer extends AutoCloseable {
    String name();

    /** Where phones connect. */
    URI webSocket();

    /** Where it looks for its trunk. */
    InetSocketAddress trunk();

    ServerProcess process();

    /** Lets it stand still while the other is measured. */
    default void stop() throws IOException, InterruptedException {
        Commands.run("kill", "-STOP", Long.toString(process().pid().orElseThrow()));
    }

    /** Lets it go on. */
    default void goOn() throws IOException, InterruptedException {
        Commands.run("kill", "-CONT", Long.toString(process().pid().orElseThrow()));
    }

    /** Ends it, also one that stands still. */
    @Override
    void close() throws IOException;
}
