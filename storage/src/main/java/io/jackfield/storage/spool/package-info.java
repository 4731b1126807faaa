/**
 * The append-only files between memory and database: JSON lines in numbered segments.
 *
 * <p>Here: writing, forcing to disk, reading back after a crash. Not here: SQL ({@code jdbc}).
 */
@NullMarked
package io.jackfield.storage.spool;

import org.jspecify.annotations.NullMarked;
