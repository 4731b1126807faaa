package io.jackfield.loadtool.report;

import io.jackfield.loadtool.measure.Histogram;
import io.jackfield.loadtool.measure.Histogram.Spread;

/**
 * How long calls took to be set up; nanoseconds.
 *
 * @param answered INVITE to 200, the 401 round included
 * @param connected the 200 to SRTP keys
 * @param firstHeard INVITE to the first frame heard
 */
public record SetupTimes(Spread answered, Spread connected, Spread firstHeard) {
    public static final SetupTimes NONE = new SetupTimes(Spread.NONE, Spread.NONE, Spread.NONE);

    /** Gathers them; one thread at a time. */
    public static final class Gathered {
        private final Histogram answered = new Histogram();
        private final Histogram connected = new Histogram();
        private final Histogram firstHeard = new Histogram();

        public synchronized void answered(long nanos) {
            answered.record(nanos);
        }

        public synchronized void connected(long nanos) {
            connected.record(nanos);
        }

        public synchronized void firstHeard(long nanos) {
            firstHeard.record(nanos);
        }

        public synchronized SetupTimes spread() {
            return new SetupTimes(answered.spread(), connected.spread(), firstHeard.spread());
        }
    }
}
