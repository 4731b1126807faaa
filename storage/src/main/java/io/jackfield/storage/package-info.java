/**
 * What outlives the process: call records on their way from memory through an append-only spool
 * into SQL, exactly once.
 *
 * <p>Start with {@link io.jackfield.storage.CdrStorage}. Calls never wait for anything here.
 */
@NullMarked
package io.jackfield.storage;

import org.jspecify.annotations.NullMarked;
