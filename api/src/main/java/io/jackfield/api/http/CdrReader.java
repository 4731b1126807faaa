package io.jackfield.api.http;

import io.jackfield.call.cdr.Cdr;
import java.util.List;

/** Reads call records. Declared here, implemented over {@code storage}. */
@FunctionalInterface
public interface CdrReader {
    /**
     * The records that were stored last, newest first.
     *
     * @param limit at most so many
     * @throws UnavailableException when the database cannot be read now
     */
    List<Cdr> latest(int limit) throws UnavailableException;

    /** The database cannot be read now. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnavailableException(Exception cause) {
            super(cause);
        }
    }
}
