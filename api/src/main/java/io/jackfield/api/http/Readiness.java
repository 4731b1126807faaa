package io.jackfield.api.http;

/** Whether new calls are welcome. Implemented by the assembly; any thread may ask. */
@FunctionalInterface
public interface Readiness {
    State state();

    /** In the order in which a process goes through them. */
    enum State {
        STARTING,
        READY,
        /** Running calls go on, new ones are refused. */
        DRAINING
    }
}
