/**
 * What a datagram is, told by its first bytes: RFC 7983 §7 with RFC 5761 §4.
 *
 * <p>Pure; any thread.
 */
@NullMarked
package io.jackfield.media.demux;

import org.jspecify.annotations.NullMarked;
