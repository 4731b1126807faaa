package io.jackfield.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The last events")
class EventHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Fact FACT = Fact.of(EventType.AGENT_STATE).agent("1001");

    @TempDir Path folder;

    private final EventHistory history = new EventHistory(List.of(), 3, NOON);

    private long tell() {
        return history.append(FACT, NOON).id();
    }

    @Nested
    @DisplayName("for one who resumes")
    class Resumed {
        @Test
        @DisplayName("begin after the last id")
        void beginAfterId() throws Exception {
            long first = tell();
            long second = tell();

            EventHistory.Read read = history.after(first, 10, 0);

            assertThat(read.gap()).isFalse();
            assertThat(read.lines()).extracting(EventLine::id).containsExactly(second);
        }

        @Test
        @DisplayName("have no gap as long as the one that follows is there, and one then")
        void gapWhenForgotten() throws Exception {
            long first = tell();
            long second = tell();
            tell();
            tell();
            assertThat(history.after(first, 10, 0).gap()).isFalse();

            tell();

            assertThat(history.after(first, 10, 0).gap()).isTrue();
            assertThat(history.after(first, 10, 0).lines()).hasSize(3);
            assertThat(history.after(second, 10, 0).gap()).isFalse();
        }

        @Test
        @DisplayName("have a gap for an id that was never given")
        void gapForUnknownId() throws Exception {
            long last = tell();

            assertThat(history.after(last + 5, 10, 0).gap()).isTrue();
            assertThat(history.after(7, 10, 0).gap()).isTrue();
        }

        @Test
        @DisplayName("are said as gap first, then go on")
        void readerSaysGap() throws Exception {
            for (int i = 0; i < 5; i++) {
                tell();
            }
            EventReader reader = new EventReader(history, EventFilter.ALL, OptionalLong.of(7));

            List<EventReader.Next> next = reader.next();

            assertThat(next.getFirst()).isInstanceOf(EventReader.Next.Gap.class);
            assertThat(next).hasSize(4);
        }
    }

    @Test
    @DisplayName("come chosen by type, agent and queue")
    void chosen() throws Exception {
        EventLine line = EventLine.of(1, NOON, FACT.queue("700"));

        assertThat(new EventFilter(Set.of("agent.state"), Set.of(), Set.of()).wants(line)).isTrue();
        assertThat(new EventFilter(Set.of("call.ended"), Set.of(), Set.of()).wants(line)).isFalse();
        assertThat(new EventFilter(Set.of(), Set.of("1001"), Set.of()).wants(line)).isTrue();
        assertThat(new EventFilter(Set.of(), Set.of("1002"), Set.of()).wants(line)).isFalse();
        assertThat(new EventFilter(Set.of(), Set.of(), Set.of("700")).wants(line)).isTrue();
        assertThat(new EventFilter(Set.of(), Set.of(), Set.of("701")).wants(line)).isFalse();
    }

    @Test
    @DisplayName("have ids that grow, whatever the wall clock does")
    void idsGrow() {
        long first = history.append(FACT, NOON).id();
        long second = history.append(FACT, NOON.minusSeconds(3_600)).id();
        long third = history.append(FACT, NOON.plusSeconds(1)).id();

        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second).isLessThan(1L << 53);
    }

    @Nested
    @DisplayName("on disk")
    class OnDisk {
        private EventFile write(int linesMax, int count, long firstId) throws IOException {
            EventFile file = new EventFile(folder, linesMax);
            file.read();
            for (int i = 0; i < count; i++) {
                file.append(EventLine.of(firstId + i, NOON, FACT));
            }
            return file;
        }

        @Test
        @DisplayName("outlive a restart: ids go on, and who resumes misses nothing")
        void outliveRestart() throws Exception {
            write(10, 3, 5_000_000_000_000_000L).close();

            List<EventLine> kept = new EventFile(folder, 10).read();
            EventHistory next = new EventHistory(kept, 10, NOON);
            long id = next.append(FACT, NOON).id();

            assertThat(kept).hasSize(3);
            assertThat(kept.getFirst().agent()).isEqualTo(Optional.of("1001"));
            assertThat(id).isEqualTo(5_000_000_000_000_003L);
            assertThat(next.after(5_000_000_000_000_001L, 10, 0).gap()).isFalse();
            assertThat(next.after(5_000_000_000_000_001L, 10, 0).lines()).hasSize(2);
        }

        @Test
        @DisplayName("are no more than twice the bound, over restarts as well")
        void bounded() throws Exception {
            write(10, 15, 1).close();
            write(10, 18, 100).close();

            List<EventLine> kept = new EventFile(folder, 10).read();

            assertThat(kept.size()).isBetween(10, 20);
            assertThat(kept.getLast().id()).isEqualTo(117);
        }

        @Test
        @DisplayName("lose only the line that a crash has torn")
        void tornLine() throws Exception {
            write(10, 2, 1).close();
            Files.write(
                    folder.resolve("events.jsonl"),
                    "{\"id\":3,\"ty".getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.APPEND);
            write(10, 1, 4).close();

            assertThat(new EventFile(folder, 10).read())
                    .extracting(EventLine::id)
                    .containsExactly(1L, 2L, 4L);
        }
    }
}
