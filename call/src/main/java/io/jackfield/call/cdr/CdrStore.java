package io.jackfield.call.cdr;

/**
 * Where call detail records go. Declared here, implemented by {@code storage}.
 *
 * <p>Thread-safety: any thread. It never waits for a database and never throws.
 */
public interface CdrStore {
    void append(Cdr cdr);
}
