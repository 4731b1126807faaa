package io.jackfield.api.http;

import io.jackfield.call.cdr.Cdr;
import java.util.List;
import java.util.Optional;

/** Reads call records. Declared here, implemented over {@code storage}. */
@FunctionalInterface
public interface CdrReader {
    /**
     * The newest records, newest first.
     *
     * @param cursor id of a record: only older ones; empty: from the newest
     * @param limit at most so many
     * @throws UnavailableException when the database cannot be read now
     */
    List<Cdr> before(Optional<String> cursor, int limit) throws UnavailableException;

    /** The database cannot be read now. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnavailableException(Exception cause) {
            super(cause);
        }
    }
}
