/**
 * Recordings of calls: two channels, the agent left and the customer right, in a WAV or Ogg Opus
 * file, sealed where a key is given.
 *
 * <p>A packet's way: {@link io.jackfield.media.recording.RecordingChannel} copies it on the media
 * loop into a bounded ring; a writer thread of {@link io.jackfield.media.recording.Recorder} takes
 * it to {@link io.jackfield.media.recording.VoiceTrack}, which puts packets in order, decodes them
 * and places them in time; {@link io.jackfield.media.recording.SoundFile} writes what both tracks
 * have settled.
 *
 * <p>Here too: how recordings are found, read and thrown away ({@link
 * io.jackfield.media.recording.RecordingFolder}). Not here: which calls are recorded ({@code
 * call}), who may hear them ({@code api}).
 */
@NullMarked
package io.jackfield.media.recording;

import org.jspecify.annotations.NullMarked;
