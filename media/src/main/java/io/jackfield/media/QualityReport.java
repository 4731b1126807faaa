package io.jackfield.media;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the quality echo has measured, raw; what it means is for others to say. Levels are in dBov:
 * 0 is a full square wave, -96 and less is silence.
 *
 * @param heard how much sound the figures stand on; a minute at most
 * @param speechDecibels how loud speech was, on average; -96 where there was none
 * @param peakDecibels the loudest sample
 * @param clippedShare of samples at the end of the range, 0 to 1
 * @param noiseFloorDecibels how loud it was when nobody spoke
 * @param echo what came back of what was played; empty where none was found
 * @param fromPeer the way of the packets that came
 * @param toPeer the way of ours, as the peer reports it; empty before its first report
 * @param rttMillis round trip, from the peer's reports
 */
public record QualityReport(
        Duration heard,
        double speechDecibels,
        double peakDecibels,
        double clippedShare,
        double noiseFloorDecibels,
        Optional<Echo> echo,
        Path fromPeer,
        Optional<Path> toPeer,
        OptionalDouble rttMillis) {

    /**
     * @param lossDecibels how much quieter than what was played
     * @param delay after it was sent
     */
    public record Echo(double lossDecibels, Duration delay) {}

    /**
     * @param lost share of the packets, 0 to 1
     * @param jitterMillis empty before the second packet
     */
    public record Path(double lost, OptionalDouble jitterMillis) {}
}
