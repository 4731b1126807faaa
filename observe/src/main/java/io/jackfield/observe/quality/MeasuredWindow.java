package io.jackfield.observe.quality;

import io.jackfield.media.LinkWindow;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One window of one leg, judged.
 *
 * @param fromMillis since the call began
 * @param toMillis the same
 * @param raw what was counted
 * @param toUs how we heard the peer
 * @param fromUs how the peer heard us; empty where it has not said
 */
public record MeasuredWindow(
        long fromMillis,
        long toMillis,
        LinkWindow raw,
        Direction toUs,
        Optional<Direction> fromUs) {
    /** Below it users begin to complain (ITU-T G.109: "some users dissatisfied"). */
    static final double BAD_MOS = 3.6;

    /**
     * One direction.
     *
     * @param lossPercent of what was sent over this link; what never came to us is not lost on the
     *     way from us
     * @param mosCq empty where no round trip is known
     * @param trouble the worst; empty where all was well
     */
    public record Direction(
            double lossPercent, double mosLq, OptionalDouble mosCq, Optional<Trouble> trouble) {
        /** True where one who listens is not content, or nothing came at all. */
        boolean bad() {
            return mosLq < BAD_MOS
                    || trouble.filter(t -> t.kind() == Trouble.Kind.OUTAGE).isPresent();
        }
    }

    /** True where either way was bad. */
    public boolean bad() {
        return toUs.bad() || fromUs.filter(Direction::bad).isPresent();
    }
}
