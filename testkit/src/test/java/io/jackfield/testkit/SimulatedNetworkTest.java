package io.jackfield.testkit;

import static io.jackfield.testkit.NetworkConditions.CUT;
import static io.jackfield.testkit.NetworkConditions.PERFECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A simulated network")
class SimulatedNetworkTest {
    private static final int MANY = 10_000;
    private static final Seed SEED = new Seed(7);
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final VirtualClock clock = new VirtualClock();

    /** What arrives of {@link #MANY} messages sent 1 ms apart, in the order of arrival. */
    private List<Integer> arrivals(SimulatedNetwork<Integer> network) {
        long start = clock.nanos();
        IntStream.range(0, MANY).forEach(i -> network.send(start + i * MILLI, i));
        List<Integer> arrived = new ArrayList<>();
        while (network.deadlineNanos().isPresent()) {
            arrived.addAll(network.poll(network.deadlineNanos().getAsLong()));
        }
        return arrived;
    }

    @Test
    @DisplayName("hands nothing out before its delay, everything after, and only once")
    void delays() {
        var network = new SimulatedNetwork<>(PERFECT.withDelay(Duration.ofMillis(20)), SEED);
        long now = clock.nanos();
        network.send(now, "a");
        network.send(now, "b");

        assertThat(network.poll(now + 20 * MILLI - 1)).isEmpty();
        assertThat(network.deadlineNanos()).hasValue(now + 20 * MILLI);
        assertThat(network.poll(now + 20 * MILLI)).containsExactly("a", "b");
        assertThat(network.poll(now + 90 * MILLI)).isEmpty();
        assertThat(network.deadlineNanos()).isEmpty();
    }

    @Test
    @DisplayName("loses and duplicates about the share it was told, and counts both")
    void losesAndDuplicates() {
        var network = new SimulatedNetwork<Integer>(PERFECT.withLoss(0.1).withDuplicate(0.2), SEED);

        List<Integer> arrived = arrivals(network);

        assertThat(network.lost() / (double) MANY).isCloseTo(0.1, within(0.02));
        assertThat(network.duplicated() / (MANY * 0.9)).isCloseTo(0.2, within(0.02));
        assertThat(arrived).hasSize((int) (MANY - network.lost() + network.duplicated()));
    }

    @Test
    @DisplayName("keeps the order without jitter, and holds some messages back when told to")
    void reorders() {
        var calm = new SimulatedNetwork<Integer>(PERFECT.withDelay(Duration.ofMillis(9)), SEED);
        var rough =
                new SimulatedNetwork<Integer>(
                        PERFECT.withReorder(0.05, Duration.ofMillis(3)), SEED);

        assertThat(arrivals(calm)).isSorted();
        List<Integer> arrived = arrivals(rough);
        assertThat(arrived).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(late(arrived) / (double) MANY).isCloseTo(0.05, within(0.02));
    }

    private static long late(List<Integer> arrived) {
        return IntStream.range(1, arrived.size())
                .filter(i -> arrived.get(i) < arrived.get(i - 1))
                .count();
    }

    @Test
    @DisplayName("does the same again for the same seed, and something else for another")
    void repeats() {
        NetworkConditions bad =
                PERFECT.withJitter(Duration.ofMillis(30)).withLoss(0.3).withDuplicate(0.3);

        List<Integer> once = arrivals(new SimulatedNetwork<>(bad, SEED));

        assertThat(arrivals(new SimulatedNetwork<>(bad, SEED))).isEqualTo(once);
        assertThat(arrivals(new SimulatedNetwork<>(bad, SEED.part(1)))).isNotEqualTo(once);
    }

    @Test
    @DisplayName("lets nothing through once it is cut, but delivers what was on the way")
    void isCut() {
        var network = new SimulatedNetwork<>(PERFECT.withDelay(Duration.ofMillis(5)), SEED);
        network.send(clock.nanos(), "before");
        network.become(CUT);
        network.send(clock.nanos(), "after");

        assertThat(network.poll(clock.nanos() + 9 * MILLI)).containsExactly("before");
    }
}
