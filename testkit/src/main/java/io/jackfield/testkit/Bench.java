package io.jackfield.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Drives a machine that owns no clock: steps virtual time to each of its deadlines, and notes what
 * it puts out and when.
 *
 * <p>An hour takes as long as the steps in it, and a timer fires exactly when it is due.
 *
 * @param <O> what the machine puts out
 */
public final class Bench<O> {
    /** Far more than any machine has to say at one moment: above it, it spins. */
    private static final int STEPS_PER_MOMENT_MAX = 100_000;

    /** A machine that wants to be woken, as all of ours say it. */
    public interface Machine<O> {
        /** When it wants {@link #tick}; empty for never. */
        OptionalLong deadlineNanos();

        /** Does what is due. */
        List<O> tick(long nowNanos);
    }

    /**
     * One thing that was put out.
     *
     * @param at since the bench was made
     */
    public record Noted<O>(Duration at, O output) {}

    private final VirtualClock clock;
    private final Machine<O> machine;
    private final List<Noted<O>> notes = new ArrayList<>();

    public Bench(Machine<O> machine) {
        this(machine, new VirtualClock());
    }

    /** For several machines on one clock; then only one bench may advance it. */
    public Bench(Machine<O> machine, VirtualClock clock) {
        this.machine = machine;
        this.clock = clock;
    }

    public VirtualClock clock() {
        return clock;
    }

    /** Does something with the machine now, notes what comes out, and returns it. */
    public List<O> perform(LongFunction<List<O>> step) {
        List<O> outputs = step.apply(clock.nanos());
        outputs.forEach(output -> notes.add(new Noted<>(clock.elapsed(), output)));
        return outputs;
    }

    /** Moves on by that much, stopping at every deadline on the way, the end included. */
    public void advance(Duration by) {
        long end = clock.nanos() + by.toNanos();
        int stepsAtMoment = 0;
        OptionalLong due = machine.deadlineNanos();
        while (due.isPresent() && due.getAsLong() - end <= 0) {
            stepsAtMoment = due.getAsLong() - clock.nanos() > 0 ? 0 : stepsAtMoment + 1;
            if (stepsAtMoment > STEPS_PER_MOMENT_MAX) {
                throw new IllegalStateException("the machine spins at " + clock.elapsed());
            }
            clock.advanceTo(due.getAsLong());
            perform(machine::tick);
            due = machine.deadlineNanos();
        }
        clock.advanceTo(end);
    }

    /** All that was put out so far, in order. */
    public List<Noted<O>> notes() {
        return List.copyOf(notes);
    }

    /** Everything of that kind that was put out so far, in order. */
    public <T> List<T> all(Class<T> kind) {
        return notes.stream().map(Noted::output).filter(kind::isInstance).map(kind::cast).toList();
    }

    /** When things of that kind were put out; whole milliseconds since the bench was made. */
    public List<Long> millisOf(Class<?> kind) {
        return notes.stream()
                .filter(note -> kind.isInstance(note.output()))
                .map(note -> note.at().toMillis())
                .toList();
    }

    /** Forgets what was noted; time stays. */
    public void forget() {
        notes.clear();
    }
}
