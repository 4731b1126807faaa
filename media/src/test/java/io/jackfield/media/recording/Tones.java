package io.jackfield.media.recording;

/** Sines, and how strong one is in a signal. */
final class Tones {
    private Tones() {}

    static SimulatedSpeaker.Sound of(double hertz) {
        return seconds -> 0.5 * Math.sin(2 * Math.PI * hertz * seconds);
    }

    /** Mean square of that frequency's share (Goertzel), from one sample to another. */
    static double power(short[] samples, int rate, double hertz, int from, int until) {
        double factor = 2 * Math.cos(2 * Math.PI * hertz / rate);
        double last = 0;
        double before = 0;
        for (int i = from; i < until; i++) {
            double next = samples[i] + factor * last - before;
            before = last;
            last = next;
        }
        double squared = last * last + before * before - factor * last * before;
        double count = until - from;
        return 2 * squared / count / count;
    }
}
