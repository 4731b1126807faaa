package io.jackfield.media.prompt;

import java.time.Duration;
import java.util.List;

/**
 * Several prompts said as one: "you are number", "twenty", "three". Nothing is copied but once.
 *
 * <p>Pure; any thread.
 */
public final class Sequence {
    private Sequence() {}

    /**
     * One after the other.
     *
     * @param parts at least one
     * @param pause silence between two; zero for none
     * @throws IllegalArgumentException where they are longer together than a prompt may be
     */
    public static Prompt of(List<Prompt> parts, Duration pause) {
        int between = Math.toIntExact(pause.toMillis() * Prompt.RATE / 1_000);
        long total = (long) between * Math.max(0, parts.size() - 1);
        for (Prompt part : parts) {
            total += part.length();
        }
        if (total < 1 || total > Prompt.SAMPLES_MAX) {
            throw new IllegalArgumentException("a sequence of " + total + " samples");
        }
        short[] samples = new short[(int) total];
        int at = 0;
        for (Prompt part : parts) {
            System.arraycopy(part.samples(), 0, samples, at, part.length());
            at += part.length() + between;
        }
        return new Prompt(samples);
    }
}
