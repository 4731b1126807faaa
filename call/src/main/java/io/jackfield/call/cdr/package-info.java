/**
 * Call detail records: what is written down about every call, once.
 *
 * <p>Here: the record and the port it leaves by. Not here: spool and SQL ({@code storage}).
 */
@NullMarked
package io.jackfield.call.cdr;

import org.jspecify.annotations.NullMarked;
