package io.jackfield.server.config;

import java.util.List;

/** A value and where it was written. */
record Located<T>(Place place, T value) {

    static <T> List<T> values(List<Located<T>> items) {
        return items.stream().map(Located::value).toList();
    }
}
