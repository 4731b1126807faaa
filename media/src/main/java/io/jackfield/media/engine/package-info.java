/**
 * The media engine put together: {@link io.jackfield.media.engine.MediaServer} opens sockets and
 * legs; a leg is a handle that any thread holds and a running leg that lives on the loop.
 *
 * <p>Start with {@link io.jackfield.media.engine.MediaServer}; the way of a packet begins in {@link
 * io.jackfield.media.engine.BrowserPort} or {@link io.jackfield.media.engine.RunningTrunkLeg}.
 *
 * <p>One loop for all legs, so that a bridge never crosses threads. More loops, and calls divided
 * among them, when a measurement asks for it.
 */
@NullMarked
package io.jackfield.media.engine;

import org.jspecify.annotations.NullMarked;
