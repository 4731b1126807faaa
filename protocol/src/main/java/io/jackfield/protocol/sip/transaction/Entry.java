package io.jackfield.protocol.sip.transaction;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One transaction in its table: which flow it uses, which of its timers run.
 *
 * @param <F> the flow
 */
abstract sealed class Entry<F extends TransactionFlow> permits ClientEntry, ServerEntry {
    private final F flow;
    private final Timing timing;
    private final Map<Timer, Long> dueNanos = new EnumMap<>(Timer.class);

    Entry(F flow, Timing timing) {
        this.flow = flow;
        this.timing = timing;
    }

    final F flow() {
        return flow;
    }

    final Timing timing() {
        return timing;
    }

    /** True when it has ended and is to be forgotten. */
    abstract boolean terminated();

    final void start(Timer timer, long atNanos) {
        dueNanos.put(timer, atNanos);
    }

    /** The timer that fires first; empty when none runs. */
    final Optional<Map.Entry<Timer, Long>> next() {
        return dueNanos.entrySet().stream()
                .min((a, b) -> Long.signum(a.getValue() - b.getValue()))
                .map(Map.Entry::copyOf);
    }

    final void stop(Timer timer) {
        dueNanos.remove(timer);
    }
}
