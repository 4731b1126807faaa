package io.jackfield.media.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.codec.G711;
import io.jackfield.media.codec.G711Encoder;
import io.jackfield.media.codec.G722Encoder;
import io.jackfield.media.codec.Opus;
import io.jackfield.media.codec.OpusTuning;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.RtpValidity;
import io.jackfield.protocol.sdp.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The two channels of a recording stay aligned")
class AlignmentTest {
    private static final int RATE = 8_000;
    private static final double CHIRP_SECONDS = 0.3;
    private static final double EVERY_SECONDS = 5;
    private static final int SEARCH_MILLIS = 120;
    private static final double ALLOWED_MILLIS = 20;

    /** The recording does not begin when the clock does. */
    private static final long ORIGIN = 123_456_789_012L;

    private record Hold(double from, double until) {}

    private static final List<Hold> HOLDS =
            List.of(new Hold(61, 92.37), new Hold(203, 241.11), new Hold(402, 431.73));

    /** What is said arrives in the recording at whole multiples of {@link #EVERY_SECONDS}. */
    private static SimulatedSpeaker.Sound chirps(double pathSeconds) {
        return seconds -> {
            double since = (seconds + pathSeconds) % EVERY_SECONDS;
            return since < CHIRP_SECONDS ? chirp(since) : 0.01 * Math.sin(seconds * 900);
        };
    }

    private static double chirp(double since) {
        double hertz = 400 + 2_600 * since / CHIRP_SECONDS / 2;
        return Math.sin(2 * Math.PI * hertz * since);
    }

    @Test
    @DisplayName("within 20 ms over 10 minutes: 5 % loss, 100 ms of jitter, drift, three holds")
    void staysAlignedOverTenMinutes() throws IOException {
        SimulatedSpeaker agent =
                new SimulatedSpeaker(
                        Codec.G722, new G722Encoder(), chirps(0.020), 90, 20_000_000, 100, 0.05, 1);
        SimulatedSpeaker customer =
                new SimulatedSpeaker(
                        Codec.PCMA,
                        new G711Encoder(G711.Law.ALAW),
                        chirps(0.070),
                        -110,
                        70_000_000,
                        100,
                        0.05,
                        2);
        agent.speak(0.3, HOLDS.get(0).from());
        customer.speak(0.1, HOLDS.get(0).from());

        // Both clocks go on during the hold.
        agent.pause(HOLDS.get(0).until() - HOLDS.get(0).from());
        customer.pause(HOLDS.get(0).until() - HOLDS.get(0).from());
        agent.speak(HOLDS.get(0).until(), HOLDS.get(1).from());
        customer.speak(HOLDS.get(0).until(), HOLDS.get(1).from());

        // The carrier comes back as somebody else; the agent a little later.
        customer.restart();
        agent.pause(HOLDS.get(1).until() - HOLDS.get(1).from() + 0.5);
        agent.speak(HOLDS.get(1).until() + 0.5, HOLDS.get(2).from());
        customer.speak(HOLDS.get(1).until(), HOLDS.get(2).from());

        // Neither clock went on during the hold.
        agent.speak(HOLDS.get(2).until(), 600);
        customer.speak(HOLDS.get(2).until(), 600);

        MemorySound sound = record(agent, customer, 600);

        assertAligned(sound, 600, 90);
    }

    @Test
    @DisplayName("with Opus on one side, whose encoder takes 6.5 ms more")
    void staysAlignedWithOpus() throws IOException {
        SimulatedSpeaker agent =
                new SimulatedSpeaker(
                        Codec.OPUS,
                        Opus.best().encoder(RATE, OpusTuning.VOICE.withComplexity(1)),
                        chirps(0.020),
                        90,
                        20_000_000,
                        60,
                        0,
                        3);
        SimulatedSpeaker customer =
                new SimulatedSpeaker(
                        Codec.PCMU,
                        new G711Encoder(G711.Law.ULAW),
                        chirps(0.005),
                        0,
                        5_000_000,
                        10,
                        0.02,
                        4);
        agent.speak(0.2, 58);
        customer.speak(0.2, 58);

        assertAligned(record(agent, customer, 58), 58, 10);
    }

    private static void assertAligned(MemorySound sound, double seconds, int chirpsMin) {
        List<Double> left = errors(sound.channel(0), seconds);
        List<Double> right = errors(sound.channel(1), seconds);
        assertThat(left).hasSameSizeAs(right).hasSizeGreaterThan(chirpsMin);
        for (int i = 0; i < left.size(); i++) {
            assertThat(Math.abs(left.get(i))).as("left %s", left).isLessThan(ALLOWED_MILLIS);
            assertThat(Math.abs(right.get(i))).as("right %s", right).isLessThan(ALLOWED_MILLIS);
            assertThat(Math.abs(left.get(i) - right.get(i))).isLessThan(ALLOWED_MILLIS);
        }
    }

    private static MemorySound record(
            SimulatedSpeaker agent, SimulatedSpeaker customer, double seconds) throws IOException {
        MemorySound sound = new MemorySound();
        RecordingOrder order =
                new RecordingOrder(
                        "test",
                        RecordingOrder.Format.WAV,
                        RATE,
                        RecordingOrder.PauseMark.SILENCE,
                        Instant.EPOCH);
        Recording recording =
                new Recording(order, Path.of("none"), () -> sound, Opus.best(), ORIGIN);
        recording.agent().agreed(agent.codecs());
        recording.customer().agreed(customer.codecs());
        record Arrival(RecordingChannel to, SimulatedSpeaker.Sent sent) {}
        List<Arrival> arrivals = new ArrayList<>();
        agent.sent().forEach(s -> arrivals.add(new Arrival(recording.agent(), s)));
        customer.sent().forEach(s -> arrivals.add(new Arrival(recording.customer(), s)));
        arrivals.sort(Comparator.comparing(a -> a.sent().arrivalNanos()));
        long worked = 0;
        RtpPacket packet = new RtpPacket();
        for (Arrival arrival : arrivals) {
            long at = arrival.sent().arrivalNanos();
            while (at - worked > 40_000_000) {
                worked += 40_000_000;
                assertThat(recording.work(ORIGIN + worked)).isFalse();
            }
            ByteBuffer bytes = ByteBuffer.wrap(arrival.sent().packet());
            assertThat(packet.wrap(bytes)).isEqualTo(RtpValidity.VALID);
            arrival.to().packet(packet, ORIGIN + at);
        }
        long end = ORIGIN + (long) (seconds * 1e9);
        recording.stop(end);
        assertThat(recording.work(end)).isTrue();
        assertThat(sound.channel(0)).hasSize((int) (seconds * RATE));
        recording.release();
        return sound;
    }

    /** By how many milliseconds each chirp is off its place. */
    private static List<Double> errors(short[] channel, double seconds) {
        List<Double> errors = new ArrayList<>();
        for (double at = EVERY_SECONDS; at < seconds - 1; at += EVERY_SECONDS) {
            if (isTalking(at)) {
                errors.add(error(channel, (int) Math.round(at * RATE)));
            }
        }
        return errors;
    }

    private static boolean isTalking(double at) {
        return HOLDS.stream().noneMatch(h -> at > h.from() - 1 && at < h.until() + 1);
    }

    private static double error(short[] channel, int expected) {
        int length = (int) (CHIRP_SECONDS * RATE);
        int search = SEARCH_MILLIS * RATE / 1_000;
        double best = 0;
        int bestShift = 0;
        for (int shift = -search; shift <= search; shift++) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += channel[expected + shift + i] * chirp((double) i / RATE);
            }
            if (sum > best) {
                best = sum;
                bestShift = shift;
            }
        }
        assertThat(best / length).as("a chirp at %s", expected).isGreaterThan(1_500);
        return bestShift * 1_000.0 / RATE;
    }
}
