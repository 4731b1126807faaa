package io.jackfield.media.audio;

/**
 * How much of one frequency is in a block of sound: one bin of a Fourier transform. Thread: one at
 * a time.
 */
final class Goertzel {
    private final double factor;
    private double last;
    private double beforeLast;
    private int samples;

    Goertzel(int sampleRate, double hertz) {
        factor = 2 * Math.cos(2 * Math.PI * hertz / sampleRate);
    }

    void hear(int sample) {
        double next = sample + factor * last - beforeLast;
        beforeLast = last;
        last = next;
        samples++;
    }

    /**
     * Mean square that a sine of this frequency has to have for this block; then forgets it.
     *
     * <p>For a block which holds nothing else it is the block's own mean square.
     */
    double takePower() {
        double squared = last * last + beforeLast * beforeLast - factor * last * beforeLast;
        double power = samples == 0 ? 0 : 2 * squared / samples / samples;
        last = 0;
        beforeLast = 0;
        samples = 0;
        return power;
    }
}
