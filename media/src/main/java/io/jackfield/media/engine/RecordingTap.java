package io.jackfield.media.engine;

import io.jackfield.media.pipeline.Tap;
import io.jackfield.media.recording.RecordingChannel;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;

/** Brings what a leg says to its channel of a recording. Thread: the media loop's. */
record RecordingTap(RecordingChannel channel) implements Tap {
    @Override
    public void agreed(CodecMap codecs) {
        channel.agreed(codecs);
    }

    @Override
    public void packet(RtpPacket packet, long nowNanos) {
        channel.packet(packet, nowNanos);
    }
}
