package io.jackfield.media.bridge;

import io.jackfield.media.Outcome;
import io.jackfield.media.audio.JitterBuffer;
import io.jackfield.media.audio.JitterLimits;
import io.jackfield.media.codec.AudioEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.PacketOutput;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction between two legs in virtual time: a sender with a microphone, a network that spoils
 * its packets, the bridge, and a receiver that plays what comes.
 */
final class BridgeBench {
    static final SpeechCodecs CODECS = SpeechCodecs.best();
    static final int RATE = 16_000;
    private static final long MILLI = 1_000_000L;
    private static final int SENDER_SSRC = 0xABCD;

    /** A packet that left towards the hearing leg. */
    record Left(
            long atNanos, int type, int sequence, int timestamp, boolean marker, byte[] payload) {}

    private final CodecMap from;
    private final CodecMap to;
    private final AudioEncoder microphone;
    private final JitterBuffer earpiece;
    private final SimulatedNetwork<byte[]> network;
    final OutgoingStream stream;
    final List<Left> left = new ArrayList<>();
    Hearer hearer;
    long now = 1_000_000_000L;
    private final long began = now;
    private int sequence = 65_500;
    private int timestamp = -5_000;

    /** What the microphone's packets are made into before they are sent; for spoiling them. */
    java.util.function.UnaryOperator<byte[]> spoil = bytes -> bytes;

    BridgeBench(Codec from, Codec to, NetworkConditions conditions, Seed seed) {
        this.from = map(from, 96);
        this.to = map(to, 0);
        this.network = new SimulatedNetwork<>(conditions, seed);
        this.microphone =
                CODECS.encoder(
                        from,
                        SpeechCodecs.sampleRate(from, RATE),
                        OpusTuning.VOICE.withBitsPerSecond(32_000).withLossPercent(10));
        this.earpiece =
                new JitterBuffer(
                        CODECS.decoder(to, SpeechCodecs.sampleRate(to, RATE)),
                        JitterLimits.USUAL,
                        1);
        this.stream = new OutgoingStream(new Wire(), "name", seed.part(1).random(), CODECS);
        stream.apply(this.to, Direction.SENDRECV, Instant.EPOCH, now);
        this.hearer = Bridge.connect(Hearer.NOBODY, this.from, stream, CODECS);
    }

    /** That codec and keys of its clock. */
    static CodecMap map(Codec codec, int payloadType) {
        return new CodecMap(
                List.of(new CodecMap.Entry(codec, payloadType, payloadType)),
                List.of(new CodecMap.Entry(Codec.telephoneEvent(codec.clockRate()), 101, 101)),
                List.of());
    }

    private final class Wire implements PacketOutput {
        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Outcome sendRtp(ByteBuffer bytes) {
            RtpPacket packet = new RtpPacket();
            packet.wrap(bytes);
            byte[] payload = new byte[packet.payloadLength()];
            bytes.get(packet.payloadOffset(), payload);
            left.add(
                    new Left(
                            now,
                            packet.payloadType(),
                            packet.sequenceNumber(),
                            packet.rtpTimestamp(),
                            packet.marker(),
                            payload));
            if (packet.payloadType() == to.chosen().send()) {
                earpiece.put(
                        packet.sequenceNumber(),
                        packet.rtpTimestamp(),
                        ByteBuffer.wrap(payload),
                        now);
            }
            return Outcome.FORWARDED;
        }

        @Override
        public Outcome sendRtcp(ByteBuffer compound) {
            return Outcome.FORWARDED;
        }
    }

    /** The rate at which the sender speaks. */
    int spokenRate() {
        return microphone.sampleRate();
    }

    /** The rate at which the receiver hears. */
    int heardRate() {
        return SpeechCodecs.sampleRate(to.chosen().codec(), RATE);
    }

    /** Says all of that; what the receiver hears meanwhile. */
    short[] say(short[] pcm) {
        int frame = spokenRate() / 50;
        int frames = pcm.length / frame;
        short[] heard = new short[frames * heardRate() / 50];
        for (int i = 0; i < frames; i++) {
            speak(pcm, i * frame, frame);
            pass(heard, i);
        }
        return heard;
    }

    /** Says nothing for so many frames. */
    short[] pause(int frames) {
        short[] heard = new short[frames * heardRate() / 50];
        for (int i = 0; i < frames; i++) {
            timestamp += microphone.rtpClockRate() / 50;
            pass(heard, i);
        }
        return heard;
    }

    private void speak(short[] pcm, int offset, int samples) {
        ByteBuffer bytes = ByteBuffer.allocate(1_500);
        RtpPacket.writeHeader(
                bytes, false, from.chosen().receive(), sequence++ & 0xFFFF, timestamp, SENDER_SSRC);
        bytes.position(RtpPacket.HEADER_BYTES);
        microphone.encode(pcm, offset, samples, bytes);
        timestamp += microphone.rtpClockRate() / 50;
        byte[] packet = new byte[bytes.position()];
        bytes.get(0, packet);
        network.send(now, spoil.apply(packet));
    }

    /** 20 ms, millisecond by millisecond; timers fire up to 3 ms late. */
    private void pass(short[] heard, int frame) {
        for (int milli = 0; milli < 20; milli++) {
            network.poll(now).forEach(this::arrive);
            long late = (now - began) / MILLI % 4 * MILLI;
            if (stream.deadlineNanos().orElse(Long.MAX_VALUE) + late <= now) {
                stream.handleTimeout(now);
            }
            now += MILLI;
        }
        int samples = heardRate() / 50;
        earpiece.take(heard, frame * samples, samples, now);
    }

    Outcome arrive(byte[] bytes) {
        // Room for a tag behind, as in the socket's buffer.
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 64);
        buffer.put(bytes).flip();
        RtpPacket packet = new RtpPacket();
        packet.wrap(buffer);
        return hearer.hear(packet, now);
    }

    long lost() {
        return network.lost();
    }
}
