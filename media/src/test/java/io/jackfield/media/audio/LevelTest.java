package io.jackfield.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.codec.Signals;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Levels")
class LevelTest {
    @Nested
    @DisplayName("as metered")
    class Meter {
        private final LevelMeter meter = new LevelMeter();

        @Test
        @DisplayName("a full sine is -3.01 dBov, its peak 0; 20 dB less is 20 dB less")
        void sine() {
            meter.hear(Signals.sine(8_000, 1_000, 1, 8_000), 0, 8_000);
            assertThat(meter.rmsDecibels()).isBetween(-3.02, -3.0);
            assertThat(meter.peakDecibels()).isBetween(-0.001, 0.0);
            assertThat(meter.level()).isEqualTo(3);
            meter.reset();
            meter.hear(Signals.sine(8_000, 1_000, 0.1, 8_000), 0, 8_000);
            assertThat(meter.rmsDecibels()).isBetween(-23.02, -23.0);
        }

        @Test
        @DisplayName("silence and nothing are 127, and minus infinity")
        void silence() {
            assertThat(meter.level()).isEqualTo(127);
            meter.hear(new short[160], 0, 160);
            assertThat(meter.rmsDecibels()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(meter.peakDecibels()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(meter.level()).isEqualTo(127);
        }

        @Test
        @DisplayName("samples at either end of the range are clipped ones")
        void clipped() {
            meter.hear(new short[] {32_767, -32_768, -32_767, 32_766, 0}, 0, 5);
            meter.hear(new short[] {32_767, 32_767}, 1, 1);
            assertThat(meter.clippedSamples()).isEqualTo(4);
            assertThat(meter.samples()).isEqualTo(6);
        }
    }

    @Nested
    @DisplayName("as changed by a gain")
    class Gains {
        private final Gain gain = new Gain(8_000);

        @Test
        @DisplayName("of 0 dB, not at all")
        void unity() {
            short[] sound = Signals.noise(800, 20_000, 1);
            short[] out = sound.clone();
            gain.apply(out, 0, 800);
            assertThat(gain.isUnity()).isTrue();
            assertThat(out).isEqualTo(sound);
        }

        @Test
        @DisplayName("by the decibels that were set, after a ramp of 10 ms without a step")
        void set() {
            for (double decibels : new double[] {-60, -20, -6, 6, 20, Double.NEGATIVE_INFINITY}) {
                Gain one = new Gain(8_000);
                short[] out = new short[240];
                java.util.Arrays.fill(out, (short) 1_000);
                one.set(decibels);
                one.apply(out, 0, 100);
                one.apply(out, 100, 140);
                assertThat(out[239])
                        .isEqualTo((short) Math.round(1_000 * Decibels.ratio(decibels)));
                int whole = Math.abs(out[239] - 1_000);
                for (int i = 1; i < 240; i++) {
                    int step = Math.abs(out[i] - out[i - 1]);
                    assertThat(step).as("%s dB at %d", decibels, i).isLessThan(whole / 80 + 3);
                    assertThat(i >= 80 ? step : 0).isZero();
                }
            }
        }

        @Test
        @DisplayName("changed in the middle of a ramp, from where it is")
        void changedInRamp() {
            short[] out = new short[160];
            java.util.Arrays.fill(out, (short) 10_000);
            gain.set(-6);
            gain.apply(out, 0, 40);
            gain.set(0);
            gain.apply(out, 40, 120);
            assertThat(out[39]).isBetween((short) 7_400, (short) 7_600);
            assertThat(out[40]).isBetween((short) 7_400, (short) 7_650);
            assertThat(out[159]).isEqualTo((short) 10_000);
            assertThat(gain.isUnity()).isTrue();
        }

        @Test
        @DisplayName("up to the ends of the range and never over")
        void saturates() {
            short[] out = {32_767, -32_768, 20_000, -20_000};
            gain.set(40);
            gain.apply(new short[80], 0, 80);
            gain.apply(out, 0, 4);
            assertThat(out).containsExactly(32_767, -32_768, 32_767, -32_768);
            assertThatThrownBy(() -> gain.set(41)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> gain.set(Double.NaN))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("as limited")
    class Limits {
        private final Limiter limiter = new Limiter(16_000);
        private final short[] out = new short[3_200];

        @Test
        @DisplayName("pass unchanged to the bit, as long as they stay below the ceiling")
        void unchanged() {
            int[] sums = new int[3_200];
            Random random = new Random(2);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = random.nextInt(-Limiter.CEILING, Limiter.CEILING + 1);
            }
            limiter.limit(sums, 0, 3_200, out, 0);
            for (int i = 0; i < 3_200; i++) {
                assertThat(out[i]).isEqualTo((short) sums[i]);
            }
        }

        @Test
        @DisplayName("never pass the ceiling, whatever the sums")
        void ceiling() {
            Random random = new Random(3);
            int[] sums = new int[3_200];
            for (int round = 0; round < 30; round++) {
                int loudest = 1 << 10 + random.nextInt(21);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] = random.nextInt(-loudest, loudest);
                }
                limiter.limit(sums, 0, 3_200, out, 0);
                for (short sample : out) {
                    assertThat(Math.abs(sample)).isLessThanOrEqualTo(Limiter.CEILING);
                }
            }
        }

        @Test
        @DisplayName("are turned down, not cut: two loud voices keep their shape to 30 dB")
        void shape() {
            short[] one = Signals.sine(16_000, 437, 0.9, 16_000);
            short[] other = Signals.sine(16_000, 1_013, 0.9, 16_000);
            int[] sums = new int[16_000];
            short[] wanted = new short[16_000];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = one[i] + other[i];
                wanted[i] = (short) Math.clamp(sums[i], -32_768, 32_767);
            }
            short[] limited = new short[16_000];
            limiter.limit(sums, 0, 16_000, limited, 0);
            double cut = distortion(wanted);
            double turned = distortion(limited);
            System.out.printf("two sines: limited %.1f dB, cut %.1f dB%n", turned, cut);
            assertThat(turned).isGreaterThan(25).isGreaterThan(cut + 8);
        }

        /** What is in the two sines, against the rest, in the second half. */
        private double distortion(short[] pcm) {
            double a = Signals.strength(pcm, 8_000, 16_000, 16_000, 437);
            double b = Signals.strength(pcm, 8_000, 16_000, 16_000, 1_013);
            double tones = (a * a + b * b) / 2;
            double all = Math.pow(Signals.rms(pcm, 8_000, 16_000) / 32_767, 2);
            return 10 * Math.log10(tones / Math.max(all - tones, 1e-12));
        }

        @Test
        @DisplayName("are back at their level 100 ms after a peak")
        void release() {
            int[] sums = new int[3_200];
            java.util.Arrays.fill(sums, 10_000);
            sums[0] = 1_000_000;
            limiter.limit(sums, 0, 3_200, out, 0);
            assertThat(limiter.gainDecibels()).isZero();
            assertThat(out[1]).isLessThan((short) 400);
            assertThat(out[800]).isBetween((short) 4_500, (short) 5_500);
            assertThat(out[1_600]).isEqualTo((short) 10_000);
        }
    }
}
