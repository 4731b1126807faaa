/**
 * Sound as samples: from packets to an even stream, to other rates and levels.
 *
 * <p>Here: {@link io.jackfield.media.audio.JitterBuffer}, {@link
 * io.jackfield.media.resampler.Resampler}, {@link io.jackfield.media.audio.Mixer}, gain, level and
 * limiter, tones and DTMF made and heard. Not here: payloads ({@code codec}), sockets and what goes
 * on unchanged ({@code pipeline}, {@code bridge}).
 *
 * <p>Samples are 16-bit, one channel, in the caller's arrays. Machines without clock or socket; one
 * thread at a time. Nothing allocates per frame.
 */
@NullMarked
package io.jackfield.media.audio;

import org.jspecify.annotations.NullMarked;
