/**
 * The media engine's contract: what {@code call} may ask of it and what it hears back.
 *
 * <p>Here: {@link io.jackfield.media.MediaEngine}, its legs, their events, settings and counters;
 * all of it values and interfaces. Not here: how it is done. A packet's way is {@code socket} (the
 * loop) → {@code demux} → {@code peer} (ICE, DTLS, SRTP) → {@code pipeline} → {@code bridge} → the
 * other leg's {@code peer} → {@code socket}; {@code engine} puts them together; {@code dtls} and
 * {@code prompt} stand by themselves.
 *
 * <p>{@code recording} writes down what legs say. Left out on purpose: transcoding, mixing, jitter
 * buffers. Packets pass through undecoded where both legs speak the same codec.
 *
 * <p>Start with {@link io.jackfield.media.MediaEngine}, then {@link io.jackfield.media.MediaEvent}.
 */
@NullMarked
package io.jackfield.media;

import org.jspecify.annotations.NullMarked;
