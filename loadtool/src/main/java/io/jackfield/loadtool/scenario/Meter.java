package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.report.MachineSample;
import io.jackfield.loadtool.report.ProcessSample;
import io.jackfield.loadtool.report.ServerUse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What the server's process, this one and the machine use meanwhile. Any thread. */
final class Meter {
    private final OptionalLong serverPid;

    Meter(OptionalLong serverPid) {
        this.serverPid = serverPid;
    }

    /**
     * What was used in a window.
     *
     * @param stealPercent of the machine's time
     */
    record Use(
            Duration took,
            Optional<ServerUse> server,
            Optional<ServerUse> own,
            double stealPercent) {}

    /** The beginning of a window. */
    final class Window {
        private final Optional<MachineSample> machine = MachineSample.now();
        private final Optional<ProcessSample> own = own();
        private final Optional<ProcessSample> server = server();
        private final long beginNanos = System.nanoTime();

        private Window() {}

        Use end() {
            long tookNanos = System.nanoTime() - beginNanos;
            Optional<ServerUse> serverUse =
                    server.flatMap(b -> server().map(after -> ServerUse.between(b, after)));
            Optional<ServerUse> ownUse =
                    own.flatMap(b -> own().map(after -> ServerUse.between(b, after)));
            double steal =
                    machine.flatMap(b ->
                                    MachineSample.now().map(a -> MachineSample.stealPercent(b, a)))
                            .orElse(0.0);
            return new Use(Duration.ofNanos(tookNanos), serverUse, ownUse, steal);
        }
    }

    Window begin() {
        return new Window();
    }

    private Optional<ProcessSample> server() {
        return serverPid.isEmpty() ? Optional.empty() : ProcessSample.of(serverPid.getAsLong());
    }

    private static Optional<ProcessSample> own() {
        return ProcessSample.of(ProcessHandle.current().pid());
    }

    /** The server's memory in RAM, KiB; 0 where it is not known. */
    long serverKib() {
        return server().map(ProcessSample::residentKib).orElse(0L);
    }
}
