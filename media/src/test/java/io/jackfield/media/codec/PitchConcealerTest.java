package io.jackfield.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Concealment by repeated pitch periods (after ITU-T G.711 Appendix I)")
class PitchConcealerTest {
    private static final int RATE = 8_000;

    /** Hears all but some frames of 10 ms. */
    private static short[] passed(short[] sound, int rate, int lostFrom, int lostTo) {
        PitchConcealer concealer = new PitchConcealer(rate);
        short[] out = sound.clone();
        int frame = rate / 100;
        for (int at = 0; at + frame <= sound.length; at += frame) {
            if (at >= lostFrom && at < lostTo) {
                concealer.conceal(out, at, frame);
            } else {
                concealer.heard(out, at, frame);
            }
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(doubles = {70, 100, 150, 199, 300, 440})
    @DisplayName("a steady sound goes on in pitch and phase")
    void steadySoundGoesOn(double hertz) {
        short[] sound = Signals.sine(RATE, hertz, 0.3, 2_400);
        short[] out = passed(sound, RATE, 1_600, 1_680);
        assertThat(Signals.snr(sound, 1_600, out, 1_600, 80)).isGreaterThan(12);
    }

    @Test
    @DisplayName("the same at 16 kHz")
    void atSixteenKilohertz() {
        short[] sound = Signals.sine(16_000, 150, 0.3, 4_800);
        short[] out = passed(sound, 16_000, 3_200, 3_360);
        assertThat(Signals.snr(sound, 3_200, out, 3_200, 160)).isGreaterThan(18);
    }

    @Test
    @DisplayName("a lost frame of a voice is closer to it than silence, or than the frame before")
    void voice() {
        short[] sound = Signals.voice(RATE, 8_000, 1, 110, 0);
        double concealed = 0;
        double repeated = 0;
        int losses = 0;
        for (int lost = 2_000; lost + 160 <= sound.length; lost += 800) {
            short[] out = passed(sound, RATE, lost, lost + 160);
            concealed += Signals.snr(sound, lost, out, lost, 160);
            repeated += Signals.snr(sound, lost, sound, lost - 160, 160);
            losses++;
        }
        System.out.printf(
                "concealed 20 ms of a voice: %.1f dB, frame repeated: %.1f dB%n",
                concealed / losses, repeated / losses);
        assertThat(concealed / losses).isGreaterThan(5);
        assertThat(concealed / losses).isGreaterThan(repeated / losses + 5);
    }

    @Test
    @DisplayName("a long loss fades by a fifth every 10 ms after the first, and is silent after 60")
    void fades() {
        short[] sound = Signals.sine(RATE, 200, 0.5, 3_200);
        short[] out = passed(sound, RATE, 1_600, 3_200);
        double before = Signals.rms(sound, 1_520, 1_600);
        for (int step = 0; step < 6; step++) {
            double middle = step == 0 ? 1 : 1 - 0.2 * (step - 0.5);
            int from = 1_600 + 80 * step;
            assertThat(Signals.rms(out, from, from + 80) / before)
                    .as("step %d", step)
                    .isBetween(middle - 0.05, middle + 0.05);
        }
        for (int i = 1_600 + 480; i < 3_200; i++) {
            assertThat(out[i]).isZero();
        }
    }

    @Test
    @DisplayName("there is no click where a loss begins, and none where it ends")
    void noClicks() {
        short[] sound = Signals.sine(RATE, 173, 0.5, 4_800);
        int steepest = steepest(sound, 1, sound.length);
        for (int frames = 1; frames < 12; frames++) {
            for (int offset = 0; offset < 80; offset += 7) {
                short[] shifted = Signals.sine(RATE, 173, 0.5, 4_800);
                System.arraycopy(sound, offset, shifted, 0, sound.length - offset);
                int end = 1_600 + 80 * frames;
                short[] out = passed(shifted, RATE, 1_600, end);
                assertThat(steepest(out, 1_590, end + 100))
                        .as("%d frames, offset %d", frames, offset)
                        .isLessThan(2 * steepest);
            }
        }
    }

    private static int steepest(short[] pcm, int from, int to) {
        int steepest = 0;
        for (int i = from; i < to; i++) {
            steepest = Math.max(steepest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return steepest;
    }

    @Test
    @DisplayName("nothing heard, nothing made up")
    void silentAtFirst() {
        short[] out = passed(new short[800], RATE, 0, 800);
        assertThat(out).containsOnly(0);
    }

    @Test
    @DisplayName("full-scale noise lost at random never overflows into the other sign")
    void neverOverflows() {
        short[] sound = Signals.noise(16_000, 60_000, 5);
        PitchConcealer concealer = new PitchConcealer(RATE);
        short[] out = sound.clone();
        for (int at = 0; at + 37 <= sound.length; at += 37) {
            if (at / 37 % 3 == 1) {
                concealer.conceal(out, at, 37);
            } else {
                concealer.heard(out, at, 37);
            }
        }
        assertThat(Signals.rms(out, 0, out.length)).isLessThan(32_768);
    }
}
