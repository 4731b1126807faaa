package io.jackfield.loadtool.media;

import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;

/** What one end of a call makes of the packets it hears. Thread: the loop's. */
interface Ears extends AutoCloseable {
    /** What payload types mean from now on. */
    void listenTo(CodecMap codecs);

    /**
     * Takes a packet in the clear.
     *
     * @param packet laid over {@code bytes} here
     * @return true where something of this run was heard
     */
    boolean hear(RtpPacket packet, ByteBuffer bytes, long arrivedNanos, long nowNanos);

    @Override
    void close();
}
