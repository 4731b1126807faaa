package io.jackfield.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The id of a call")
class CallIdsTest {
    private Instant now = Instant.ofEpochSecond(1_800_000_000L);
    private final CallIds ids = new CallIds(() -> now, new SecureRandom());

    @Test
    @DisplayName("is 28 hexadecimal digits, of which the first twelve are the time")
    void form() {
        assertThat(ids.next()).matches("[0-9a-f]{28}").startsWith("01a3185c5000");
        now = Instant.EPOCH;
        assertThat(ids.next()).startsWith("000000000000").hasSize(28);
        now = Instant.parse("9999-12-31T23:59:59Z");
        assertThat(ids.next()).hasSize(28);
    }

    @Test
    @DisplayName("sorts by time, to the millisecond")
    void sorted() {
        String before = ids.next();
        for (int i = 0; i < 1_000; i++) {
            now = now.plusMillis(1);
            String next = ids.next();
            assertThat(next).isGreaterThan(before);
            before = next;
        }
    }

    @Test
    @DisplayName("never repeats, though a thousand calls begin in one millisecond")
    void unique() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(ids.next())).isTrue();
        }
    }
}
