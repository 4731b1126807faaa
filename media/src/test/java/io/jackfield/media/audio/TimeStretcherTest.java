package io.jackfield.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.codec.Signals;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Stretching time by similar waveforms")
class TimeStretcherTest {
    @ParameterizedTest(name = "{0} Hz of tone at {1} Hz")
    @CsvSource({
        "100, 8000",
        "150, 8000",
        "400, 8000",
        "1000, 8000",
        "100, 16000",
        "250, 48000",
    })
    @DisplayName("cuts out and puts in whole periods of a tone")
    void tone(double hertz, int rate) {
        TimeStretcher stretcher = new TimeStretcher(rate);
        int samples = rate / 50;
        short[] tone = Signals.sine(rate, hertz, 0.5, 3 * samples);
        double period = rate / hertz;

        short[] shorter = tone.clone();
        int removed = stretcher.shorten(shorter, samples, rate, 0.9);
        assertThat(removed).isBetween(rate / 400, rate * 15 / 1_000);
        assertThat(Math.abs(removed / period - Math.round(removed / period)) * period)
                .isLessThan(1.0);
        assertContinuous(shorter, samples - removed, hertz, rate);

        short[] longer = tone.clone();
        int inserted = stretcher.lengthen(longer, samples, rate, 0.9);
        assertThat(inserted).isBetween(rate / 400, rate * 15 / 1_000);
        assertContinuous(longer, samples + inserted, hertz, rate);
        // Beginning and end are the tone's own.
        assertThat(Arrays.copyOf(longer, inserted)).isEqualTo(Arrays.copyOf(tone, inserted));
        assertThat(longer[samples + inserted - 1]).isEqualTo(tone[samples - 1]);
        assertThat(shorter[samples - removed - 1]).isEqualTo(tone[samples - 1]);
    }

    private static void assertContinuous(short[] pcm, int samples, double hertz, int rate) {
        double bend = Math.pow(2 * Math.PI * hertz / rate, 2) * 16_384;
        for (int i = 2; i < samples; i++) {
            int second = pcm[i] - 2 * pcm[i - 1] + pcm[i - 2];
            assertThat((double) Math.abs(second)).isLessThan(1.5 * bend + 300);
        }
    }

    @Test
    @DisplayName("leaves noise alone unless anything will do, and quiet noise never")
    void noise() {
        TimeStretcher stretcher = new TimeStretcher(8_000);
        short[] loud = Signals.noise(480, 5_000, 1);
        short[] before = loud.clone();
        assertThat(stretcher.shorten(loud, 160, 120, 0.85)).isZero();
        assertThat(stretcher.lengthen(loud, 160, 120, 0.85)).isZero();
        assertThat(loud).isEqualTo(before);
        assertThat(stretcher.shorten(loud, 160, 120, -1)).isPositive();
        short[] quiet = Signals.noise(480, 30, 1);
        assertThat(stretcher.shorten(quiet, 160, 120, 0.85)).isPositive();
    }

    @Test
    @DisplayName("takes no more than it may, and nothing from frames that are too short")
    void bounds() {
        TimeStretcher stretcher = new TimeStretcher(8_000);
        short[] silence = new short[480];
        assertThat(stretcher.shorten(silence, 160, 30, 0.9)).isEqualTo(30);
        assertThat(stretcher.shorten(silence, 160, 200, 0.9)).isEqualTo(120);
        assertThat(stretcher.lengthen(silence, 160, 25, 0.9)).isEqualTo(25);
        assertThat(stretcher.shorten(silence, 160, 19, 0.9)).isZero();
        assertThat(stretcher.shorten(silence, 59, 120, 0.9)).isZero();
        assertThat(stretcher.shorten(silence, 60, 120, 0.9)).isEqualTo(20);
    }
}
