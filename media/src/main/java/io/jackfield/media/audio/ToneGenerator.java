package io.jackfield.media.audio;

/**
 * Makes one or more sines at once, without end and without a break between frames. Thread: one at a
 * time.
 */
public final class ToneGenerator {
    private final int sampleRate;

    /** Each sine by its recurrence: the last two samples and twice the cosine of its step. */
    private final double[] last;

    private final double[] beforeLast;
    private final double[] factor;
    private int count;

    /**
     * @param tonesMax how many sines there will be at once
     */
    public ToneGenerator(int sampleRate, int tonesMax) {
        this.sampleRate = sampleRate;
        last = new double[tonesMax];
        beforeLast = new double[tonesMax];
        factor = new double[tonesMax];
    }

    /** Silence, until the next {@link #add}. */
    public void clear() {
        count = 0;
    }

    /**
     * One sine more, which begins at zero.
     *
     * @param hertz above 0, below half the sample rate
     * @param peakDecibels of its peaks, against full scale: 0 or less
     */
    public void add(double hertz, double peakDecibels) {
        if (!(hertz > 0) || hertz >= sampleRate / 2.0 || !(peakDecibels <= 0)) {
            throw new IllegalArgumentException(
                    "no such tone: " + hertz + " Hz at " + peakDecibels + " dB");
        }
        double step = 2 * Math.PI * hertz / sampleRate;
        double peak = Short.MAX_VALUE * Decibels.ratio(peakDecibels);
        factor[count] = 2 * Math.cos(step);
        last[count] = -peak * Math.sin(step);
        beforeLast[count] = -peak * Math.sin(2 * step);
        count++;
    }

    /** Writes the next samples; a sum of tones beyond full scale is cut. */
    public void generate(short[] pcm, int offset, int samples) {
        for (int i = offset; i < offset + samples; i++) {
            double sum = 0;
            for (int tone = 0; tone < count; tone++) {
                double next = factor[tone] * last[tone] - beforeLast[tone];
                beforeLast[tone] = last[tone];
                last[tone] = next;
                sum += next;
            }
            pcm[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }
}
