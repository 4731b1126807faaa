package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.media.MediaFigures.WayFigures;
import io.jackfield.loadtool.report.LoadReport;
import io.jackfield.loadtool.report.StepReport;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is compared. */
enum Figure {
    CPU_PER_CALL("CPU of a core per call, %"),
    CPU_PER_SHORT_CALL("CPU per short call, ms"),
    CPU_PER_PHONE("CPU per phone registered, ms"),
    MEMORY_PER_CALL("RSS per call, KiB"),
    MEMORY_PER_PHONE("RSS per idle phone, KiB"),
    ANSWERED_P50("INVITE -> 200 p50, ms"),
    ANSWERED_P99("INVITE -> 200 p99, ms"),
    FIRST_MEDIA_P50("INVITE -> first media p50, ms"),
    FIRST_MEDIA_P99("INVITE -> first media p99, ms"),
    DELAY_P50("added delay p50, ms"),
    DELAY_P99("added delay p99, ms"),
    DELAY_P999("added delay p99.9, ms"),
    SPACING_P999("send-time error p99.9, ms"),
    LOSS("loss, %"),
    LATENESS_P99("generator's own lateness p99, ms"),
    ALLOCATED("allocated per packet, bytes"),
    GC_PAUSE_MAX("longest GC pause, ms"),
    CALLS_HELD("calls held within the limits");

    private static final double NANOS_PER_MILLI = 1e6;

    private final String words;

    Figure(String words) {
        this.words = words;
    }

    /** Its name for programs. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of that run; empty where it does not have it. */
    Optional<Double> of(LoadReport report) {
        if (report.steps().isEmpty()) {
            return Optional.empty();
        }
        StepReport step = report.steps().getLast();
        return switch (this) {
            case CPU_PER_CALL -> step.server().map(_ -> step.corePercentPerCall());
            case CPU_PER_SHORT_CALL -> step.server().map(_ -> step.cpuMillisPerCall());
            case CPU_PER_PHONE -> report.cpuMillisPerPhone();
            case MEMORY_PER_CALL -> known(report).map(LoadReport.MemoryUse::kibPerCall);
            case MEMORY_PER_PHONE -> known(report).map(m -> m.kibPerPhone(report.phones()));
            case ANSWERED_P50 -> millis(step.setup().answered().p50());
            case ANSWERED_P99 -> millis(step.setup().answered().p99());
            case FIRST_MEDIA_P50 -> millis(step.setup().firstHeard().p50());
            case FIRST_MEDIA_P99 -> millis(step.setup().firstHeard().p99());
            case DELAY_P50 -> worst(step, way -> way.delay().p50() / NANOS_PER_MILLI);
            case DELAY_P99 -> worst(step, way -> way.delay().p99() / NANOS_PER_MILLI);
            case DELAY_P999 -> worst(step, way -> way.delay().p999() / NANOS_PER_MILLI);
            case SPACING_P999 -> worst(step, way -> way.spacing().p999() / NANOS_PER_MILLI);
            case LOSS -> worst(step, WayFigures::lostPercent);
            case LATENESS_P99 -> millis(step.media().sendLateness().p99());
            case ALLOCATED -> step.allocatedBytesPerPacket();
            case GC_PAUSE_MAX -> step.jvm().pauses().map(pauses -> pauses.maxMillis());
            case CALLS_HELD -> Optional.empty();
        };
    }

    private static Optional<LoadReport.MemoryUse> known(LoadReport report) {
        return Optional.of(report.memory()).filter(memory -> memory.beforeKib() > 0);
    }

    private static Optional<Double> millis(long nanos) {
        return nanos == 0 ? Optional.empty() : Optional.of(nanos / NANOS_PER_MILLI);
    }

    /** Of the ways, the one that is worse. */
    private static Optional<Double> worst(StepReport step, ToDoubleFunction<WayFigures> figure) {
        return step.media().ways().values().stream()
                .filter(way -> way.sent() > 0)
                .map(figure::applyAsDouble)
                .max(Double::compare);
    }

    @Override
    public String toString() {
        return words;
    }
}
