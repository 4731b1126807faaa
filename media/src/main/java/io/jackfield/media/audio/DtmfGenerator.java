package io.jackfield.media.audio;

import io.jackfield.protocol.dtmf.DtmfDigit;

/**
 * DTMF as sound, for a line without telephone-event: at -9 dB for the low and -7 dB for the high
 * frequency, against full scale (about -6 and -4 dBm0), with edges of 2 ms. Thread: one at a time.
 */
public final class DtmfGenerator {
    private static final double LOW_DECIBELS = -9;
    private static final double HIGH_DECIBELS = -7;
    private static final int EDGE_MILLIS = 2;

    private final int sampleRate;
    private final int edge;
    private final ToneGenerator tones;
    private int toneSamples;
    private int toneLeft;
    private int pauseLeft;

    public DtmfGenerator(int sampleRate) {
        this.sampleRate = sampleRate;
        this.edge = sampleRate * EDGE_MILLIS / 1_000;
        this.tones = new ToneGenerator(sampleRate, 2);
    }

    /**
     * Begins a digit; one that is not over is cut off.
     *
     * @param toneMillis 40 to 8,000; ITU-T Q.24 wants receivers to know 40 ms
     * @param pauseMillis silence after it, as a part of it: 0 to 8,000
     */
    public void press(DtmfDigit digit, int toneMillis, int pauseMillis) {
        if (toneMillis < 40 || toneMillis > 8_000 || pauseMillis < 0 || pauseMillis > 8_000) {
            throw new IllegalArgumentException(
                    "a digit of " + toneMillis + " and " + pauseMillis + " ms");
        }
        tones.clear();
        tones.add(DtmfTones.lowHertz(digit), LOW_DECIBELS);
        tones.add(DtmfTones.highHertz(digit), HIGH_DECIBELS);
        toneSamples = sampleRate * toneMillis / 1_000;
        toneLeft = toneSamples;
        pauseLeft = sampleRate * pauseMillis / 1_000;
    }

    /** Whether the digit, its pause included, is over. */
    public boolean isOver() {
        return toneLeft == 0 && pauseLeft == 0;
    }

    /** Writes the next samples; silence when the digit is over. */
    public void generate(short[] pcm, int offset, int samples) {
        int tone = Math.min(samples, toneLeft);
        tones.generate(pcm, offset, tone);
        for (int i = 0; i < tone; i++) {
            int toEdge = Math.min(toneSamples - toneLeft, toneLeft - 1);
            if (toEdge < edge) {
                pcm[offset + i] = (short) (pcm[offset + i] * toEdge / edge);
            }
            toneLeft--;
        }
        for (int i = tone; i < samples; i++) {
            pcm[offset + i] = 0;
        }
        pauseLeft = Math.max(0, pauseLeft - (samples - tone));
    }
}
