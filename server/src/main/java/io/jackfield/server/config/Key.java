package io.jackfield.server.config;

import java.util.Locale;

/**
 * One thing that can be set.
 *
 * @param path with dots, lower case: {@code media.port}
 * @param standard what holds when nothing is written, in words for the documentation
 * @param purpose one or two sentences for the documentation
 */
record Key<T>(String path, Form<T> form, String standard, String purpose) {

    /** {@code media.port} is {@code JACKFIELD_MEDIA_PORT}. */
    String variable() {
        return Settings.VARIABLE_PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
