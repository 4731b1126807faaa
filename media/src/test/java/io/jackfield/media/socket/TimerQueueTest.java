package io.jackfield.media.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The timers of a media loop")
class TimerQueueTest {
    private final TimerQueue queue = new TimerQueue();
    private final List<String> fired = new ArrayList<>();

    private LoopTimer timer(String name) {
        return queue.timer(_ -> fired.add(name));
    }

    private void runAll(long nowNanos) {
        while (queue.runOne(nowNanos)) {
            // Until none is due.
        }
    }

    @Test
    @DisplayName("fire in the order of their deadlines, once each, not before")
    void order() {
        timer("c").at(30);
        timer("a").at(10);
        timer("b").at(20);
        assertThat(queue.earliestNanos()).hasValue(10);
        runAll(9);
        assertThat(fired).isEmpty();
        runAll(20);
        assertThat(fired).containsExactly("a", "b");
        runAll(100);
        assertThat(fired).containsExactly("a", "b", "c");
        assertThat(queue.earliestNanos()).isEmpty();
    }

    @Test
    @DisplayName("can be moved both ways and taken back")
    void moves() {
        LoopTimer a = timer("a");
        LoopTimer b = timer("b");
        LoopTimer c = timer("c");
        a.at(10);
        b.at(20);
        c.at(30);
        a.at(40);
        c.at(5);
        b.cancel();
        b.cancel();
        runAll(50);
        assertThat(fired).containsExactly("c", "a");
        assertThat(queue.size()).isZero();
    }

    @Test
    @DisplayName("may set themselves again while they fire")
    void again() {
        List<LoopTimer> self = new ArrayList<>();
        self.add(
                queue.timer(now -> {
                    fired.add("tick");
                    if (fired.size() < 3) {
                        self.getFirst().at(now + 10);
                    }
                }));
        self.getFirst().at(0);
        runAll(0);
        assertThat(queue.earliestNanos()).hasValue(10);
        runAll(10);
        runAll(20);
        assertThat(fired).hasSize(3);
    }

    @Test
    @DisplayName("compare by difference, so that a clock may wrap around")
    void wraps() {
        timer("later").at(Long.MIN_VALUE + 5);
        timer("sooner").at(Long.MAX_VALUE - 5);
        runAll(Long.MIN_VALUE + 10);
        assertThat(fired).containsExactly("sooner", "later");
    }

    @Test
    @DisplayName("keep order through 100,000 random changes among 1,000 (seed printed)")
    void random() {
        RandomGenerator random = Seed.printed("TimerQueueTest").random();
        long[] deadlines = new long[1_000];
        List<LoopTimer> timers = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < deadlines.length; i++) {
            int number = i;
            timers.add(queue.timer(_ -> order.add(number)));
            deadlines[i] = -1;
        }
        for (int change = 0; change < 100_000; change++) {
            int which = random.nextInt(deadlines.length);
            if (random.nextInt(4) == 0) {
                timers.get(which).cancel();
                deadlines[which] = -1;
            } else {
                deadlines[which] = random.nextLong(1_000_000_000L);
                timers.get(which).at(deadlines[which]);
            }
        }
        TreeMap<Long, Integer> expected = new TreeMap<>();
        for (int i = 0; i < deadlines.length; i++) {
            if (deadlines[i] >= 0) {
                expected.put(deadlines[i], i);
            }
        }
        assertThat(queue.size()).isEqualTo(expected.size());
        runAll(Long.MAX_VALUE / 2);
        assertThat(order).containsExactlyElementsOf(expected.values());
    }
}
