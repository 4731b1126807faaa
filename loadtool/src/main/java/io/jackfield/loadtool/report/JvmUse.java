package io.jackfield.loadtool.report;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a server that is a JVM.
 *
 * @param allocated bytes in the window, by thread; empty when not asked, or not to be had
 * @param pauses of its garbage collector in the window; likewise
 */
public record JvmUse(Optional<Map<String, Long>> allocated, Optional<GcPauses> pauses) {
    /** Nothing was asked. */
    public static final JvmUse NONE = new JvmUse(Optional.empty(), Optional.empty());

    public JvmUse {
        allocated = allocated.map(Map::copyOf);
    }

    /** Of all threads. */
    public Optional<Long> allocatedBytes() {
        return allocated.map(a -> a.values().stream().mapToLong(Long::longValue).sum());
    }
}
