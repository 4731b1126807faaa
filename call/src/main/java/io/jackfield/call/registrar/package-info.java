/**
 * The registrar: RFC 3261 §10, with flows by RFC 5626.
 *
 * <p>Here: bindings and how long they live. Not here: passwords ({@code auth}), flows themselves
 * ({@code edge}).
 */
@NullMarked
package io.jackfield.call.registrar;

import org.jspecify.annotations.NullMarked;
