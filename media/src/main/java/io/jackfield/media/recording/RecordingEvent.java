package io.jackfield.media.recording;

import java.nio.file.Path;
import java.time.Duration;

/** What became of recordings. */
public sealed interface RecordingEvent {
    /** A recording has begun. */
    record Started(String recordingId) implements RecordingEvent {}

    /**
     * A recording is whole and can be heard.
     *
     * @param lost packets that did not come, came too late, or could not be decoded
     * @param dropped packets that came, but the writer was too slow for
     */
    record Ready(
            String recordingId, Path file, Duration length, long bytes, long lost, long dropped)
            implements RecordingEvent {}

    /** A recording could not begin or go on; what there is of it is a good file. */
    record Failed(String recordingId, String reason) implements RecordingEvent {}

    /** Nothing can be recorded: somebody must act. Told once, until it works again. */
    record StorageFailing(String reason) implements RecordingEvent {}

    /** Recordings can be written again. */
    record StorageWell() implements RecordingEvent {}
}
