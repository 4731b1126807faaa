package io.jackfield.protocol.rtcp;

import java.nio.ByteBuffer;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class RtcpWriter {
    private RtcpWriter() {}

    /**
     * Writes a packet at the position and moves it behind.
     *
     * @throws java.nio.BufferOverflowException where the buffer is too small: our mistake
     */
    public static void write(RtcpPacket packet, ByteBuffer out) {
        throw new UnsupportedOperationException();
    }
}
