/**
 * Who hears whom: {@link io.jackfield.media.bridge.Bridge} carries what one leg says to what
 * another hears, {@link io.jackfield.media.bridge.Room} mixes several, {@link
 * io.jackfield.media.bridge.QualityEcho} lets one hear itself.
 *
 * <p>Here: which payload type becomes which ({@link io.jackfield.media.bridge.CodecMapping}), what
 * is decoded and encoded because no type fits ({@link io.jackfield.media.bridge.Transcoder}). Not
 * here: codecs ({@code codec}), jitter and mixing of samples ({@code audio}), numbers and timing of
 * the stream that is heard ({@code pipeline.OutgoingStream}).
 *
 * <p>Thread: the media loop's; nothing allocates per packet or frame.
 */
@NullMarked
package io.jackfield.media.bridge;

import org.jspecify.annotations.NullMarked;
