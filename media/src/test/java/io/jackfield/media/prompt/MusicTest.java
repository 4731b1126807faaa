package io.jackfield.media.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Prompts made here")
class MusicTest {

    /** Strength of one frequency, by Goertzel's sum; 1 for a full-scale sine. */
    private static double strength(Prompt prompt, double hertz) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < prompt.length(); i++) {
            double phase = 2 * Math.PI * hertz * i / Prompt.RATE;
            real += prompt.sample(i) * Math.cos(phase);
            imaginary += prompt.sample(i) * Math.sin(phase);
        }
        return 2 * Math.hypot(real, imaginary) / prompt.length() / 32_767;
    }

    @Test
    @DisplayName("a tone has the pitch, level and length that were asked for")
    void tone() {
        Prompt tone = Music.tone(425, 0.25, 1_000);
        assertThat(tone.duration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(strength(tone, 425)).isBetween(0.249, 0.251);
        assertThat(strength(tone, 850)).isLessThan(0.001);
    }

    @Test
    @DisplayName("a tone beyond what 8 kHz carries is refused")
    void toneRange() {
        assertThatThrownBy(() -> Music.tone(4_000, 0.5, 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Music.tone(400, 0, 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "the melody is loud enough, never clips, never pauses, and goes round without a click")
    void melody() {
        Prompt melody = Music.melody();
        assertThat(melody.duration()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
        int peak = 0;
        for (int i = 0; i < melody.length(); i++) {
            peak = Math.max(peak, Math.abs(melody.sample(i)));
        }
        assertThat(peak).isBetween(6_000, 32_000);
        for (int from = 0; from + 2_400 <= melody.length(); from += 2_400) {
            double energy = 0;
            for (int i = from; i < from + 2_400; i++) {
                energy += (double) melody.sample(i) * melody.sample(i);
            }
            assertThat(Math.sqrt(energy / 2_400)).isGreaterThan(500);
        }
        int seam = Math.abs(melody.sample(0) - melody.sample(melody.length() - 1));
        assertThat(seam).isLessThan(peak / 3);
    }

    @Test
    @DisplayName("a prompt keeps its own copy of the samples, and needs some")
    void copies() {
        short[] samples = {1, 2, 3};
        Prompt prompt = new Prompt(samples);
        samples[0] = 9;
        prompt.samples()[1] = 9;
        assertThat(prompt.samples()).containsExactly((short) 1, (short) 2, (short) 3);
        assertThatThrownBy(() -> new Prompt(new short[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
