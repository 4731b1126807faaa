package io.jackfield.media.recording;

import io.jackfield.media.codec.AudioEncoder;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A peer whose clock drifts and whose packets get lost, late and out of order. Time is the
 * server's, in nanoseconds since the recording began.
 */
final class SimulatedSpeaker {
    static final int PAYLOAD_TYPE = 96;
    private static final int FRAME_MILLIS = 20;

    /** A packet and when it arrives. */
    record Sent(long arrivalNanos, byte[] packet) {}

    /** What is said at a time; between -1 and 1. */
    @FunctionalInterface
    interface Sound {
        double at(double seconds);
    }

    private final Codec codec;
    private final AudioEncoder encoder;
    private final Sound sound;
    private final double ppm;
    private final Random random;
    private final long pathNanos;
    private final double jitterMillis;
    private final double loss;
    private final List<Sent> sent = new ArrayList<>();
    private int sequence;
    private int timestamp;
    private int ssrc;

    SimulatedSpeaker(
            Codec codec,
            AudioEncoder encoder,
            Sound sound,
            double ppm,
            long pathNanos,
            double jitterMillis,
            double loss,
            long seed) {
        this.codec = codec;
        this.encoder = encoder;
        this.sound = sound;
        this.ppm = ppm;
        this.pathNanos = pathNanos;
        this.jitterMillis = jitterMillis;
        this.loss = loss;
        random = new Random(seed);
        sequence = random.nextInt(65_536);
        timestamp = random.nextInt();
        ssrc = random.nextInt();
    }

    CodecMap codecs() {
        return new CodecMap(
                List.of(new CodecMap.Entry(codec, PAYLOAD_TYPE, PAYLOAD_TYPE)),
                List.of(),
                List.of());
    }

    /** Speaks from one time to another: both in seconds of the server. */
    void speak(double from, double until) {
        double frameSeconds = FRAME_MILLIS / 1_000.0 / (1 + ppm * 1e-6);
        int samples = encoder.sampleRate() * FRAME_MILLIS / 1_000;
        short[] pcm = new short[samples];
        ByteBuffer payload = ByteBuffer.allocate(encoder.bytesMax(samples));
        for (double at = from; at + frameSeconds <= until; at += frameSeconds) {
            for (int i = 0; i < samples; i++) {
                pcm[i] = (short) (20_000 * sound.at(at + frameSeconds * i / samples));
            }
            payload.clear();
            int bytes = encoder.encode(pcm, 0, samples, payload);
            send(payload.flip(), bytes, at + frameSeconds);
        }
    }

    private void send(ByteBuffer payload, int bytes, double captured) {
        ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + bytes);
        RtpPacket.writeHeader(packet, false, PAYLOAD_TYPE, sequence, timestamp, ssrc);
        packet.put(payload);
        sequence++;
        timestamp += encoder.rtpClockRate() * FRAME_MILLIS / 1_000;
        if (random.nextDouble() >= loss) {
            double delay = jitterMillis * random.nextDouble() * 1e6;
            sent.add(new Sent((long) (captured * 1e9 + delay) + pathNanos, packet.array()));
        }
    }

    /** The media clock goes on while nothing is sent. */
    void pause(double seconds) {
        timestamp += (int) Math.round(encoder.rtpClockRate() * seconds * (1 + ppm * 1e-6));
    }

    /** Everything begins anew, as when another device takes over. */
    void restart() {
        ssrc = random.nextInt();
        sequence = random.nextInt(65_536);
        timestamp = random.nextInt();
    }

    List<Sent> sent() {
        return sent;
    }
}
