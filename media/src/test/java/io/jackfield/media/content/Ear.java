package io.jackfield.media.content;

import io.jackfield.media.audio.JitterBuffer;
import io.jackfield.media.audio.JitterLimits;
import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what arrives, and plays it afterwards as a phone would have at the time. Any thread. */
public final class Ear {
    private static final long STEP_NANOS = 20_000_000L;
    private static final long LINGER_NANOS = 400_000_000L;

    private final int payloadType;
    private final List<Arrived> arrived = new ArrayList<>();

    private record Arrived(long nanos, int sequence, int timestamp, byte[] payload) {}

    public Ear(int payloadType) {
        this.payloadType = payloadType;
    }

    public synchronized void hear(RtpPacket packet, long nowNanos) {
        if (packet.payloadType() != payloadType) {
            return;
        }
        byte[] payload = new byte[packet.payloadLength()];
        packet.buffer().get(packet.payloadOffset(), payload);
        arrived.add(new Arrived(nowNanos, packet.sequenceNumber(), packet.rtpTimestamp(), payload));
    }

    public synchronized int packets() {
        return arrived.size();
    }

    /** At 8 kHz, from the first packet on. */
    public synchronized short[] sound(Codec codec, SpeechCodecs codecs) {
        AudioDecoder decoder = codecs.decoder(codec, Voice.RATE);
        int rate = decoder.sampleRate();
        int step = rate / 50;
        long first = arrived.getFirst().nanos();
        long last = arrived.getLast().nanos() + LINGER_NANOS;
        short[] out = new short[(int) ((last - first) / STEP_NANOS + 1) * step];
        int written = 0;
        int next = 0;
        try (JitterBuffer buffer = new JitterBuffer(decoder, JitterLimits.USUAL, 1)) {
            for (long now = first; now < last; now += STEP_NANOS) {
                while (next < arrived.size() && arrived.get(next).nanos() <= now) {
                    Arrived packet = arrived.get(next++);
                    var _ =
                            buffer.put(
                                    packet.sequence(),
                                    packet.timestamp(),
                                    ByteBuffer.wrap(packet.payload()),
                                    packet.nanos());
                }
                buffer.take(out, written, step, now);
                written += step;
            }
        }
        short[] sound = Arrays.copyOf(out, written);
        return rate == 8_000 ? sound : Voice.to8000(sound);
    }
}
