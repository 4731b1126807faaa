package io.jackfield.media.pipeline;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.Outcome;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;

/** Where goes what a leg says. Thread: the media loop's. */
public interface Hearer {
    /** Nobody hears the leg. */
    Hearer NOBODY =
            new Hearer() {
                @Override
                public Outcome hear(RtpPacket packet, long nowNanos) {
                    return Outcome.UNHEARD;
                }

                @Override
                public void pressed(DtmfPress press, long nowNanos) {}
            };

    /** Takes an accepted packet, which it may change. */
    Outcome hear(RtpPacket packet, long nowNanos);

    /** A key was pressed, and its packets, where there were any, could not be passed on. */
    void pressed(DtmfPress press, long nowNanos);

    /** What became of the leg's sound where it is decoded; all zero where it is not. */
    default LegStatistics.Decoded decoded() {
        return LegStatistics.Decoded.NOTHING;
    }

    /** The leg is heard here no more; twice is once. */
    default void close() {}
}
