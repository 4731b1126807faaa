/**
 * Who hears whom: {@link io.jackfield.media.bridge.Bridge} carries what one leg says to what
 * another hears.
 *
 * <p>Here: which payload type becomes which ({@link io.jackfield.media.bridge.CodecMapping}). Not
 * here: numbers and timing of the stream ({@code pipeline.OutgoingStream}, {@code protocol.rtp}).
 * Left out on purpose, for now: transcoding and more than two legs.
 *
 * <p>Thread: the media loop's.
 */
@NullMarked
package io.jackfield.media.bridge;

import org.jspecify.annotations.NullMarked;
