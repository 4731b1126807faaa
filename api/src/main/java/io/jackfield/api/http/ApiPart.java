package io.jackfield.api.http;

import java.util.List;

/** A part of the API. Any thread. */
@FunctionalInterface
public interface ApiPart {
    /** What can be asked of it. */
    List<Endpoint> endpoints();
}
