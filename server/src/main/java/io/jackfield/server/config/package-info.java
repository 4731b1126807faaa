/**
 * What an operator writes: {@code jackfield.yaml}, {@code site.yaml} and {@code JACKFIELD_…}
 * variables, read into immutable records.
 *
 * <p>Here: reading, checking, naming every mistake with file, line, key and remedy. All mistakes of
 * a file are told at once. Not here: what the settings do; each component takes its own record.
 *
 * <p>Start with {@link io.jackfield.server.config.Keys}, the list of everything that can be set.
 * Single-threaded, at start.
 */
@NullMarked
package io.jackfield.server.config;

import org.jspecify.annotations.NullMarked;
