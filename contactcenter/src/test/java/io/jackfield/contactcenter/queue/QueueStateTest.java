package io.jackfield.contactcenter.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.site.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A queue")
class QueueStateTest {
    private final QueueState empty = QueueState.of(QueueSettings.of("700", List.of()));

    @Test
    @DisplayName("keeps the last 200 lost calls, newest first")
    void lostIsBounded() {
        QueueState queue = empty;
        for (int i = 0; i < 300; i++) {
            Instant at = Instant.ofEpochSecond(i);
            queue = queue.losing(new LostCall(at, new CallId("c"), "", Duration.ZERO, false));
        }
        assertThat(queue.lost()).hasSize(QueueState.LOST_LIST_MAX);
        assertThat(queue.lost().getFirst().at()).isEqualTo(Instant.ofEpochSecond(299));
    }

    @Test
    @DisplayName("estimates the wait from the usual time, the position and the people there")
    void estimate() {
        assertThat(Estimate.wait(3, 2, 60_000)).contains(Duration.ofSeconds(90));
        assertThat(Estimate.wait(3, 0, 60_000)).isEmpty();
        assertThat(Estimate.wait(3, 2, 0)).isEmpty();
        assertThat(Estimate.usual(0, 50_000)).isEqualTo(50_000);
        assertThat(Estimate.usual(50_000, 100_000)).isEqualTo(55_000);
        assertThat(Estimate.usual(50_000, 0)).isEqualTo(45_000);
    }

    @Test
    @DisplayName(
            "has the service level of those answered and of those who hung up after the threshold")
    void serviceLevel() {
        Counts counts =
                Counts.NONE
                        .plus(Count.ANSWERED, 11)
                        .plus(Count.ANSWERED_CALLBACKS, 1)
                        .plus(Count.ANSWERED_IN_TIME, 9)
                        .plus(Count.ABANDONED, 5)
                        .plus(Count.ABANDONED_SHORT, 3);
        assertThat(counts.serviceLevel()).isEqualTo(OptionalInt.of(75));
        assertThat(Counts.NONE.serviceLevel()).isEmpty();
    }
}
