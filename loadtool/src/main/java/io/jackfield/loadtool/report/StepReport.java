package io.jackfield.loadtool.report;

import io.jackfield.loadtool.media.MediaFigures;
import java.time.Duration;
import java.util.Optional;

/**
 * What was seen while a number of calls was up, or while short calls were made.
 *
 * @param calls that should be up; of short calls, those that were made
 * @param up calls that were answered, connected and stayed; of short calls, those that went well
 * @param window in which the figures were taken
 * @param setup of the calls that this step added
 * @param server what its process used in the window; empty when not asked, or gone
 * @param jvm where the server is one
 * @param own what this process used in the window
 * @param stealPercent of all CPUs' time in the window, what the hypervisor gave to others
 */
public record StepReport(
        int calls,
        int up,
        boolean shortCalls,
        Duration window,
        SetupTimes setup,
        MediaFigures media,
        Optional<ServerUse> server,
        JvmUse jvm,
        Optional<ServerUse> own,
        double stealPercent) {
    private static final double MILLIS_PER_SECOND = 1_000;

    /** True when all calls went well and nothing was lost, repeated or changed. */
    public boolean flawless() {
        return up == calls
                && media.damaged() == 0
                && media.ways().values().stream()
                        .allMatch(way -> way.lost() == 0 && way.repeated() == 0);
    }

    public long sent() {
        return media.ways().values().stream().mapToLong(MediaFigures.WayFigures::sent).sum();
    }

    public long heard() {
        return media.ways().values().stream().mapToLong(MediaFigures.WayFigures::heard).sum();
    }

    public long repeated() {
        return media.ways().values().stream().mapToLong(MediaFigures.WayFigures::repeated).sum();
    }

    /** Of the server's heap, for each packet that it passed on; empty where nothing is known. */
    public Optional<Double> allocatedBytesPerPacket() {
        return heard() == 0
                ? Optional.empty()
                : jvm.allocatedBytes().map(bytes -> (double) bytes / heard());
    }

    /** Of one core, for each call that was up; 0 where nothing is known. */
    public double corePercentPerCall() {
        return up == 0 ? 0 : server.map(use -> use.corePercent() / up).orElse(0.0);
    }

    /** Of CPU for each call that was made; 0 where nothing is known. */
    public double cpuMillisPerCall() {
        return up == 0 ? 0 : server.map(u -> u.cpuSeconds() * MILLIS_PER_SECOND / up).orElse(0.0);
    }
}
