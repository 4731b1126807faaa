package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Comfort noise (RFC 3389)")
class ComfortNoiseTest {
    private static final int RATE = 8_000;

    private static short[] generate(byte... payload) {
        ComfortNoiseGenerator generator = new ComfortNoiseGenerator(RATE, 3_389);
        generator.update(ByteBuffer.wrap(payload));
        short[] pcm = new short[RATE * 5];
        generator.generate(pcm, 0, pcm.length);
        return pcm;
    }

    private static double dBov(short[] pcm) {
        return Signals.decibels(Signals.rms(pcm, 800, pcm.length) / 32_768);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 50, 66})
    @DisplayName("one byte is white noise of that many dB below overload (§3.1)")
    void level(int level) {
        assertThat(dBov(generate((byte) level))).isBetween(-level - 0.5, -level + 0.5);
        // "the most significant bit unused": whatever it is.
        assertThat(dBov(generate((byte) (level | 0x80)))).isBetween(-level - 0.5, -level + 0.5);
    }

    @Test
    @DisplayName("127 is silence, and so is the time before the first payload")
    void silence() {
        assertThat(generate((byte) 127)).containsOnly(0);
        short[] pcm = new short[160];
        new ComfortNoiseGenerator(RATE, 1).generate(pcm, 0, 160);
        assertThat(pcm).containsOnly(0);
    }

    @Test
    @DisplayName("k = 258 (N - 127) / 32768, both ways; 255 is taken for 254 (§3.2)")
    void quantization() {
        assertThat(ComfortNoise.coefficient((byte) 127)).isZero();
        assertThat(ComfortNoise.coefficient((byte) 0)).isEqualTo(-258.0 * 127 / 32_768);
        assertThat(ComfortNoise.coefficient((byte) 254)).isEqualTo(258.0 * 127 / 32_768);
        assertThat(ComfortNoise.coefficient((byte) 255)).isEqualTo(258.0 * 127 / 32_768);
        for (int code = 0; code <= 254; code++) {
            double coefficient = ComfortNoise.coefficient((byte) code);
            assertThat(ComfortNoise.code(coefficient)).isEqualTo((byte) code);
        }
        assertThat(ComfortNoise.code(-1)).isEqualTo((byte) 0);
        assertThat(ComfortNoise.code(1)).isEqualTo((byte) 254);
    }

    /** First reflection coefficient as the standard's Levinson recursion has it: -r1 / r0. */
    private static double firstReflection(short[] pcm) {
        double r0 = 0;
        double r1 = 0;
        for (int i = 801; i < pcm.length; i++) {
            r0 += (double) pcm[i] * pcm[i];
            r1 += (double) pcm[i] * pcm[i - 1];
        }
        return -r1 / r0;
    }

    @Test
    @DisplayName("a coefficient shapes the spectrum and leaves the level")
    void spectrum() {
        for (int code : new int[] {20, 60, 127, 200, 240}) {
            short[] pcm = generate((byte) 40, (byte) code);
            assertThat(firstReflection(pcm))
                    .as("code %d", code)
                    .isBetween(
                            ComfortNoise.coefficient((byte) code) - 0.02,
                            ComfortNoise.coefficient((byte) code) + 0.02);
            assertThat(dBov(pcm)).as("code %d", code).isBetween(-40.7, -39.3);
        }
    }

    @Test
    @DisplayName("what was analyzed is generated again: level, coefficients and spectrum")
    void analyzedAndGenerated() {
        byte[] original = {45, 60, (byte) 190, 100, (byte) 140, 120, (byte) 130};
        ComfortNoiseAnalyzer analyzer = new ComfortNoiseAnalyzer(6);
        short[] noise = generate(original);
        for (int at = 1_600; at + 160 <= noise.length; at += 160) {
            analyzer.hear(noise, at, 160);
        }
        ByteBuffer payload = ByteBuffer.allocate(20);
        analyzer.write(payload);
        assertThat(payload.position()).isEqualTo(7);
        assertThat((int) payload.get(0)).isBetween(44, 46);
        for (int i = 1; i < 7; i++) {
            assertThat(payload.get(i) & 0xFF)
                    .as("coefficient %d", i)
                    .isBetween((original[i] & 0xFF) - 20, (original[i] & 0xFF) + 20);
        }
    }

    @Test
    @DisplayName("silence and full scale are described as 127 and about 0")
    void extremes() {
        ByteBuffer payload = ByteBuffer.allocate(20);
        ComfortNoiseAnalyzer silent = new ComfortNoiseAnalyzer(0);
        silent.hear(new short[160], 0, 160);
        silent.write(payload);
        ComfortNoiseAnalyzer loud = new ComfortNoiseAnalyzer(2);
        short[] square = new short[160];
        for (int i = 0; i < 160; i++) {
            square[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        loud.hear(square, 0, 160);
        loud.write(payload);
        assertThat(payload.position()).isEqualTo(4);
        assertThat(payload.get(0)).isEqualTo((byte) 127);
        assertThat(payload.get(1)).isEqualTo((byte) 0);
        assertThatThrownBy(() -> new ComfortNoiseAnalyzer(13))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a payload without a byte is counted and changes nothing")
    void emptyPayload() {
        ComfortNoiseGenerator generator = new ComfortNoiseGenerator(RATE, 1);
        generator.update(ByteBuffer.wrap(new byte[] {40}));
        generator.update(ByteBuffer.allocate(0));
        short[] pcm = new short[8_000];
        generator.generate(pcm, 0, pcm.length);
        assertThat(generator.brokenPayloads()).isEqualTo(1);
        assertThat(dBov(pcm)).isBetween(-41.0, -39.0);
    }

    @Test
    @DisplayName("any payload has its level: on average within 1 dB, and never 12 dB above it")
    void anyBytes() {
        Random random = new Random(3_389);
        short[] pcm = new short[1_600];
        ComfortNoiseGenerator generator = new ComfortNoiseGenerator(RATE, 1);
        double power = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = 30;
            generator.update(ByteBuffer.wrap(bytes));
            generator.generate(pcm, 0, pcm.length);
            double rms = Signals.rms(pcm, 0, 1_600) / 32_768;
            assertThat(Signals.decibels(rms)).isLessThan(-18);
            power += rms * rms / 1_000;
        }
        assertThat(10 * Math.log10(power)).isBetween(-31.0, -29.0);
    }
}
