package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Opus (RFC 6716)")
class OpusTest {
    private static final Opus PURE = Opus.pureJava();

    /** libopus and Concentus, or Concentus alone where there is no libopus. */
    private static List<Opus> both() {
        Opus best = Opus.best();
        return best.equals(PURE) ? List.of(PURE) : List.of(best, PURE);
    }

    static Stream<Arguments> implementations() {
        return both().stream().map(Arguments::of);
    }

    /** Every implementation as encoder with every one as decoder, at every rate. */
    static Stream<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (Opus sender : both()) {
            for (Opus receiver : both()) {
                for (int rate : new int[] {8_000, 16_000, 48_000}) {
                    pairs.add(Arguments.of(sender, receiver, rate));
                }
            }
        }
        return pairs.stream();
    }

    private static Opus libopus() {
        Optional<LibOpus> library = LibOpus.find();
        assumeTrue(library.isPresent(), "not tried: no libopus0 on this machine");
        return new NativeOpus(library.orElseThrow());
    }

    private static List<byte[]> encode(Opus opus, OpusTuning tuning, int rate, short[] pcm) {
        List<byte[]> packets = new ArrayList<>();
        try (OpusEncoder encoder = opus.encoder(rate, tuning)) {
            int frame = rate / 50;
            ByteBuffer out = ByteBuffer.allocate(OpusEncoder.BYTES_MAX);
            for (int at = 0; at + frame <= pcm.length; at += frame) {
                out.clear();
                int bytes = encoder.encode(pcm, at, frame, out);
                assertThat(out.position()).isEqualTo(bytes);
                packets.add(Arrays.copyOf(out.array(), bytes));
            }
        }
        return packets;
    }

    /** Every {@code lostEvery}th packet is lost, and recovered from the next if that is allowed. */
    private static short[] decode(
            Opus opus, int rate, List<byte[]> packets, int lostEvery, boolean recover) {
        int frame = rate / 50;
        try (AudioDecoder decoder = opus.decoder(rate)) {
            short[] pcm = new short[packets.size() * frame + decoder.frameSamplesMax()];
            for (int i = 0; i < packets.size(); i++) {
                int at = i * frame;
                if (i % lostEvery != lostEvery - 1 || i + 1 == packets.size()) {
                    int samples = decoder.decode(ByteBuffer.wrap(packets.get(i)), pcm, at);
                    assertThat(samples).isEqualTo(frame);
                } else if (recover) {
                    decoder.recover(ByteBuffer.wrap(packets.get(i + 1)), pcm, at, frame);
                } else {
                    decoder.conceal(pcm, at, frame);
                }
            }
            assertThat(decoder.brokenPayloads()).isZero();
            return Arrays.copyOf(pcm, packets.size() * frame);
        }
    }

    private static short[] decode(Opus opus, int rate, List<byte[]> packets) {
        return decode(opus, rate, packets, Integer.MAX_VALUE, false);
    }

    @ParameterizedTest(name = "{0} to {1} at {2} Hz")
    @MethodSource("pairs")
    @DisplayName("a tone keeps its pitch, and its level within 1 dB")
    void tone(Opus sender, Opus receiver, int rate) {
        short[] sound = Signals.sine(rate, 700, 0.3, rate);
        short[] out = decode(receiver, rate, encode(sender, OpusTuning.VOICE, rate, sound));
        double level = Signals.strength(out, rate / 5, rate, rate, 700);
        assertThat(Signals.decibels(level / 0.3)).isBetween(-1.0, 1.0);
    }

    @ParameterizedTest(name = "{0} to {1} at {2} Hz")
    @MethodSource("pairs")
    @DisplayName("a voice comes back whole, within 10 ms of delay")
    void voice(Opus sender, Opus receiver, int rate) {
        short[] sound = Signals.voice(rate, 2 * rate, 48);
        OpusTuning tuning = OpusTuning.VOICE.withBitsPerSecond(40_000);
        short[] out = decode(receiver, rate, encode(sender, tuning, rate, sound));
        int delay = Signals.delay(sound, out, rate / 100);
        assertThat(Signals.snr(sound, 0, out, delay, sound.length - rate / 50)).isGreaterThan(8);
    }

    @Test
    @DisplayName(
            "Concentus decodes a stream of libopus as libopus does: within 30 dB, but for the resampler")
    void concentusDecodesLikeLibopus() {
        Opus libopus = libopus();
        for (int rate : new int[] {8_000, 16_000, 48_000}) {
            short[] sound = Signals.voice(rate, 2 * rate, 49);
            List<byte[]> packets = encode(libopus, OpusTuning.VOICE, rate, sound);
            short[] theirs = decode(libopus, rate, packets);
            short[] ours = decode(PURE, rate, packets);
            int later = Signals.delay(theirs, ours, rate / 100);
            int length = theirs.length - rate / 50;
            double snr = Signals.snr(theirs, 0, ours, later, length);
            System.out.printf("Concentus against libopus at %d Hz: %.1f dB%n", rate, snr);
            // Below 48 kHz by our own resampler, whose delay is no whole number of samples.
            assertThat(snr).isGreaterThan(rate == 48_000 ? 30 : 10);
        }
    }

    @Test
    @DisplayName("hybrid frames, as browsers send them, are as loud at every rate (§3.1)")
    void hybridFrames() {
        Opus libopus = libopus();
        short[] sound = Signals.voice(48_000, 2 * 48_000, 50);
        List<byte[]> packets =
                encode(libopus, OpusTuning.VOICE.withBitsPerSecond(32_000), 48_000, sound);
        assertThat(packets).filteredOn(OpusTest::isHybrid).hasSizeGreaterThan(20);
        for (int rate : new int[] {8_000, 16_000, 24_000, 48_000}) {
            short[] theirs = decode(libopus, rate, packets);
            short[] ours = decode(PURE, rate, packets);
            double louder =
                    Signals.decibels(
                            Signals.rms(ours, 0, ours.length)
                                    / Signals.rms(theirs, 0, theirs.length));
            System.out.printf("Concentus, hybrid frames at %d Hz: %+.2f dB%n", rate, louder);
            assertThat(louder).isBetween(-1.0, 1.0);
        }
    }

    /** Configurations 12 to 15 (§3.1, table 2). */
    private static boolean isHybrid(byte[] packet) {
        int configuration = (packet[0] & 0xFF) >> 3;
        return configuration >= 12 && configuration <= 15;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName(
            "packets tuned for loss carry a copy of the one before, which recovers it (§2.1.7)")
    void fec(Opus opus) {
        int rate = 16_000;
        short[] sound = Signals.voice(rate, 4 * rate, 50);
        OpusTuning tuning = OpusTuning.VOICE.withLossPercent(20);
        List<byte[]> packets = encode(opus, tuning, rate, sound);
        short[] whole = decode(opus, rate, packets);
        short[] recovered = decode(opus, rate, packets, 5, true);
        short[] concealed = decode(opus, rate, packets, 5, false);
        double withFec = Signals.snr(whole, 0, recovered, 0, whole.length);
        double without = Signals.snr(whole, 0, concealed, 0, whole.length);
        System.out.printf(
                "%s, every fifth packet lost: FEC %.1f dB, concealed %.1f dB%n",
                opus.version(), withFec, without);
        assertThat(withFec).isGreaterThan(without + 3);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName("without copies in the packets, recovering is concealing")
    void noFec(Opus opus) {
        int rate = 16_000;
        List<byte[]> packets =
                encode(opus, OpusTuning.VOICE, rate, Signals.voice(rate, 2 * rate, 51));
        assertThat(decode(opus, rate, packets, 5, true)).hasSize(2 * rate);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName("silence need not be sent when DTX is on, and is sent when it is off (§2.1.9)")
    void dtx(Opus opus) {
        short[] silence = new short[16_000 * 2];
        OpusTuning tuning = OpusTuning.VOICE.withDtx(true);
        long unsent =
                encode(opus, tuning, 16_000, silence).stream().filter(p -> p.length == 0).count();
        assertThat(unsent).isGreaterThan(70);
        assertThat(encode(opus, OpusTuning.VOICE, 16_000, silence))
                .allSatisfy(packet -> assertThat(packet).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName("tuning in mid-stream changes the bit rate from the next frame on")
    void tunesInMidStream(Opus opus) {
        short[] sound = Signals.voice(16_000, 16_000 * 4, 52, 110, 0);
        long[] bytes = new long[2];
        ByteBuffer out = ByteBuffer.allocate(OpusEncoder.BYTES_MAX);
        try (OpusEncoder encoder = opus.encoder(16_000, OpusTuning.VOICE)) {
            for (int i = 0; i < 200; i++) {
                if (i == 100) {
                    encoder.tune(OpusTuning.VOICE.withBitsPerSecond(8_000).withComplexity(1));
                }
                out.clear();
                bytes[i / 100] += encoder.encode(sound, i * 320, 320, out);
            }
        }
        assertThat(bytes[0] * 8 / 2.0).isBetween(12_000.0, 31_000.0);
        assertThat(bytes[1] * 8 / 2.0).isBetween(4_000.0, 10_000.0);
    }

    @Test
    @DisplayName("libopus has the tuning that it was given")
    void libopusTakesTuning() {
        OpusTuning tuning = new OpusTuning(17_000, 3, true, 12, true);
        try (NativeOpusEncoder encoder =
                (NativeOpusEncoder) libopus().encoder(8_000, OpusTuning.VOICE)) {
            assertThat(encoder.tuning()).isEqualTo(OpusTuning.VOICE);
            encoder.tune(tuning);
            assertThat(encoder.tuning()).isEqualTo(tuning);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName("frames of 10 to 60 ms, packets of up to 120 ms; other frames are refused")
    void frames(Opus opus) {
        ByteBuffer out = ByteBuffer.allocate(OpusEncoder.BYTES_MAX);
        short[] pcm = new short[9_600];
        try (OpusEncoder encoder = opus.encoder(8_000, OpusTuning.VOICE);
                AudioDecoder decoder = opus.decoder(8_000)) {
            for (int samples : new int[] {80, 160, 320, 480}) {
                out.clear();
                encoder.encode(pcm, 0, samples, out);
                assertThat(decoder.decode(out.flip(), pcm, 0)).isEqualTo(samples);
            }
            for (int samples : new int[] {0, 1, 120, 161, 240, 640, -160}) {
                assertThatThrownBy(() -> encoder.encode(pcm, 0, samples, out.clear()))
                        .as("%d samples", samples)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName("any length is concealed, fading, before the first packet as well")
    void concealsAnyLength(Opus opus) {
        short[] pcm = new short[48_000];
        try (AudioDecoder decoder = opus.decoder(8_000)) {
            decoder.conceal(pcm, 0, 777);
            assertThat(pcm).containsOnly(0);
            List<byte[]> packets =
                    encode(opus, OpusTuning.VOICE, 8_000, Signals.sine(8_000, 300, 0.5, 1_600));
            for (byte[] packet : packets) {
                decoder.decode(ByteBuffer.wrap(packet), pcm, 0);
            }
            for (int samples : new int[] {0, 1, 13, 20, 160, 999, 2_000}) {
                Arrays.fill(pcm, Short.MAX_VALUE);
                decoder.conceal(pcm, 5, samples);
                assertThat(pcm[4]).isEqualTo(Short.MAX_VALUE);
                assertThat(pcm[5 + samples]).isEqualTo(Short.MAX_VALUE);
            }
            assertThat(Signals.rms(pcm, 1_600, 2_000)).isLessThan(300);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    @DisplayName("broken payloads, 100,000 of them, are counted and concealed, and never throw")
    void anyBytes(Opus opus) {
        long seed = 6_716;
        System.out.println(opus.version() + ", fuzz seed " + seed);
        Random random = new Random(seed);
        short[] sound = Signals.voice(8_000, 16_000, seed);
        List<byte[]> real = new ArrayList<>(encode(opus, OpusTuning.VOICE, 8_000, sound));
        real.addAll(encode(opus, OpusTuning.VOICE.withBitsPerSecond(64_000), 48_000, sound));
        short[] pcm = new short[1_600 + 7];
        // The slow one has fewer to bear each time.
        int count = opus.equals(PURE) ? 25_000 : 100_000;
        long expected = 0;
        try (AudioDecoder decoder = opus.decoder(8_000)) {
            for (int i = 0; i < count; i++) {
                ByteBuffer payload = ByteBuffer.wrap(broken(random, real));
                long before = decoder.brokenPayloads();
                int samples;
                if (i % 16 == 0) {
                    samples = 160;
                    decoder.recover(payload, pcm, 7, samples);
                } else {
                    samples = decoder.decode(payload, pcm, 7);
                }
                expected += decoder.brokenPayloads() - before;
                assertThat(samples).isBetween(1, 960);
                assertThat(payload.position()).isZero();
            }
            assertThat(decoder.brokenPayloads()).isEqualTo(expected).isGreaterThan(count / 10);

            // And it still works.
            for (byte[] packet : encode(opus, OpusTuning.VOICE, 8_000, sound)) {
                assertThat(decoder.decode(ByteBuffer.wrap(packet), pcm, 0)).isEqualTo(160);
            }
        }
    }

    /** Random bytes, or a real packet that was cut, lengthened or changed. */
    private static byte[] broken(Random random, List<byte[]> real) {
        byte[] packet = real.get(random.nextInt(real.size())).clone();
        switch (random.nextInt(4)) {
            case 0 -> {
                packet = new byte[random.nextInt(random.nextInt(100) == 0 ? 2_000 : 40)];
                random.nextBytes(packet);
            }
            case 1 -> packet = Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            case 2 -> packet[0] = (byte) random.nextInt();
            default -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    packet[random.nextInt(packet.length)] = (byte) random.nextInt();
                }
            }
        }
        return packet;
    }

    @Nested
    @DisplayName("of the library that is there")
    class Choice {
        @Test
        @DisplayName("is libopus where the system has it, by the version it states")
        void libopusFirst() {
            Opus chosen = NativeOpus.orPureJava(Optional.of(((NativeOpus) libopus()).library()));
            assertThat(chosen).isInstanceOf(NativeOpus.class);
            assertThat(chosen.version()).matches("libopus (unknown|[0-9]+\\.[0-9]+.*)");
            assertThat(Opus.best().version()).isEqualTo(chosen.version());
        }

        @Test
        @DisplayName("is Concentus where it has not, and says so")
        void concentusElse() {
            Opus chosen = NativeOpus.orPureJava(LibOpus.find(List.of("libnothing.so.9")));
            assertThat(chosen).isInstanceOf(PureJavaOpus.class);
            assertThat(chosen.version()).contains("pure Java").contains("libopus0");
        }

        @Test
        @DisplayName("refuses rates that Opus does not have")
        void rates() {
            for (Opus opus : both()) {
                assertThatThrownBy(() -> opus.decoder(44_100))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> opus.encoder(11_025, OpusTuning.VOICE))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        @DisplayName("may be closed twice, and is no use then")
        void closed() {
            AudioDecoder decoder = libopus().decoder(8_000);
            decoder.close();
            decoder.close();
            short[] pcm = new short[1_600];
            assertThatThrownBy(() -> decoder.conceal(pcm, 0, 160))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("tuning beyond the ranges is refused")
    void tuningRanges() {
        assertThatThrownBy(() -> OpusTuning.VOICE.withBitsPerSecond(5_999))
                .hasMessageContaining("bitsPerSecond is 5999");
        assertThatThrownBy(() -> OpusTuning.VOICE.withComplexity(11))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OpusTuning.VOICE.withLossPercent(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
