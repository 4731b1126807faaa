/**
 * What the engine can say by itself: {@link io.jackfield.media.prompt.Prompt}, samples decoded once
 * and shared, made of files, tones or {@link io.jackfield.media.prompt.Music}; and G.711 ({@link
 * io.jackfield.media.prompt.G711}), in which it is said.
 *
 * <p>Immutable; any thread. Not here: when a packet is due ({@code pipeline}).
 */
@NullMarked
package io.jackfield.media.prompt;

import org.jspecify.annotations.NullMarked;
