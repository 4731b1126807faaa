package io.jackfield.media.recording;

import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Encoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.RtpValidity;
import io.jackfield.protocol.sdp.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A recorder on a real disk, in virtual time, with speakers of two tones. */
final class RecordingBench {
    static final double AGENT_HERTZ = 440;
    static final double CUSTOMER_HERTZ = 1_000;
    static final int RATE = 8_000;
    private static final long STEP_NANOS = 20_000_000;

    final RecordingFolder folder;
    final Recorder recorder;
    final List<RecordingEvent> events = new ArrayList<>();
    private long nowNanos = 77_000_000_000L;

    RecordingBench(Path root, Optional<RecordingKey> key) {
        folder = new RecordingFolder(root, key, Opus.best(), new SecureRandom());
        recorder = new Recorder(folder, Opus.best(), events::add, () -> nowNanos, 1);
    }

    long now() {
        return nowNanos;
    }

    /** A recording and the two who speak in it. */
    final class Talk {
        final Recording recording;
        private final SimulatedSpeaker agent = speaker(AGENT_HERTZ, 1);
        private final SimulatedSpeaker customer = speaker(CUSTOMER_HERTZ, 2);
        private int agentAt;
        private int customerAt;
        private final long beganNanos = nowNanos;

        Talk(String id, RecordingOrder.Format format, double seconds) {
            recording =
                    recorder.record(
                                    new RecordingOrder(
                                            id,
                                            format,
                                            RATE,
                                            RecordingOrder.PauseMark.SILENCE,
                                            Instant.parse("2026-11-23T10:00:00Z")))
                            .orElseThrow();
            recording.agent().agreed(agent.codecs());
            recording.customer().agreed(customer.codecs());
            agent.speak(0, seconds);
            customer.speak(0, seconds);
        }

        private void deliver() {
            agentAt = deliver(agent, recording.agent(), agentAt);
            customerAt = deliver(customer, recording.customer(), customerAt);
        }

        private int deliver(SimulatedSpeaker speaker, RecordingChannel to, int from) {
            int at = from;
            RtpPacket packet = new RtpPacket();
            while (at < speaker.sent().size()
                    && beganNanos + speaker.sent().get(at).arrivalNanos() <= nowNanos) {
                SimulatedSpeaker.Sent sent = speaker.sent().get(at++);
                if (packet.wrap(ByteBuffer.wrap(sent.packet())) != RtpValidity.VALID) {
                    throw new IllegalStateException("no packet");
                }
                to.packet(packet, beganNanos + sent.arrivalNanos());
            }
            return at;
        }

        void stop() {
            recording.stop(nowNanos);
        }
    }

    private static SimulatedSpeaker speaker(double hertz, long seed) {
        return new SimulatedSpeaker(
                Codec.PCMA,
                new G711Encoder(G711.Law.ALAW),
                Tones.of(hertz),
                0,
                5_000_000,
                0,
                0,
                seed);
    }

    /** Lets time pass. */
    void talk(double seconds, Talk... talks) {
        long until = nowNanos + (long) (seconds * 1e9);
        while (nowNanos < until) {
            nowNanos += STEP_NANOS;
            for (Talk talk : talks) {
                talk.deliver();
            }
            recorder.work();
        }
    }

    /** Lets time pass in which no writer runs. */
    void stall(double seconds, Talk... talks) {
        nowNanos += (long) (seconds * 1e9);
        for (Talk talk : talks) {
            talk.deliver();
        }
    }

    <T extends RecordingEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** One channel of a WAV that is ready: 0 left, 1 right. */
    short[] wav(String id, int channel) throws IOException {
        try (RecordedFile file = folder.open(folder.find(id).orElseThrow());
                InputStream in = file.stream()) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int data = bytes.getInt(40);
            if (bytes.getInt(4) != data + 36 || bytes.limit() != data + 44) {
                throw new IOException("the head says " + data + ", there are " + bytes.limit());
            }
            short[] samples = new short[data / 4];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = bytes.getShort(44 + i * 4 + channel * 2);
            }
            return samples;
        }
    }
}
