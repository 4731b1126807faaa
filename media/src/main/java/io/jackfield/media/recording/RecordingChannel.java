package io.jackfield.media.recording;

import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.CodecMap;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The media loop's end of one channel: takes what a leg sends. It never blocks and never allocates;
 * what finds no room is dropped and counted, and its place stays silent.
 *
 * <p>Thread: the media loop's of that leg, except where said.
 */
public final class RecordingChannel {
    private static final int PAYLOAD_TYPES = 128;

    private final PacketRing ring = new PacketRing();
    private final VoiceCodec[] codecs = new VoiceCodec[PAYLOAD_TYPES];
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean listening = true;

    RecordingChannel() {
        Arrays.fill(codecs, VoiceCodec.NONE);
    }

    /** What payload types mean from now on. */
    public void agreed(CodecMap map) {
        Arrays.fill(codecs, VoiceCodec.NONE);
        map.codecs().forEach(e -> codecs[e.receive()] = VoiceCodec.of(e.codec()));
    }

    /** Copies the packet, unless the recording pauses. */
    public void packet(RtpPacket packet, long nowNanos) {
        VoiceCodec codec = codecs[packet.payloadType()];
        if (!listening || codec == VoiceCodec.NONE) {
            return;
        }
        if (!ring.offer(packet, codec, nowNanos)) {
            dropped.setPlain(dropped.getPlain() + 1);
        }
    }

    /** Any thread: while false, nothing of what is said is even copied. */
    void listen(boolean on) {
        listening = on;
    }

    /** For the writer. */
    PacketRing ring() {
        return ring;
    }

    /** Packets that found no room. Any thread. */
    long dropped() {
        return dropped.get();
    }
}
