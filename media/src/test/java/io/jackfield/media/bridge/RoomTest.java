package io.jackfield.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.media.Outcome;
import io.jackfield.media.audio.Supervision;
import io.jackfield.media.codec.AudioDecoder;
import io.jackfield.media.codec.AudioEncoder;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.media.codec.Signals;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.PacketOutput;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecMap;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several legs in a room")
class RoomTest {
    private static final List<Codec> CODECS =
            List.of(Codec.OPUS, Codec.PCMA, Codec.G722, Codec.PCMU);
    private static final double PEAK = 0.08;

    /** What Opus and G.711 add of their own at another frequency is less than this. */
    private static final double ABSENT_DECIBELS = -30;

    private final Room room = new Room(BridgeBench.CODECS);
    private final List<Person> people = new ArrayList<>();
    private long now = 1_000_000_000L;

    /** Somebody who hums one tone, in one codec, and listens. */
    private final class Person implements PacketOutput {
        final double hertz;
        final Codec codec;
        final AudioEncoder encoder;
        final AudioDecoder decoder;
        final Seat seat;
        final OutgoingStream stream;
        final CodecMap codecs;
        final short[] heard;
        short[] hum;
        int heardSamples;
        int frame;

        Person(double hertz, Codec codec) {
            this.hertz = hertz;
            this.codec = codec;
            int rate = SpeechCodecs.sampleRate(codec, 16_000);
            encoder =
                    BridgeBench.CODECS.encoder(
                            codec, rate, OpusTuning.VOICE.withBitsPerSecond(40_000));
            decoder = BridgeBench.CODECS.decoder(codec, rate);
            heard = new short[rate * 10 + decoder.frameSamplesMax()];
            hum = Signals.sine(rate, hertz, PEAK, rate * 5);
            codecs = BridgeBench.map(codec, 96);
            stream = new OutgoingStream(this, "name", new Seed(7).random(), BridgeBench.CODECS);
            stream.apply(codecs, Direction.SENDRECV, Instant.EPOCH, now);
            seat = room.join().orElseThrow();
            seat.connect(codecs, stream);
            people.add(this);
        }

        void speak() {
            int samples = encoder.sampleRate() / 50;
            ByteBuffer bytes = ByteBuffer.allocate(1_500);
            int timestamp = frame * encoder.rtpClockRate() / 50;
            RtpPacket.writeHeader(bytes, false, 96, frame & 0xFFFF, timestamp, 1);
            bytes.position(RtpPacket.HEADER_BYTES);
            encoder.encode(hum, frame * samples % hum.length, samples, bytes);
            bytes.flip();
            RtpPacket packet = new RtpPacket();
            packet.wrap(bytes);
            assertThat(seat.hear(packet, now)).isEqualTo(Outcome.FORWARDED);
            frame++;
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public Outcome sendRtp(ByteBuffer bytes) {
            RtpPacket packet = new RtpPacket();
            packet.wrap(bytes);
            ByteBuffer payload = bytes.slice(packet.payloadOffset(), packet.payloadLength());
            heardSamples += decoder.decode(payload, heard, heardSamples);
            return Outcome.FORWARDED;
        }

        @Override
        public Outcome sendRtcp(ByteBuffer compound) {
            return Outcome.FORWARDED;
        }

        /** How loud somebody's tone was in the last second, against what was hummed. */
        double hears(Person other) {
            int rate = decoder.sampleRate();
            double strength =
                    Signals.strength(heard, heardSamples - rate, heardSamples, rate, other.hertz);
            return Signals.decibels(strength / PEAK);
        }
    }

    private void pass(int frames) {
        for (int i = 0; i < frames; i++) {
            people.forEach(Person::speak);
            now += 7_000_000L;
            room.mix(now);
            now += Room.STEP_NANOS - 7_000_000L;
        }
    }

    private static void assertHears(Person listener, Person speaker) {
        assertThat(listener.hears(speaker))
                .as("%s hears %s", listener.hertz, speaker.hertz)
                .isCloseTo(0, within(1.0));
    }

    private static void assertDeaf(Person listener, Person speaker) {
        assertThat(listener.hears(speaker))
                .as("%s does not hear %s", listener.hertz, speaker.hertz)
                .isLessThan(ABSENT_DECIBELS);
    }

    @Test
    @DisplayName("in a conference of ten each hears all others as loud as they are, and not itself")
    void conference() {
        for (int i = 0; i < 10; i++) {
            Person _ = new Person(400 + 250 * i, Codec.PCMU);
        }
        pass(150);
        for (Person listener : people) {
            for (Person speaker : people) {
                if (listener == speaker) {
                    assertDeaf(listener, speaker);
                } else {
                    assertHears(listener, speaker);
                }
            }
        }
    }

    @Test
    @DisplayName("hear each other whatever codec each has")
    void codecs() {
        for (Codec codec : CODECS) {
            Person _ = new Person(500 + 400 * people.size(), codec);
        }
        // Alone, so that Opus codes one tone: of several at once it keeps the voice, not the level.
        for (Person speaker : people) {
            for (Person other : people) {
                other.hum =
                        Signals.sine(
                                other.encoder.sampleRate(),
                                other.hertz,
                                other == speaker ? PEAK : 0,
                                other.encoder.sampleRate() * 5);
            }
            pass(100);
            for (Person listener : people) {
                if (listener == speaker) {
                    assertDeaf(listener, speaker);
                } else {
                    assertHears(listener, speaker);
                }
            }
        }
    }

    @Test
    @DisplayName("a whisper is in the agent's ear and in no other; barging in is heard by all")
    void supervision() {
        Person agent = new Person(500, Codec.PCMA);
        Person customer = new Person(900, Codec.PCMU);
        Person supervisor = new Person(1_700, Codec.PCMA);
        room.supervise(supervisor.seat, agent.seat, Supervision.WHISPER);
        pass(150);
        assertHears(agent, supervisor);
        assertDeaf(customer, supervisor);
        assertHears(customer, agent);
        assertHears(agent, customer);
        assertHears(supervisor, customer);
        assertHears(supervisor, agent);
        assertDeaf(supervisor, supervisor);
        room.supervise(supervisor.seat, agent.seat, Supervision.LISTEN);
        pass(100);
        assertDeaf(agent, supervisor);
        assertDeaf(customer, supervisor);
        assertHears(supervisor, customer);
        room.supervise(supervisor.seat, agent.seat, Supervision.BARGE);
        pass(100);
        assertHears(agent, supervisor);
        assertHears(customer, supervisor);
    }

    @Test
    @DisplayName("who is turned up by 6 dB is heard so, who is muted is not, who leaves is gone")
    void gain() {
        Person one = new Person(500, Codec.PCMA);
        Person other = new Person(1_100, Codec.PCMU);
        room.gain(other.seat, 6);
        pass(150);
        assertThat(one.hears(other)).isCloseTo(6, within(1.0));
        assertHears(other, one);
        room.gain(other.seat, Double.NEGATIVE_INFINITY);
        pass(100);
        assertDeaf(one, other);
        room.gain(other.seat, 0);
        pass(100);
        assertHears(one, other);
        people.remove(other);
        room.leave(other.seat);
        int before = other.heardSamples;
        pass(100);
        assertDeaf(one, other);
        assertThat(other.heardSamples).isEqualTo(before);
        assertThat(one.seat.decoded().packets()).isEqualTo(450);
    }
}
