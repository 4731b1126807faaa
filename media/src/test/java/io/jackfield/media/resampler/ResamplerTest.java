package io.jackfield.media.resampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jackfield.media.codec.Allocations;
import io.jackfield.media.codec.Signals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The resampler")
class ResamplerTest {
    private static final int[] RATES = {8_000, 16_000, 24_000, 48_000};

    static Stream<Arguments> ratios() {
        List<Arguments> ratios = new ArrayList<>();
        for (int from : RATES) {
            for (int to : RATES) {
                if (from != to) {
                    ratios.add(Arguments.of(from, to));
                }
            }
        }
        return ratios.stream();
    }

    /** In frames of 20 ms. */
    private static short[] resample(int from, int to, short[] in) {
        Resampler resampler = new Resampler(from, to);
        short[] out = new short[(int) ((long) in.length * to / from) + 100];
        int written = 0;
        int frame = from / 50;
        for (int at = 0; at + frame <= in.length; at += frame) {
            written += resampler.process(in, at, frame, out, written);
        }
        assertThat(written).isEqualTo((int) ((long) in.length / frame * frame * to / from));
        return Arrays.copyOf(out, written);
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("ratios")
    @DisplayName("keeps levels within 0.01 dB up to 0.425 of the lower rate, SNR at least 75 dB")
    void passband(int from, int to) {
        double low = Math.min(from, to);
        double ripple = 0;
        double worstSnr = Double.POSITIVE_INFINITY;
        for (double share = 0.0125; share <= 0.4251; share += 0.0125) {
            double hertz = share * low;
            short[] out = resample(from, to, Signals.sine(from, hertz, 0.9, from / 5));
            double level = Signals.strength(out, out.length / 2, out.length, to, hertz);
            ripple = Math.max(ripple, Math.abs(Signals.decibels(level / 0.9)));
            worstSnr = Math.min(worstSnr, snrOfSine(out, to, hertz));
        }
        System.out.printf(
                "%d to %d Hz: ripple %.3f dB, worst SNR %.1f dB%n", from, to, ripple, worstSnr);
        assertThat(ripple).isLessThan(0.01);
        assertThat(worstSnr).isGreaterThan(75);
    }

    /** Against the best sine of that frequency, by least squares over the second half. */
    private static double snrOfSine(short[] pcm, int rate, double hertz) {
        int from = pcm.length / 2;
        double ss = 0;
        double sc = 0;
        double cc = 0;
        double ys = 0;
        double yc = 0;
        for (int i = from; i < pcm.length; i++) {
            double s = Math.sin(2 * Math.PI * hertz * i / rate);
            double c = Math.cos(2 * Math.PI * hertz * i / rate);
            ss += s * s;
            sc += s * c;
            cc += c * c;
            ys += pcm[i] * s;
            yc += pcm[i] * c;
        }
        double determinant = ss * cc - sc * sc;
        double a = (ys * cc - yc * sc) / determinant;
        double b = (yc * ss - ys * sc) / determinant;
        double signal = 0;
        double error = 0;
        for (int i = from; i < pcm.length; i++) {
            double wanted =
                    a * Math.sin(2 * Math.PI * hertz * i / rate)
                            + b * Math.cos(2 * Math.PI * hertz * i / rate);
            signal += wanted * wanted;
            error += (pcm[i] - wanted) * (pcm[i] - wanted);
        }
        return 10 * Math.log10(signal / error);
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("ratios")
    @DisplayName("leaves at least 80 dB less of what the lower rate cannot carry")
    void stopband(int from, int to) {
        if (from < to) {
            return; // What up leaves of images is in the SNR above.
        }
        double worst = Double.NEGATIVE_INFINITY;
        for (double hertz = 0.525 * to; hertz < from / 2.0; hertz += 0.02 * to) {
            short[] out = resample(from, to, Signals.sine(from, hertz, 0.9, from / 5));
            double left = Signals.rms(out, out.length / 2, out.length);
            worst = Math.max(worst, Signals.decibels(left / (0.9 * 32_767 / Math.sqrt(2))));
        }
        System.out.printf("%d to %d Hz: at most %.1f dB folds back%n", from, to, worst);
        assertThat(worst).isLessThan(-80);
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("ratios")
    @DisplayName("holds sound back by 24 samples of the lower rate")
    void delay(int from, int to) {
        int low = Math.min(from, to);
        short[] in = new short[from / 5];
        int pulse = from / 25;
        Arrays.fill(in, pulse, pulse + from / low, (short) 16_000);
        short[] out = resample(from, to, in);
        double weight = 0;
        double moment = 0;
        for (int i = 0; i < out.length; i++) {
            weight += out[i];
            moment += (double) i * out[i];
        }
        double cameSeconds = moment / weight / to;
        double wentSeconds = (pulse + (from / low - 1) / 2.0) / from;
        assertThat((cameSeconds - wentSeconds) * low).isBetween(23.99, 24.01);
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("ratios")
    @DisplayName("gives the same samples however the stream is cut into frames")
    void anyFrames(int from, int to) {
        short[] in = Signals.noise(from / 2, 8_000, 17);
        short[] whole = resample(from, to, in);
        Random random = new Random(18);
        Resampler resampler = new Resampler(from, to);
        short[] out = new short[whole.length + 1_000];
        int written = 0;
        for (int at = 0; at < in.length; ) {
            int frame = Math.min(in.length - at, random.nextInt(random.nextBoolean() ? 7 : 3_000));
            written += resampler.process(in, at, frame, out, written);
            at += frame;
        }
        assertThat(Arrays.copyOf(out, written)).isEqualTo(whole);
    }

    @Test
    @DisplayName("stops at the ends of the range when the filter overshoots")
    void saturates() {
        short[] in = new short[1_600];
        for (int i = 0; i < in.length; i++) {
            in[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = resample(8_000, 48_000, in);
        assertThat(out).contains(Short.MAX_VALUE, Short.MIN_VALUE);
        for (int i = 1; i < out.length; i++) {
            // Only at edges may the sign change, and those take three samples and more.
            assertThat(Math.abs(out[i] - out[i - 1])).isLessThan(32_767);
        }
    }

    @Test
    @DisplayName("leaves a stream alone whose rate does not change")
    void sameRate() {
        short[] in = Signals.noise(1_600, 8_000, 19);
        assertThat(resample(16_000, 16_000, in)).isEqualTo(in);
    }

    @Test
    @DisplayName("refuses other rates")
    void otherRates() {
        assertThatThrownBy(() -> new Resampler(44_100, 8_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("allocates nothing per frame")
    void allocatesNothing() {
        Resampler resampler = new Resampler(48_000, 16_000);
        short[] in = Signals.noise(960, 8_000, 20);
        short[] out = new short[320];
        resampler.process(in, 0, 960, out, 0);
        long before = Allocations.bytes();
        for (int i = 0; i < 200; i++) {
            resampler.process(in, 0, 960, out, 0);
        }
        assertThat((Allocations.bytes() - before) / 200).isLessThan(16);
    }

    @Test
    @DisplayName("makes of a voice what sox makes of it, where sox is at hand")
    void likeSox(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/sox")), "not compared: no sox here");
        short[] voice = Signals.voice(8_000, 16_000, 21);
        Path in = folder.resolve("in.raw");
        Path out = folder.resolve("out.raw");
        ByteBuffer bytes = ByteBuffer.allocate(32_000).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(voice);
        Files.write(in, bytes.array());
        String format = " -t raw -e signed -b 16 -L -c 1 ";
        String command =
                "/usr/bin/sox -D"
                        + format
                        + "-r 8000 "
                        + in
                        + format
                        + "-r 48000 "
                        + out
                        + " rate -h";
        Process sox = new ProcessBuilder(command.split(" +")).inheritIO().start();
        assertThat(sox.waitFor()).isZero();
        byte[] theirBytes = Files.readAllBytes(out);
        short[] theirs = new short[theirBytes.length / 2];
        ByteBuffer.wrap(theirBytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(theirs);

        short[] ours = resample(8_000, 48_000, voice);
        int delay = Signals.delay(theirs, ours, 200);
        double snr = Signals.snr(theirs, 0, ours, delay, ours.length - 400);
        System.out.printf("a voice from 8 to 48 kHz against sox: %.1f dB%n", snr);
        assertThat(snr).isGreaterThan(55);
    }
}
