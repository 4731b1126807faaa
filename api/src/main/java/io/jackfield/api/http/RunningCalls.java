package io.jackfield.api.http;

import io.jackfield.call.b2bua.CallSnapshot;
import java.util.List;

/** Tells which calls are up. Any thread may ask. */
@FunctionalInterface
public interface RunningCalls {
    /** A snapshot, oldest first. */
    List<CallSnapshot> now();
}
