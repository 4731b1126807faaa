package io.jackfield.contactcenter.agent;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good an agent's network has been over the last calls: a mean in which newer calls weigh more,
 * and a grade that changes only when two calls in a row ask for the same other one. Immutable.
 *
 * @param badShare of the seconds of calls, 0 to 1
 * @param rttMillis round trip, the same mean; empty before the first that is known
 * @param wanted what the last call asked for, where that is not the grade
 */
public record NetworkGrade(
        Grade grade, double badShare, OptionalDouble rttMillis, Optional<Grade> wanted) {
    private static final double NEW_WEIGHT = 0.3;
    private static final double POOR_SHARE = 0.05;
    private static final double FAIR_SHARE = 0.01;
    private static final double FAIR_RTT_MILLIS = 300;

    /** Nothing is known: as good as any. */
    public static final NetworkGrade UNKNOWN =
            new NetworkGrade(Grade.GOOD, 0, OptionalDouble.empty(), Optional.empty());

    /**
     * A call is over.
     *
     * @param bad share of its seconds in which the agent's links were bad, 0 to 1
     * @param rtt between us and the agent, in milliseconds
     */
    public NetworkGrade heard(double bad, OptionalDouble rtt) {
        double share = badShare + NEW_WEIGHT * (bad - badShare);
        OptionalDouble trip =
                rtt.isPresent() && rttMillis.isPresent()
                        ? OptionalDouble.of(
                                rttMillis.getAsDouble()
                                        + NEW_WEIGHT
                                                * (rtt.getAsDouble() - rttMillis.getAsDouble()))
                        : rtt.isPresent() ? rtt : rttMillis;
        Grade asks = asks(share, trip);
        if (asks == grade) {
            return new NetworkGrade(grade, share, trip, Optional.empty());
        }
        return wanted.filter(w -> w == asks).isPresent()
                ? new NetworkGrade(asks, share, trip, Optional.empty())
                : new NetworkGrade(grade, share, trip, Optional.of(asks));
    }

    private static Grade asks(double share, OptionalDouble rtt) {
        if (share > POOR_SHARE) {
            return Grade.POOR;
        }
        return share > FAIR_SHARE || rtt.orElse(0) > FAIR_RTT_MILLIS ? Grade.FAIR : Grade.GOOD;
    }
}
