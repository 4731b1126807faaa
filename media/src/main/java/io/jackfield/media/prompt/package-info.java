/**
 * What the engine can say by itself: {@link io.jackfield.media.prompt.Prompt}, samples decoded once
 * and shared, made of files, tones or {@link io.jackfield.media.prompt.Music}.
 *
 * <p>{@link io.jackfield.media.prompt.PromptFile} reads WAV and Ogg Opus, {@link
 * io.jackfield.media.prompt.Numbers} says which words make a number, in English and Russian, and
 * {@link io.jackfield.media.prompt.Sequence} joins them.
 *
 * <p>Immutable; any thread. Not here: when a packet is due ({@code pipeline}), G.711, in which it
 * is said ({@code codec}).
 */
@NullMarked
package io.jackfield.media.prompt;

import org.jspecify.annotations.NullMarked;
