package io.jackfield.media.pipeline;

import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;

/** Sees every accepted packet of a leg before it is passed on, for recording and debugging. */
@FunctionalInterface
public interface Tap {
    /** Sees nothing. */
    Tap NONE = (packet, nowNanos) -> {};

    /** Must neither keep nor change the packet. */
    void packet(RtpPacket packet, long nowNanos);

    /** What payload types mean from now on; told before the first packet. */
    default void agreed(CodecMap codecs) {}
}
