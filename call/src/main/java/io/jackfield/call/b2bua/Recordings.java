package io.jackfield.call.b2bua;

import io.jackfield.media.recording.Recording;
import io.jackfield.media.recording.RecordingOrder;
import java.util.Optional;

/** Begins recordings. Any thread; never waits. */
@FunctionalInterface
public interface Recordings {
    /** Records nothing. */
    Recordings NONE = _ -> Optional.empty();

    /** Empty where it cannot be; who must act is told elsewhere. */
    Optional<Recording> record(RecordingOrder order);
}
