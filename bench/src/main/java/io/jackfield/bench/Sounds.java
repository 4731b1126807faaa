package io.jackfield.bench;

/** Something like a voice, a second long. */
final class Sounds {
    private Sounds() {}

    static short[] voice(int rate) {
        short[] pcm = new short[rate];
        for (int i = 0; i < rate; i++) {
            double seconds = (double) i / rate;
            double sum = 0;
            for (int overtone = 1; overtone * 130 < 3_400; overtone++) {
                double weight = 1 / (1 + Math.pow((overtone * 130 - 700) / 500.0, 2));
                sum += weight * Math.sin(2 * Math.PI * 130 * overtone * seconds + overtone);
            }
            double syllable = Math.pow(Math.sin(Math.PI * 4 * seconds), 2);
            pcm[i] = (short) Math.round(4_000 * syllable * sum);
        }
        return pcm;
    }
}
