package io.jackfield.server.config;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, each once, so that one start tells all of them. Single-threaded. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Place place, String what, String remedy) {
        Problem problem = new Problem(place, what, remedy);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    void add(InvalidValue invalid, String key) {
        add(invalid.place(), key + " " + invalid.getMessage(), invalid.remedy());
    }

    public boolean any() {
        return !found.isEmpty();
    }

    /** Ends the reading when anything was wrong. */
    void throwIfAny() {
        if (any()) {
            throw new ConfigurationException(found);
        }
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
