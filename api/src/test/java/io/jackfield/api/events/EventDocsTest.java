package io.jackfield.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("docs/events.md")
class EventDocsTest {
    private static String text() throws IOException {
        return Files.readString(Path.of("..", "docs", "events.md"));
    }

    @ParameterizedTest
    @EnumSource(value = EventType.class)
    @DisplayName("names every event")
    void namesEveryEvent(EventType type) throws IOException {
        assertThat(text()).contains("`" + type.word() + "`");
    }

    @Test
    @DisplayName("shows an event exactly as it is written")
    void showsAnEvent() throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("direction", "inbound");
        details.put("caller", "79001234567");
        details.put("callee", "8700");
        details.put("name", "Ivan");
        details.put("waited_ms", 1_500L);
        details.put("callback", false);
        Fact offer =
                new Fact(
                        EventType.CALL_OFFERED,
                        Optional.of("c1"),
                        Optional.of("lead-7"),
                        Optional.of("1001"),
                        Optional.of("700"),
                        Optional.of("79001234567"),
                        details);

        EventLine line =
                EventLine.of(1_764_000_000_000_001L, Instant.parse("2026-11-24T12:00:00Z"), offer);

        assertThat(text()).contains("\n" + line.json() + "\n");
    }
}
