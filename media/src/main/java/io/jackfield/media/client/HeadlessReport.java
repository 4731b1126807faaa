package io.jackfield.media.client;

import io.jackfield.media.LegStatistics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a phone has to say of its media so far.
 *
 * @param state where it stands
 * @param iceAfter from {@link HeadlessMedia#apply} to a nominated pair
 * @param dtlsAfter from {@link HeadlessMedia#apply} to SRTP keys
 * @param firstHeardAfter from {@link HeadlessMedia#apply} to the first packet
 * @param framesSent numbered frames
 * @param framesHeard of those, any talker's, without repetitions
 * @param framesDamaged heard, and not as they were sent
 * @param framesRepeated heard a second time
 * @param firstFrameHeard its number; 0 is the talker's first
 * @param framesMissing above the first heard, lower than the highest number heard, and never heard
 *     themselves
 * @param longestGapMillis between two frames heard
 * @param roundTrips from sending a frame to hearing it, where this phone hears itself
 * @param statistics RTP and RTCP, as a server would have them
 */
public record HeadlessReport(
        State state,
        Optional<Duration> iceAfter,
        Optional<Duration> dtlsAfter,
        Optional<Duration> firstHeardAfter,
        long framesSent,
        long framesHeard,
        long framesDamaged,
        long framesRepeated,
        OptionalLong firstFrameHeard,
        long framesMissing,
        double longestGapMillis,
        RoundTrips roundTrips,
        LegStatistics.Received statistics,
        LegStatistics.Sent sent,
        Optional<LegStatistics.HeardByPeer> heardByPeer) {

    /** Where a phone stands. */
    public enum State {
        NEW,
        CHECKING,
        SHAKING_HANDS,
        CONNECTED,
        FAILED,
        CLOSED
    }

    /** One per frame heard, in the order heard. Immutable. */
    public static final class RoundTrips {
        private final long[] nanos;

        /**
         * @param nanos copied
         */
        public RoundTrips(long... nanos) {
            this.nanos = nanos.clone();
        }

        /** A copy; nanoseconds. */
        public long[] nanos() {
            return nanos.clone();
        }

        /** How many, median and worst. */
        @Override
        public String toString() {
            long[] sorted = nanos();
            Arrays.sort(sorted);
            return sorted.length == 0
                    ? "none"
                    : "%d, median %.3f ms, worst %.3f ms"
                            .formatted(
                                    sorted.length,
                                    sorted[sorted.length / 2] / 1e6,
                                    sorted[sorted.length - 1] / 1e6);
        }
    }
}
