/**
 * The media of all phones and of the trunk that a run plays: frames every 20 ms to the moment, ICE,
 * DTLS and SRTP, on one thread.
 *
 * <p>Here: what is said and heard. Not here: who calls whom ({@code phone}, {@code trunk}, {@code
 * scenario}), sockets ({@code net}), counting ({@code measure}).
 *
 * <p>Start with {@link io.jackfield.loadtool.media.MediaHost}.
 */
@NullMarked
package io.jackfield.loadtool.media;

import org.jspecify.annotations.NullMarked;
