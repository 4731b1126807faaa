package io.jackfield.media.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.media.codec.Signals;
import io.jackfield.protocol.dtmf.DtmfDigit;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What one leg says in one codec, heard in another")
class TranscodingTest {
    private static final Seed SEED = new Seed(20_261_123);
    private static final List<Codec> CODECS =
            List.of(Codec.OPUS, Codec.G722, Codec.PCMA, Codec.PCMU);
    private static final double[] SCALE = {400, 600, 900, 1_300, 1_900, 2_700};
    private static final double PEAK = 0.25;
    private static final int TONE_MILLIS = 1_600;

    static Stream<Arguments> pairs() {
        return CODECS.stream()
                .flatMap(from ->
                        CODECS.stream()
                                .flatMap(to ->
                                        Stream.of(
                                                Arguments.of(from, to, 0.0, 0),
                                                Arguments.of(from, to, 0.02, 20),
                                                Arguments.of(from, to, 0.05, 40),
                                                Arguments.of(from, to, 0.10, 100))));
    }

    @ParameterizedTest(name = "{0} to {1}, loss {2}, jitter {3} ms")
    @MethodSource("pairs")
    @DisplayName("has its pitch, its level within 1 dB, and its order")
    void scale(Codec from, Codec to, double loss, int jitterMillis) {
        NetworkConditions conditions =
                NetworkConditions.PERFECT
                        .withDelay(Duration.ofMillis(20))
                        .withLoss(loss)
                        .withJitter(Duration.ofMillis(jitterMillis));
        BridgeBench bench = new BridgeBench(from, to, conditions, SEED);
        // The jitter buffers learn the network before the tones begin.
        bench.say(Signals.voice(bench.spokenRate(), bench.spokenRate() * 3, 3));
        short[] heard = bench.say(scale(bench.spokenRate()));
        int rate = bench.heardRate();
        int begin = beginning(heard, rate);
        System.out.printf(
                "%s to %s, loss %.0f %%, jitter %d ms: begins after %d ms%n",
                from.name(), to.name(), loss * 100, jitterMillis, begin * 1_000L / rate);
        for (int i = 0; i < SCALE.length; i++) {
            double level = Signals.decibels(medianStrength(heard, begin, i, rate) / PEAK);
            assertThat(level).as("%.0f Hz", SCALE[i]).isCloseTo(0, within(1.0));
        }
    }

    private static short[] scale(int rate) {
        int tone = rate * TONE_MILLIS / 1_000;
        short[] all = new short[tone * SCALE.length + rate / 2];
        for (int i = 0; i < SCALE.length; i++) {
            System.arraycopy(Signals.sine(rate, SCALE[i], PEAK, tone), 0, all, i * tone, tone);
        }
        return all;
    }

    /** Where the first tone is there for good: between 0 and half a second. */
    private static int beginning(short[] heard, int rate) {
        int window = rate / 50;
        for (int at = 0; at < rate / 2; at += rate / 1_000) {
            if (Signals.strength(heard, at, at + window, rate, SCALE[0]) > PEAK / 2) {
                return at;
            }
        }
        throw new AssertionError("the first tone never came");
    }

    /** Windows of 40 ms in the middle of where that tone has to be; losses hit the fewer. */
    private static double medianStrength(short[] heard, int begin, int tone, int rate) {
        int length = rate * TONE_MILLIS / 1_000;
        int window = rate / 25;
        int from = begin + tone * length + length / 4;
        double[] found = new double[length / 2 / window];
        for (int i = 0; i < found.length; i++) {
            int at = from + i * window;
            found[i] = Signals.strength(heard, at, at + window, rate, SCALE[tone]);
        }
        Arrays.sort(found);
        return found[found.length / 2];
    }

    @Test
    @DisplayName("leaves every 20 ms in one stream of the other codec, marked where it begins")
    void stream() {
        BridgeBench bench =
                new BridgeBench(Codec.OPUS, Codec.PCMA, NetworkConditions.PERFECT, SEED);
        bench.say(Signals.voice(bench.spokenRate(), bench.spokenRate() * 2, 1));
        assertThat(bench.left).hasSizeBetween(98, 101);
        for (int i = 1; i < bench.left.size(); i++) {
            BridgeBench.Left before = bench.left.get(i - 1);
            BridgeBench.Left packet = bench.left.get(i);
            assertThat(packet.sequence()).isEqualTo((before.sequence() + 1) & 0xFFFF);
            assertThat(packet.timestamp() - before.timestamp()).isEqualTo(160);
            assertThat(packet.payload()).hasSize(160);
            assertThat(packet.marker()).isFalse();
            assertThat((packet.atNanos() - before.atNanos()) / 1_000_000L).isBetween(16L, 24L);
        }
        assertThat(bench.left.getFirst().marker()).isTrue();
    }

    @Test
    @DisplayName("ends a second after the last packet, and goes on in time with the next")
    void pause() {
        BridgeBench bench =
                new BridgeBench(Codec.PCMU, Codec.OPUS, NetworkConditions.PERFECT, SEED);
        short[] second = Signals.voice(8_000, 8_000, 1);
        bench.say(second);
        bench.pause(250);
        int before = bench.left.size();
        assertThat(before).isBetween(98, 103);
        bench.say(second);
        assertThat(bench.left.size() - before).isBetween(48, 51);
        BridgeBench.Left last = bench.left.get(before - 1);
        BridgeBench.Left next = bench.left.get(before);
        assertThat(next.marker()).isTrue();
        assertThat(next.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
        double passed = (next.atNanos() - last.atNanos()) / 1e9 * 48_000;
        assertThat((double) (next.timestamp() - last.timestamp())).isCloseTo(passed, within(960.0));
    }

    @Test
    @DisplayName("tells what was decoded, what came too late, and what was made up")
    void statistics() {
        NetworkConditions bad =
                NetworkConditions.PERFECT.withLoss(0.1).withReorder(0.05, Duration.ofMillis(900));
        BridgeBench bench = new BridgeBench(Codec.OPUS, Codec.PCMU, bad, SEED);
        bench.say(Signals.voice(bench.spokenRate(), bench.spokenRate() * 10, 1, 120, 0));
        LegStatistics.Decoded decoded = bench.hearer.decoded();
        assertThat(decoded.packets() + decoded.late()).isBetween(490 - bench.lost(), 500L);
        assertThat(decoded.late()).isBetween(5L, 50L);
        assertThat(decoded.concealedMillis()).isBetween(bench.lost() * 10, 3_500L);
        assertThat(decoded.takenMillis()).isBetween(9_900L, 10_020L);
        assertThat(decoded.broken()).isZero();
    }

    @Test
    @DisplayName("goes on when payloads are broken: they are counted and concealed")
    void broken() {
        BridgeBench bench =
                new BridgeBench(Codec.OPUS, Codec.PCMA, NetworkConditions.PERFECT, SEED);
        RandomGenerator random = SEED.random();
        bench.spoil = bytes -> random.nextInt(4) == 0 ? noise(bytes, random) : bytes;
        short[] heard =
                bench.say(Signals.voice(bench.spokenRate(), bench.spokenRate() * 20, 1, 120, 0));
        assertThat(bench.hearer.decoded().broken()).isPositive();
        assertThat(bench.left).hasSizeBetween(995, 1_001);
        assertThat(Signals.rms(heard, 0, heard.length)).isPositive();
    }

    /** Any length from none to a datagram, anything in it. */
    private static byte[] noise(byte[] packet, RandomGenerator random) {
        byte[] spoiled = new byte[RtpPacket.HEADER_BYTES + random.nextInt(1_480)];
        random.nextBytes(spoiled);
        System.arraycopy(packet, 0, spoiled, 0, RtpPacket.HEADER_BYTES);
        return spoiled;
    }

    @Test
    @DisplayName("a key is pressed anew in the clock of the other leg; its packets are no sound")
    void key() {
        BridgeBench bench =
                new BridgeBench(Codec.OPUS, Codec.PCMA, NetworkConditions.PERFECT, SEED);
        short[] silence = new short[bench.spokenRate()];
        bench.say(silence);
        ByteBuffer event = ByteBuffer.allocate(16);
        RtpPacket.writeHeader(event, true, 101, 7, 7, 0xABCD);
        event.position(12).putInt(0x070A03C0);
        assertThat(bench.arrive(event.array())).isEqualTo(Outcome.FORWARDED);
        bench.hearer.pressed(new DtmfPress(DtmfDigit.DIGIT_7, 100), bench.now);
        bench.say(silence);
        List<BridgeBench.Left> keys =
                bench.left.stream().filter(packet -> packet.type() == 101).toList();
        assertThat(keys).hasSize(8 - 1);
        assertThat(keys.getLast().payload()).startsWith(7, 0x8A);
        int units = (keys.getLast().payload()[2] & 0xFF) << 8 | keys.getLast().payload()[3] & 0xFF;
        assertThat(units).isEqualTo(800);
        assertThat(bench.left.getLast().type()).isZero();
    }

    @Test
    @DisplayName("between the laws of G.711 each byte is translated, and nothing waits")
    void laws() {
        BridgeBench bench =
                new BridgeBench(Codec.PCMU, Codec.PCMA, NetworkConditions.PERFECT, SEED);
        assertThat(bench.hearer).isInstanceOf(LawBridge.class);
        bench.say(Signals.sine(8_000, 440, PEAK, 8_000));
        assertThat(bench.left).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(bench.left.get(i).atNanos() / 1_000_000L).isEqualTo(1_000 + 20 * i);
        }
        assertThat(bench.hearer.decoded()).isEqualTo(LegStatistics.Decoded.NOTHING);
    }

    @Test
    @DisplayName("where the codec is the same, packets pass as they are")
    void same() {
        BridgeBench bench =
                new BridgeBench(Codec.OPUS, Codec.OPUS, NetworkConditions.PERFECT, SEED);
        assertThat(bench.hearer).isInstanceOf(Bridge.class);
    }
}
