package io.jackfield.media.audio;

/** Who hears a supervisor, who always hears everybody. */
public enum Supervision {
    /** Nobody. */
    LISTEN,
    /** The agent alone. */
    WHISPER,
    /** Everybody. */
    BARGE
}
