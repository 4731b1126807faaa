package io.jackfield.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.media.codec.Signals;
import io.jackfield.protocol.dtmf.DtmfDigit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Tones")
class TonesTest {
    private static final int RATE = 8_000;

    @Nested
    @DisplayName("as made")
    class Made {
        @Test
        @DisplayName("have their frequency and level, and go on without a break for an hour")
        void tone() {
            ToneGenerator generator = new ToneGenerator(RATE, 2);
            generator.add(425, -6);
            short[] pcm = new short[RATE];
            for (int second = 0; second < 3_600; second += 60) {
                for (int at = 0; at < RATE; at += 160) {
                    generator.generate(pcm, at, 160);
                }
            }
            double level = Signals.strength(pcm, 0, RATE, RATE, 425);
            assertThat(Signals.decibels(level)).isBetween(-6.01, -5.99);
            assertThat(Signals.strength(pcm, 0, RATE, RATE, 850)).isLessThan(0.0001);
            // It began at 0 and has done whole turns each second since.
            assertThat(Math.abs(pcm[0])).isLessThanOrEqualTo((short) 2);
        }

        @Test
        @DisplayName("may sound together, and stop")
        void chord() {
            ToneGenerator generator = new ToneGenerator(RATE, 2);
            generator.add(350, -13);
            generator.add(440, -13);
            short[] pcm = new short[RATE];
            generator.generate(pcm, 0, RATE);
            assertThat(Signals.decibels(Signals.strength(pcm, 0, RATE, RATE, 350)))
                    .isBetween(-13.1, -12.9);
            assertThat(Signals.decibels(Signals.strength(pcm, 0, RATE, RATE, 440)))
                    .isBetween(-13.1, -12.9);
            generator.clear();
            generator.generate(pcm, 0, RATE);
            assertThat(pcm).containsOnly(0);
            assertThatThrownBy(() -> generator.add(4_000, -10))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> generator.add(400, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("as heard")
    class Heard {
        private static boolean everHeard(ToneDetector detector, short[] pcm) {
            boolean heard = false;
            for (int at = 0; at + 160 <= pcm.length; at += 160) {
                heard |= detector.hear(pcm, at, 160);
            }
            return heard;
        }

        @Test
        @DisplayName("a fax' call is heard after its least length, and over soon after its end")
        void fax() {
            ToneDetector detector = new ToneDetector(RATE, 300, 1_100);
            short[] tone = Signals.sine(RATE, 1_105, 0.1, RATE / 2);
            int heardAfter = 0;
            while (!detector.hear(tone, heardAfter, 80)) {
                heardAfter += 80;
            }
            assertThat(heardAfter / 8).isBetween(290, 330);
            assertThat(everHeard(new ToneDetector(RATE, 300, 1_100), tone)).isTrue();
            detector.hear(new short[640], 0, 640);
            assertThat(detector.isPresent()).isFalse();
        }

        @Test
        @DisplayName("a shorter, weaker, other, or too noisy tone is not")
        void notATone() {
            ToneDetector detector = new ToneDetector(RATE, 300, 1_100);
            short[] gaps = Signals.sine(RATE, 1_100, 0.1, RATE);
            for (int i = 0; i < gaps.length; i++) {
                gaps[i] = i % 2_400 < 2_000 ? gaps[i] : 0;
            }
            assertThat(everHeard(detector, gaps)).isFalse();
            assertThat(everHeard(detector, Signals.sine(RATE, 1_100, 0.005, RATE))).isFalse();
            assertThat(everHeard(detector, Signals.sine(RATE, 1_300, 0.1, RATE))).isFalse();
            assertThat(everHeard(detector, added(0.1, 1_100, Signals.noise(RATE, 2_000, 1))))
                    .isFalse();
            assertThat(everHeard(detector, added(0.1, 1_100, Signals.noise(RATE, 500, 1))))
                    .isTrue();
        }

        private static short[] added(double peak, double hertz, short[] noise) {
            short[] tone = Signals.sine(RATE, hertz, peak, noise.length);
            for (int i = 0; i < noise.length; i++) {
                noise[i] += tone[i];
            }
            return noise;
        }

        @Test
        @DisplayName("a tone of two frequencies needs both")
        void both() {
            ToneGenerator generator = new ToneGenerator(RATE, 2);
            short[] pcm = new short[RATE];
            generator.add(480, -20);
            generator.generate(pcm, 0, RATE);
            assertThat(everHeard(new ToneDetector(RATE, 200, 480, 620), pcm)).isFalse();
            generator.add(620, -20);
            generator.generate(pcm, 0, RATE);
            assertThat(everHeard(new ToneDetector(RATE, 200, 480, 620), pcm)).isTrue();
        }

        @Test
        @DisplayName("a minute of voices is no tone")
        void voices() {
            for (int pitch = 90; pitch < 260; pitch += 20) {
                short[] voice = Signals.voice(RATE, 7 * RATE, pitch, pitch, 0.2);
                assertThat(everHeard(new ToneDetector(RATE, 200, 1_100), voice)).isFalse();
                assertThat(everHeard(new ToneDetector(RATE, 200, 425), voice)).isFalse();
            }
        }
    }

    @Nested
    @DisplayName("of digits (ITU-T Q.23)")
    class Digits {
        private static List<DtmfDigit> heard(int rate, short[] pcm) {
            DtmfDetector detector = new DtmfDetector(rate);
            List<DtmfDigit> digits = new ArrayList<>();
            int frame = rate / 50;
            for (int at = 0; at + frame <= pcm.length; at += frame) {
                detector.hear(pcm, at, frame).ifPresent(digits::add);
            }
            return digits;
        }

        private static short[] pressed(int rate, int tone, int pause, DtmfDigit... digits) {
            DtmfGenerator generator = new DtmfGenerator(rate);
            short[] pcm = new short[(digits.length * (tone + pause) + 100) * rate / 1_000];
            int at = 0;
            for (DtmfDigit digit : digits) {
                generator.press(digit, tone, pause);
                while (!generator.isOver()) {
                    generator.generate(pcm, at, rate / 1_000);
                    at += rate / 1_000;
                }
            }
            return pcm;
        }

        @ParameterizedTest
        @EnumSource(DtmfDigit.class)
        @DisplayName("are two sines of their levels for as long as was asked, with soft edges")
        void made(DtmfDigit digit) {
            short[] pcm = pressed(RATE, 100, 50, digit);
            double low = Signals.strength(pcm, 80, 720, RATE, DtmfTones.lowHertz(digit));
            double high = Signals.strength(pcm, 80, 720, RATE, DtmfTones.highHertz(digit));
            assertThat(Signals.decibels(low)).isBetween(-9.2, -8.8);
            assertThat(Signals.decibels(high)).isBetween(-7.2, -6.8);
            for (int i = 800; i < pcm.length; i++) {
                assertThat(pcm[i]).isZero();
            }
            assertThat(Math.abs(pcm[1])).isLessThan((short) 2_000);
            assertThat(Math.abs(pcm[798])).isLessThan((short) 2_000);
        }

        @ParameterizedTest
        @ValueSource(ints = {8_000, 16_000, 48_000})
        @DisplayName("are heard, each once and in order, at 40 ms of tone and 40 ms of pause")
        void allHeard(int rate) {
            assertThat(heard(rate, pressed(rate, 40, 40, DtmfDigit.values())))
                    .containsExactly(DtmfDigit.values());
            assertThat(heard(rate, pressed(rate, 1_000, 60, DtmfDigit.values())))
                    .containsExactly(DtmfDigit.values());
        }

        @Test
        @DisplayName("the same digit twice is two digits")
        void twice() {
            assertThat(heard(RATE, pressed(RATE, 50, 50, DtmfDigit.DIGIT_5, DtmfDigit.DIGIT_5)))
                    .containsExactly(DtmfDigit.DIGIT_5, DtmfDigit.DIGIT_5);
        }

        @Test
        @DisplayName("are heard 1.5 % off their frequency, 20 dB quieter, and in noise 15 dB below")
        void tolerances() {
            Random random = new Random(4);
            for (DtmfDigit digit : DtmfDigit.values()) {
                for (double off : new double[] {-1.5, 0, 1.5}) {
                    ToneGenerator tones = new ToneGenerator(RATE, 2);
                    tones.add(DtmfTones.lowHertz(digit) * (1 + off / 100), -29);
                    tones.add(DtmfTones.highHertz(digit) * (1 + off / 100), -27);
                    short[] pcm = new short[1_200];
                    tones.generate(pcm, 100, 480);
                    double rms = Signals.rms(pcm, 100, 580) * Decibels.ratio(-15);
                    for (int i = 0; i < pcm.length; i++) {
                        pcm[i] += (short) (rms * random.nextGaussian());
                    }
                    assertThat(heard(RATE, pcm)).as("%s %s %%", digit, off).containsExactly(digit);
                }
            }
        }

        @Test
        @DisplayName("are not heard where one frequency is missing, far stronger, or 4 % off")
        void notDigits() {
            double[][] sounds = {
                {770, -9, 0, 0},
                {1_336, -7, 0, 0},
                {770, -25, 1_336, -7},
                {770, -7, 1_336, -25},
                {770 * 1.04, -9, 1_336 * 1.04, -7},
                {770, -9, 941, -9},
            };
            for (double[] sound : sounds) {
                ToneGenerator tones = new ToneGenerator(RATE, 2);
                tones.add(sound[0], sound[1]);
                if (sound[2] > 0) {
                    tones.add(sound[2], sound[3]);
                }
                short[] pcm = new short[RATE];
                tones.generate(pcm, 0, RATE);
                assertThat(heard(RATE, pcm)).as("%s Hz", sound[0]).isEmpty();
            }
        }

        @Test
        @DisplayName("are not heard in two minutes of voices, nor in noise")
        void voices() {
            for (int pitch = 90; pitch < 260; pitch += 10) {
                assertThat(heard(RATE, Signals.voice(RATE, 7 * RATE, pitch, pitch, 0.2))).isEmpty();
            }
            assertThat(heard(RATE, Signals.noise(20 * RATE, 5_000, 5))).isEmpty();
        }
    }
}
