/**
 * Sound at another rate: {@link io.jackfield.media.resampler.Resampler} for a stream, {@link
 * io.jackfield.media.resampler.RateConversion} for a whole sound.
 *
 * <p>Samples are 16-bit, one channel, in the caller's arrays. Depends on nothing.
 */
@NullMarked
package io.jackfield.media.resampler;

import org.jspecify.annotations.NullMarked;
