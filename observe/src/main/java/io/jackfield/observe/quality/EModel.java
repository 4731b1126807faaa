package io.jackfield.observe.quality;

import java.util.Locale;

/**
 * Scores by the E-model (ITU-T G.107) with its default values, simplified: what one talks over is
 * told by codec, loss and delay. Pure; any thread.
 */
public final class EModel {
    /** Goes with every score that is kept: scores of different formulas are not compared. */
    public static final String FORMULA = "G.107-simplified/1";

    private static final double R_BEST = 93.2;
    private static final double DELAY_KNEE_MILLIS = 177.3;
    private static final double MOS_MAX = 4.5;

    /** Made by packets of 20 ms and a look-ahead. */
    private static final double PACKET_MILLIS = 20;

    private EModel() {}

    /**
     * How a codec stands loss (ITU-T G.113 Appendix I; for Opus and G.722, which have no planning
     * values on this scale, the customary stand-ins).
     *
     * @param impairment Ie
     * @param robustness Bpl
     */
    public record CodecValues(double impairment, double robustness) {
        /** With concealment. */
        public static final CodecValues G711 = new CodecValues(0, 25.1);

        public static final CodecValues G722 = new CodecValues(4, 15.7);
        public static final CodecValues OPUS = new CodecValues(0, 25.0);

        /** By the name in a description; G.711 where it is another. */
        public static CodecValues of(String codec) {
            return switch (codec.toLowerCase(Locale.ROOT)) {
                case "opus" -> OPUS;
                case "g722" -> G722;
                default -> G711;
            };
        }
    }

    /**
     * The rating R.
     *
     * @param delayMillis from mouth to ear, one way; 0 for how it sounds to one who only listens
     * @param lossPercent 0 to 100
     * @param burstRatio how much longer bursts are than those of random loss; 1 for random
     * @return below 0 to 93.2
     */
    public static double rating(
            CodecValues codec, double delayMillis, double lossPercent, double burstRatio) {
        double late = Math.max(0, delayMillis - DELAY_KNEE_MILLIS);
        double delay = 0.024 * delayMillis + 0.11 * late;
        double loss =
                codec.impairment
                        + (95 - codec.impairment)
                                * lossPercent
                                / (lossPercent / burstRatio + codec.robustness);
        return R_BEST - delay - loss;
    }

    /** The mean opinion score of a rating: 1 to 4.5 (G.107 Annex B). */
    public static double mos(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return MOS_MAX;
        }
        return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
    }

    /** How it sounds to one who only listens. */
    public static double mosLq(CodecValues codec, double lossPercent) {
        return mos(rating(codec, 0, lossPercent, 1));
    }

    /** How it is to talk over it: {@link #mosLq} with the delay, as far as RTCP tells it. */
    public static double mosCq(
            CodecValues codec, double lossPercent, double rttMillis, double jitterMillis) {
        return mos(rating(codec, oneWayMillis(rttMillis, jitterMillis), lossPercent, 1));
    }

    /** Half the round trip, a jitter buffer of twice the jitter, and a packet. */
    static double oneWayMillis(double rttMillis, double jitterMillis) {
        return rttMillis / 2 + 2 * jitterMillis + PACKET_MILLIS;
    }
}
