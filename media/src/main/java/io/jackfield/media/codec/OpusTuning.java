package io.jackfield.media.codec;

/**
 * How an Opus encoder works; may change at any frame.
 *
 * @param bitsPerSecond 6,000 to 128,000
 * @param complexity 0 (least work) to 10
 * @param fec whether packets may carry a copy of the one before (RFC 6716 §2.1.7)
 * @param lossPercent 0 to 100: the loss to be expected; without any no copies are sent
 * @param dtx whether silence need not be sent (RFC 6716 §2.1.9)
 */
public record OpusTuning(
        int bitsPerSecond, int complexity, boolean fec, int lossPercent, boolean dtx) {
    /** Speech on a sound network. */
    public static final OpusTuning VOICE = new OpusTuning(24_000, 5, false, 0, false);

    public OpusTuning {
        check("bitsPerSecond", bitsPerSecond, 6_000, 128_000);
        check("complexity", complexity, 0, 10);
        check("lossPercent", lossPercent, 0, 100);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", not " + min + " to " + max);
        }
    }

    public OpusTuning withBitsPerSecond(int changed) {
        return new OpusTuning(changed, complexity, fec, lossPercent, dtx);
    }

    public OpusTuning withComplexity(int changed) {
        return new OpusTuning(bitsPerSecond, changed, fec, lossPercent, dtx);
    }

    /** With copies of each packet in the next, made for so much loss; none for 0. */
    public OpusTuning withLossPercent(int changed) {
        return new OpusTuning(bitsPerSecond, complexity, changed > 0, changed, dtx);
    }

    public OpusTuning withDtx(boolean changed) {
        return new OpusTuning(bitsPerSecond, complexity, fec, lossPercent, changed);
    }
}
