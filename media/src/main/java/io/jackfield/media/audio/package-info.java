/**
 * Sound as samples: other rates, levels, tones.
 *
 * <p>Here: {@link io.jackfield.media.audio.Resampler}, gain, level and limiter, tones and DTMF made
 * and heard. Not here: payloads ({@code codec}), who hears whom ({@code bridge}), packets ({@code
 * pipeline}).
 *
 * <p>Samples are 16-bit, one channel, in the caller's arrays. Machines without clock or socket; one
 * thread at a time. Nothing allocates per frame.
 */
@NullMarked
package io.jackfield.media.audio;

import org.jspecify.annotations.NullMarked;
