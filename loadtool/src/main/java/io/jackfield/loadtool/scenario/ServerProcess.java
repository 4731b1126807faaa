package io.jackfield.loadtool.scenario;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The server's process, where it is on this machine and is to be measured.
 *
 * @param allocation it is a JVM, which is asked what it allocates
 * @param gcLog that its JVM writes
 */
public record ServerProcess(OptionalLong pid, boolean allocation, Optional<Path> gcLog) {
    /** It is not measured. */
    public static final ServerProcess UNKNOWN =
            new ServerProcess(OptionalLong.empty(), false, Optional.empty());
}
