package io.jackfield.protocol.sip.transaction;

import io.jackfield.testkit.Bench;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The timers that a machine under test has started. None is ever stopped: a machine must not mind
 * those of states it has left.
 *
 * @param <E> the machine's effects
 */
final class TimerBoard<E> implements Bench.Machine<E> {
    private final VirtualClock clock;
    private final Function<Timer, List<E>> fire;
    private final Map<Timer, Long> due = new EnumMap<>(Timer.class);

    TimerBoard(VirtualClock clock, Function<Timer, List<E>> fire) {
        this.clock = clock;
        this.fire = fire;
    }

    void start(Timer timer, Duration after) {
        due.put(timer, clock.nanos() + after.toNanos());
    }

    @Override
    public OptionalLong deadlineNanos() {
        return earliest()
                .map(timer -> OptionalLong.of(due.get(timer)))
                .orElse(OptionalLong.empty());
    }

    @Override
    public List<E> tick(long nowNanos) {
        Timer timer = earliest().orElseThrow();
        due.remove(timer);
        return fire.apply(timer);
    }

    private Optional<Timer> earliest() {
        long now = clock.nanos();
        return due.keySet().stream().min(Comparator.comparing(timer -> due.get(timer) - now));
    }
}
