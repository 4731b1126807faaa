package io.jackfield.contactcenter.runner;

import io.jackfield.contactcenter.floor.Floor;

/**
 * Keeps the floor for whoever takes over. Declared here, implemented by {@code storage}.
 *
 * <p>Thread-safety: called on the floor's thread after every step, before its effects are done. It
 * must not wait: it keeps the newest floor and writes it elsewhere.
 */
public interface FloorStore {
    void changed(Floor floor);
}
