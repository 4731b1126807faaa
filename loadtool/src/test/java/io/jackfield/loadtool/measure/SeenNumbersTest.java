package io.jackfield.loadtool.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The numbers seen of a stream")
class SeenNumbersTest {
    private final SeenNumbers seen = new SeenNumbers();

    @Test
    @DisplayName("are each new once")
    void once() {
        assertThat(seen.add(0)).isTrue();
        assertThat(seen.add(0)).isFalse();
        assertThat(seen.add(1)).isTrue();
    }

    @Test
    @DisplayName("may come late and are new then, after a gap of any length")
    void late() {
        assertThat(seen.add(10)).isTrue();
        assertThat(seen.add(5)).isTrue();
        assertThat(seen.add(5)).isFalse();
        assertThat(seen.add(900)).isTrue();
        assertThat(seen.add(899)).isTrue();
        assertThat(seen.add(10)).isFalse();
        assertThat(seen.add(5_000)).isTrue();
        assertThat(seen.add(4_999)).isTrue();
        assertThat(seen.add(900)).as("too old to know").isFalse();
    }

    @Test
    @DisplayName("are told apart as a set would, in any order within the window")
    void likeASet() {
        Random random = new Random(3);
        List<Integer> numbers = new ArrayList<>();
        for (int block = 0; block < 100; block++) {
            List<Integer> some = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                some.add(block * 200 + random.nextInt(200));
            }
            Collections.shuffle(some, random);
            numbers.addAll(some);
        }
        Set<Integer> all = new HashSet<>();

        for (int number : numbers) {
            assertThat(seen.add(number)).as("%d", number).isEqualTo(all.add(number));
        }
    }
}
