package io.jackfield.media.codec;

import java.lang.management.ManagementFactory;

/** How much this thread has allocated so far, by the VM's own count. */
public final class Allocations {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    public static long bytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
