package io.jackfield.observe.quality;

import java.util.List;

/**
 * Known answers: G.711 with concealment, random loss, packets of 20 ms. What {@code jackfield
 * selfcheck quality} and the tests hold {@link EModel} against.
 */
public final class EModelVectors {
    /**
     * @param rating R, to a tenth
     * @param mos to a tenth
     */
    public record Vector(
            double rttMillis, double jitterMillis, double lossPercent, double rating, double mos) {
        /** What the model says of it. */
        public double computedRating() {
            return EModel.rating(
                    EModel.CodecValues.G711,
                    EModel.oneWayMillis(rttMillis, jitterMillis),
                    lossPercent,
                    1);
        }

        public double computedMos() {
            return EModel.mosCq(EModel.CodecValues.G711, lossPercent, rttMillis, jitterMillis);
        }

        /** True where the model says what it should. */
        public boolean holds() {
            return Math.abs(computedRating() - rating) <= 0.051
                    && Math.abs(computedMos() - mos) <= 0.051;
        }
    }

    public static final List<Vector> ALL =
            List.of(
                    new Vector(20, 2, 0, 92.4, 4.4),
                    new Vector(80, 10, 0, 91.3, 4.4),
                    new Vector(80, 10, 1, 87.6, 4.3),
                    new Vector(80, 30, 1, 86.7, 4.2),
                    new Vector(80, 60, 1, 84.9, 4.2),
                    new Vector(150, 30, 3, 79.3, 4.0),
                    new Vector(300, 50, 5, 60.7, 3.1),
                    new Vector(400, 30, 0, 75.2, 3.8),
                    new Vector(600, 80, 10, 21.3, 1.3));

    private EModelVectors() {}
}
