package io.jackfield.media.engine;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.QualityReport;
import io.jackfield.media.audio.SoundMeter;
import java.time.Duration;
import java.util.OptionalDouble;

/** Puts together what the quality echo heard and what the leg counted. Pure; any thread. */
final class QualityReports {
    private QualityReports() {}

    static QualityReport of(SoundMeter meter, LegStatistics leg) {
        return new QualityReport(
                Duration.ofMillis(meter.heardMillis()),
                meter.speechDecibels(),
                meter.peakDecibels(),
                meter.clippedShare(),
                meter.noiseFloorDecibels(),
                meter.echo()
                        .map(echo ->
                                new QualityReport.Echo(
                                        echo.lossDecibels(),
                                        Duration.ofMillis(echo.delayMillis()))),
                new QualityReport.Path(
                        share(leg.received().lost(), leg.received().packets()),
                        leg.received().jitterMillis()),
                leg.heardByPeer()
                        .map(peer ->
                                new QualityReport.Path(
                                        share(peer.lost(), leg.sent().packets() - peer.lost()),
                                        OptionalDouble.of(peer.jitterMillis()))),
                leg.heardByPeer()
                        .map(LegStatistics.HeardByPeer::rttMillis)
                        .orElse(OptionalDouble.empty()));
    }

    /** Duplicates can make a peer's loss negative: none then. */
    private static double share(long lost, long arrived) {
        long expected = Math.max(0, lost) + Math.max(0, arrived);
        return expected == 0 ? 0 : (double) Math.max(0, lost) / expected;
    }
}
