package io.jackfield.media.recording;

import java.io.IOException;

/** A recording that is sealed by another key, or damaged; the message says which. */
public final class UnreadableRecording extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableRecording(String message) {
        super(message);
    }
}
