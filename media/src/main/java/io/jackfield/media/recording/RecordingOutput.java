package io.jackfield.media.recording;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a recording on their way to the disk, in the clear or sealed. */
interface RecordingOutput {
    /** Writes all that remains in the buffer behind what is there. */
    void append(ByteBuffer bytes) throws IOException;

    /** Whether {@link #patch} works: what is sealed cannot be changed. */
    boolean patches();

    void patch(long position, ByteBuffer bytes) throws IOException;

    /** Bytes appended, whether or not they are on the disk yet. */
    long size();

    /** Writes what is still in memory, and waits until the disk has it. */
    void finish() throws IOException;

    /**
     * Ends after a failure: cuts off what was only half written.
     *
     * @param size what makes sense as a file
     */
    void abandon(long size) throws IOException;
}
