package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.media.MediaFigures;
import io.jackfield.loadtool.report.StepReport;
import java.time.Duration;

/**
 * What a step may show at most for the next one to be begun.
 *
 * @param lossPercent of each way's frames
 * @param delayP99 of each way
 */
public record Limits(double lossPercent, Duration delayP99) {
    /** Whatever a step shows. */
    public static final Limits NONE = new Limits(100, Duration.ofHours(1));

    /** True where all calls are up, and no way is worse. */
    public boolean heldBy(StepReport step) {
        return step.up() == step.calls()
                && step.media().ways().values().stream().allMatch(this::heldBy);
    }

    private boolean heldBy(MediaFigures.WayFigures way) {
        return way.lostPercent() <= lossPercent && way.delay().p99() <= delayP99.toNanos();
    }
}
