/**
 * The database: SQLite in one file, written by one thread.
 *
 * <p>Here: connections, statements, the transfer from the spool. Not here: the schema ({@code
 * migration}).
 */
@NullMarked
package io.jackfield.storage.jdbc;

import org.jspecify.annotations.NullMarked;
