package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.report.GcPauses;
import io.jackfield.loadtool.report.JvmAllocation;
import io.jackfield.loadtool.report.JvmUse;
import io.jackfield.loadtool.report.MachineSample;
import io.jackfield.loadtool.report.ProcessSample;
import io.jackfield.loadtool.report.ServerUse;
import java.time.Duration;
import java.util.Optional;

/** What the server's process, this one and the machine use meanwhile. Any thread. */
final class Meter {
    private final ServerProcess process;

    Meter(ServerProcess process) {
        this.process = process;
    }

    /**
     * What was used in a window.
     *
     * @param stealPercent of the machine's time
     */
    record Use(
            Duration took,
            Optional<ServerUse> server,
            JvmUse jvm,
            Optional<ServerUse> own,
            double stealPercent) {}

    /** The beginning of a window. */
    final class Window {
        // The JVM is asked first and last: that stops it.
        private final Optional<JvmAllocation> allocation = allocation();
        private final Optional<Long> gcLogEnd = process.gcLog().map(GcPauses::end);
        private final Optional<MachineSample> machine = MachineSample.now();
        private final Optional<ProcessSample> own = own();
        private final Optional<ProcessSample> server = server();
        private final long beginNanos = System.nanoTime();

        private Window() throws InterruptedException {}

        Use end() throws InterruptedException {
            long tookNanos = System.nanoTime() - beginNanos;
            Optional<ServerUse> serverUse =
                    server.flatMap(b -> server().map(after -> ServerUse.between(b, after)));
            Optional<ServerUse> ownUse =
                    own.flatMap(b -> own().map(after -> ServerUse.between(b, after)));
            double steal =
                    machine.flatMap(b ->
                                    MachineSample.now().map(a -> MachineSample.stealPercent(b, a)))
                            .orElse(0.0);
            return new Use(Duration.ofNanos(tookNanos), serverUse, jvm(), ownUse, steal);
        }

        private JvmUse jvm() throws InterruptedException {
            Optional<GcPauses> pauses =
                    gcLogEnd.flatMap(
                            from -> process.gcLog().flatMap(log -> GcPauses.since(log, from)));
            Optional<JvmAllocation> after = allocation();
            return new JvmUse(
                    allocation.flatMap(before -> after.map(now -> now.since(before))), pauses);
        }
    }

    Window begin() throws InterruptedException {
        return new Window();
    }

    private Optional<JvmAllocation> allocation() throws InterruptedException {
        return process.allocation() && process.pid().isPresent()
                ? JvmAllocation.of(process.pid().getAsLong())
                : Optional.empty();
    }

    private Optional<ProcessSample> server() {
        return process.pid().isEmpty()
                ? Optional.empty()
                : ProcessSample.of(process.pid().getAsLong());
    }

    private static Optional<ProcessSample> own() {
        return ProcessSample.of(ProcessHandle.current().pid());
    }

    /** The server's memory in RAM, KiB; 0 where it is not known. */
    long serverKib() {
        return server().map(ProcessSample::residentKib).orElse(0L);
    }
}
