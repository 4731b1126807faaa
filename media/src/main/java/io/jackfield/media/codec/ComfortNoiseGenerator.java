package io.jackfield.media.codec;

import java.nio.ByteBuffer;

/**
 * Makes the noise that a comfort noise payload describes (RFC 3389), at any rate; the model is of
 * the rate of the codec whose silence it fills. Silent until the first payload.
 *
 * <p>White noise goes through a normalized lattice, whose every step is a rotation: the level stays
 * whatever the coefficients are, and when they change. A new level is reached within 20 ms or so,
 * so that changes don't click. Thread: one at a time.
 */
public final class ComfortNoiseGenerator {
    /** Time constant of the way to a new level. */
    private static final double APPROACH_SECONDS = 0.005;

    /** Uniform noise between minus and plus this has a root mean square of 1. */
    private static final double UNIT_NOISE_PEAK = Math.sqrt(3);

    private final double approach;

    /** The lattice's rotations: sines are the reflection coefficients. */
    private final double[] sines = new double[ComfortNoise.ORDER_MAX];

    private final double[] cosines = new double[ComfortNoise.ORDER_MAX];

    /** What the lattice remembers. */
    private final double[] backward = new double[ComfortNoise.ORDER_MAX + 1];

    private int order;
    private double amplitude;
    private double wantedAmplitude;
    private long random;
    private long broken;

    /**
     * @param seed makes the noise; any but 0
     */
    public ComfortNoiseGenerator(int sampleRate, long seed) {
        if (seed == 0) {
            throw new IllegalArgumentException("the seed is 0");
        }
        this.approach = 1 / (sampleRate * APPROACH_SECONDS);
        this.random = seed;
    }

    /**
     * Takes a payload, position to limit. One without a byte is counted and changes nothing;
     * coefficients beyond the twelfth have none.
     */
    public void update(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            broken++;
            return;
        }
        int at = payload.position();
        order = Math.min(payload.remaining() - 1, ComfortNoise.ORDER_MAX);
        for (int i = 0; i < order; i++) {
            double coefficient = ComfortNoise.coefficient(payload.get(at + 1 + i));
            sines[i] = coefficient;
            cosines[i] = Math.sqrt(1 - coefficient * coefficient);
        }
        wantedAmplitude = ComfortNoise.amplitude(payload.get(at) & ComfortNoise.LEVEL_MAX);
    }

    /** Writes noise. */
    public void generate(short[] pcm, int offset, int samples) {
        for (int i = offset; i < offset + samples; i++) {
            amplitude += (wantedAmplitude - amplitude) * approach;
            double sample = amplitude * filter(UNIT_NOISE_PEAK * uniform());
            pcm[i] = (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** One step of the all-pole lattice. */
    private double filter(double input) {
        double forward = input;
        for (int i = order - 1; i >= 0; i--) {
            double next = cosines[i] * forward - sines[i] * backward[i];
            backward[i + 1] = sines[i] * forward + cosines[i] * backward[i];
            forward = next;
        }
        backward[0] = forward;
        return forward;
    }

    /** Between -1 and 1, by xorshift. */
    private double uniform() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (random >> 11) * 0x1p-52;
    }

    /** Payloads without a byte. */
    public long brokenPayloads() {
        return broken;
    }
}
