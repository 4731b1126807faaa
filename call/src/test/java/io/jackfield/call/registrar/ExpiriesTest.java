package io.jackfield.call.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whose bindings run out when")
class ExpiriesTest {
    private final Expiries expiries = new Expiries();

    @Test
    @DisplayName("is known soonest first, each once")
    void inOrder() {
        expiries.set("late", OptionalLong.of(300));
        expiries.set("soon", OptionalLong.of(100));
        expiries.set("also soon", OptionalLong.of(100));
        assertThat(expiries.nextNanos()).hasValue(100);
        assertThat(expiries.due(99)).isEmpty();
        assertThat(expiries.due(100)).containsExactly("also soon", "soon");
        assertThat(expiries.due(100)).isEmpty();
        assertThat(expiries.nextNanos()).hasValue(300);
    }

    @Test
    @DisplayName("is what was said last")
    void replaced() {
        expiries.set("anna", OptionalLong.of(100));
        expiries.set("anna", OptionalLong.of(500));
        assertThat(expiries.due(499)).isEmpty();
        expiries.set("anna", OptionalLong.empty());
        assertThat(expiries.nextNanos()).isEmpty();
        assertThat(expiries.due(1_000)).isEmpty();
    }

    @Test
    @DisplayName("is right where the monotonic clock wraps")
    void wraps() {
        expiries.set("after", OptionalLong.of(Long.MIN_VALUE + 10));
        expiries.set("before", OptionalLong.of(Long.MAX_VALUE - 10));
        assertThat(expiries.nextNanos()).hasValue(Long.MAX_VALUE - 10);
        assertThat(expiries.due(Long.MAX_VALUE)).containsExactly("before");
        assertThat(expiries.due(Long.MIN_VALUE + 10)).containsExactly("after");
    }
}
