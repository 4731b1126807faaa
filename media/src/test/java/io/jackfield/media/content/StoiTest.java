package io.jackfield.media.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Short-time objective intelligibility")
class StoiTest {
    private static final double[] SAID = syllables();

    /** Noise in the rhythm and with the changing colour of speech. */
    private static double[] syllables() {
        Random random = new Random(7);
        double[] out = new double[4 * Stoi.RATE];
        double state = 0;
        for (int i = 0; i < out.length; i++) {
            double t = (double) i / Stoi.RATE;
            double colour = 0.5 + 0.45 * Math.sin(2 * Math.PI * 1.7 * t);
            state = colour * state + random.nextGaussian();
            out[i] = state * Math.pow(Math.max(0, Math.sin(2 * Math.PI * 2.3 * t)), 2);
        }
        return out;
    }

    private static double[] withNoise(double decibels) {
        Random random = new Random(8);
        double power = 0;
        for (double sample : SAID) {
            power += sample * sample / SAID.length;
        }
        double noise = Math.sqrt(power * Math.pow(10, -decibels / 10));
        double[] out = SAID.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += noise * random.nextGaussian();
        }
        return out;
    }

    @Test
    @DisplayName("is one for the same sound, however loud")
    void same() {
        double[] louder = SAID.clone();
        for (int i = 0; i < louder.length; i++) {
            louder[i] *= 3;
        }
        assertThat(Stoi.of(SAID, louder)).isGreaterThan(0.9999);
    }

    @Test
    @DisplayName("falls with noise, step by step, to nothing for another sound")
    void falls() {
        double before = 1;
        for (double decibels : new double[] {30, 20, 10, 0, -10, -20}) {
            double now = Stoi.of(SAID, withNoise(decibels));
            System.out.printf("STOI at %.0f dB: %.3f%n", decibels, now);
            assertThat(now).isLessThan(before);
            before = now;
        }
        assertThat(before).isLessThan(0.5);
        double[] other = new double[SAID.length];
        Random random = new Random(9);
        for (int i = 0; i < other.length; i++) {
            other[i] = random.nextGaussian();
        }
        assertThat(Stoi.of(SAID, other)).isLessThan(0.3);
    }
}
