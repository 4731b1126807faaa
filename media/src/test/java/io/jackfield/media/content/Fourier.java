package io.jackfield.media.content;

/** The discrete Fourier transform, in place, of a power of two of samples. */
final class Fourier {
    private Fourier() {}

    static void transform(double[] re, double[] im) {
        int n = re.length;
        for (int i = 1, j = 0; i < n; i++) {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int length = 2; length <= n; length <<= 1) {
            for (int start = 0; start < n; start += length) {
                butterflies(re, im, start, length);
            }
        }
    }

    private static void butterflies(double[] re, double[] im, int start, int length) {
        int half = length / 2;
        for (int k = 0; k < half; k++) {
            double angle = -2 * Math.PI * k / length;
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            int even = start + k;
            int odd = even + half;
            double r = re[odd] * cos - im[odd] * sin;
            double i = re[odd] * sin + im[odd] * cos;
            re[odd] = re[even] - r;
            im[odd] = im[even] - i;
            re[even] += r;
            im[even] += i;
        }
    }

    private static void swap(double[] array, int i, int j) {
        double kept = array[i];
        array[i] = array[j];
        array[j] = kept;
    }

    /** The frequency of the strongest line of those samples. */
    static double peakHertz(double[] samples, int from, int length, int rate) {
        double[] re = new double[length];
        double[] im = new double[length];
        for (int i = 0; i < length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
            re[i] = samples[from + i] * window;
        }
        transform(re, im);
        int best = 1;
        for (int k = 1; k < length / 2; k++) {
            if (Math.hypot(re[k], im[k]) > Math.hypot(re[best], im[best])) {
                best = k;
            }
        }
        return (double) best * rate / length;
    }
}
