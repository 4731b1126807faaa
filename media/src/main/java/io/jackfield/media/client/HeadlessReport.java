package io.jackfield.media.client;

import io.jackfield.media.LegStatistics;
import java.time.Duration;
import java.util.Optional;

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
 * @param framesMissing lower than the highest number heard, and never heard themselves
 * @param longestGapMillis between two frames heard
 * @param roundTripMillis from sending a frame to hearing it, where this phone hears itself; median
 *     and worst, in milliseconds
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
        long framesMissing,
        double longestGapMillis,
        Optional<RoundTrip> roundTripMillis,
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

    /** Milliseconds. */
    public record RoundTrip(double median, double worst) {}
}
