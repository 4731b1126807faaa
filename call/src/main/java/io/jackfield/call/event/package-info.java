/**
 * What happens, as sealed records: the ladder, metrics and quality only listen.
 *
 * <p>Events are published on the thread where they happen and must be taken without blocking.
 */
@NullMarked
package io.jackfield.call.event;

import org.jspecify.annotations.NullMarked;
