package io.jackfield.media.codec;

/**
 * How an Opus encoder should work towards a receiver, by what that receiver reports (RTCP).
 *
 * <p>Loss rises to what a report says at once and falls by a quarter of the difference with each
 * better one, so that a single good report does not give up the copies that the next loss needs.
 * Copies (in-band FEC, RFC 6716 §2.1.7) begin at 2 % and end below 1 %. They come out of the same
 * bit rate, so that is raised with them (at 28,000 a voice would be half a decibel quieter); but
 * much loss and a long way together look like a queue that is full, and there less is sent.
 *
 * <table>
 * <caption>What is chosen</caption>
 * <tr><th>loss</th><th>round trip</th><th>bit/s</th><th>complexity</th><th>copies</th></tr>
 * <tr><td>below 2 %</td><td>any</td><td>24,000</td><td>5</td><td>no</td></tr>
 * <tr><td>2 % to 10 %</td><td>up to 400 ms</td><td>36,000</td><td>5</td><td>yes</td></tr>
 * <tr><td>above 10 %</td><td>up to 400 ms</td><td>40,000</td><td>7</td><td>yes</td></tr>
 * <tr><td>2 % or more</td><td>above 400 ms</td><td>24,000</td><td>7</td><td>yes</td></tr>
 * </table>
 *
 * <p>Without clock; thread: one at a time.
 */
public final class OpusSteering {
    private static final double FEC_FROM = 0.02;
    private static final double FEC_BELOW = 0.01;
    private static final double HEAVY_ABOVE = 0.10;
    private static final double LONG_MILLIS = 400;
    private static final double FALL = 0.25;

    /** An encoder told of more gives most of its bits to copies. */
    private static final int LOSS_PERCENT_MAX = 25;

    /** Loss the encoder is told of goes in such steps. */
    private static final int LOSS_PERCENT_STEP = 5;

    private double loss;
    private boolean fec;
    private OpusTuning tuning = OpusTuning.VOICE;

    /**
     * Takes a report.
     *
     * @param fractionLost of the packets since the report before: 0 to 1
     * @param rttMillis round trip; negative where it is not known
     * @return what holds from now on; the same object as before where nothing changes
     */
    public OpusTuning reported(double fractionLost, double rttMillis) {
        loss = fractionLost > loss ? fractionLost : loss + (fractionLost - loss) * FALL;
        fec = fec ? loss >= FEC_BELOW : loss >= FEC_FROM;
        OpusTuning next = fec ? withCopies(rttMillis) : OpusTuning.VOICE;
        if (!next.equals(tuning)) {
            tuning = next;
        }
        return tuning;
    }

    private OpusTuning withCopies(double rttMillis) {
        boolean congested = rttMillis > LONG_MILLIS;
        boolean heavy = loss > HEAVY_ABOVE;
        int bitsPerSecond = congested ? 24_000 : heavy ? 40_000 : 36_000;
        int complexity = congested || heavy ? 7 : OpusTuning.VOICE.complexity();
        return new OpusTuning(bitsPerSecond, complexity, true, lossPercent(), false);
    }

    /** Rounded up, so that a little loss is not taken for none. */
    private int lossPercent() {
        int steps = (int) Math.ceil(loss * 100 / LOSS_PERCENT_STEP);
        return Math.min(steps * LOSS_PERCENT_STEP, LOSS_PERCENT_MAX);
    }

    /** What holds now. */
    public OpusTuning tuning() {
        return tuning;
    }
}
