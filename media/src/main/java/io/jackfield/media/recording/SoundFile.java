package io.jackfield.media.recording;

import java.io.IOException;

/** A sound file of two channels that grows. Thread: the writer's. */
interface SoundFile {
    /** Writes frames of two samples. */
    void write(short[] interleaved, int offset, int frames) throws IOException;

    /** Makes the file as it is now one that players understand, should we be gone next. */
    void checkpoint() throws IOException;

    /** Bytes so far. */
    long bytes();

    /** Whether so many bytes more would be beyond what the format can hold. */
    boolean full();

    void finish() throws IOException;

    /** Ends after a failure: what was written up to it stays a good file. */
    void abandon() throws IOException;
}
