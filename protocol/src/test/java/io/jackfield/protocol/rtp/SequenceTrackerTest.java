package io.jackfield.protocol.rtp;

import static io.jackfield.protocol.rtp.SequenceOutcome.AFTER_GAP;
import static io.jackfield.protocol.rtp.SequenceOutcome.DUPLICATE;
import static io.jackfield.protocol.rtp.SequenceOutcome.FAR_OFF;
import static io.jackfield.protocol.rtp.SequenceOutcome.FIRST;
import static io.jackfield.protocol.rtp.SequenceOutcome.LATE;
import static io.jackfield.protocol.rtp.SequenceOutcome.NEXT;
import static io.jackfield.protocol.rtp.SequenceOutcome.RESTARTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sequence numbers as received (RFC 3550 A.1, A.3)")
class SequenceTrackerTest {
    private final SequenceTracker tracker = new SequenceTracker();

    private void counts(long expected, long received, long lost) {
        assertThat(tracker.expected()).isEqualTo(expected);
        assertThat(tracker.received()).isEqualTo(received);
        assertThat(tracker.lost()).isEqualTo(lost);
    }

    @Test
    @DisplayName("count from the very first packet, without probation")
    void firstCounts() {
        counts(0, 0, 0);
        assertThat(tracker.receive(5)).isEqualTo(FIRST);
        counts(1, 1, 0);
        assertThat(tracker.receive(6)).isEqualTo(NEXT);
        counts(2, 2, 0);
    }

    @Test
    @DisplayName("go on through the wrap, and cycles extend them")
    void wrap() {
        for (int n = 65_530; n < 65_540; n++) {
            tracker.receive(n & 0xFFFF);
        }
        counts(10, 10, 0);
        assertThat(tracker.extendedHighest()).isEqualTo(65_539);
    }

    @Test
    @DisplayName("missing ones are lost until they come late")
    void gapAndLate() {
        tracker.receive(1);
        assertThat(tracker.receive(5)).isEqualTo(AFTER_GAP);
        counts(5, 2, 3);
        assertThat(tracker.receive(3)).isEqualTo(LATE);
        counts(5, 3, 2);
        assertThat(tracker.late()).isEqualTo(1);
    }

    @Test
    @DisplayName("those overtaken by the first packet are expected too")
    void beforeTheFirst() {
        tracker.receive(0);
        assertThat(tracker.receive(65_534)).isEqualTo(LATE);
        counts(3, 2, 1);
        assertThat(tracker.receive(65_535)).isEqualTo(LATE);
        counts(3, 3, 0);
    }

    @Test
    @DisplayName("duplicates do not make up for losses")
    void duplicates() {
        tracker.receive(1);
        tracker.receive(3);
        assertThat(tracker.receive(3)).isEqualTo(DUPLICATE);
        assertThat(tracker.receive(1)).isEqualTo(DUPLICATE);
        counts(3, 2, 1);
        assertThat(tracker.duplicates()).isEqualTo(2);
    }

    @Test
    @DisplayName("one far off is a stray; two in a row are a restart, and both count (A.1)")
    void restart() {
        tracker.receive(1);
        tracker.receive(3);
        assertThat(tracker.receive(40_000)).isEqualTo(FAR_OFF);
        assertThat(tracker.receive(4)).isEqualTo(NEXT);
        counts(4, 3, 1);
        assertThat(tracker.receive(0xFFFF - 500)).isEqualTo(FAR_OFF);
        assertThat(tracker.receive(0xFFFF - 499)).isEqualTo(RESTARTED);
        counts(6, 5, 1);
        assertThat(tracker.extendedHighest()).isEqualTo(0xFFFF - 499);
        assertThat(tracker.receive(0xFFFF - 500)).isEqualTo(DUPLICATE);
    }

    @Test
    @DisplayName("a restart at the wrap keeps its order")
    void restartAtTheWrap() {
        tracker.receive(30_000);
        tracker.receive(65_535);
        assertThat(tracker.receive(0)).isEqualTo(RESTARTED);
        assertThat(tracker.receive(1)).isEqualTo(NEXT);
        counts(4, 4, 0);
    }

    @Test
    @DisplayName("counts are exact for any order within 128, through many wraps")
    void randomOrder() {
        RandomGenerator random = Seed.printed("SequenceTrackerTest").random();
        int total = 200_000;
        int sent = 0;
        int lost = 0;
        int doubled = 0;
        List<Integer> window = new ArrayList<>();
        tracker.receive(0);
        for (int n = 1; n < total; n++) {
            window.add(n);
            if (window.size() == 40) {
                Collections.shuffle(window, java.util.Random.from(random));
                for (int next : window) {
                    if (random.nextInt(20) == 0) {
                        lost++;
                        continue;
                    }
                    sent = Math.max(sent, next);
                    tracker.receive(next & 0xFFFF);
                    if (random.nextInt(20) == 0) {
                        doubled++;
                        assertThat(tracker.receive(next & 0xFFFF)).isEqualTo(DUPLICATE);
                    }
                }
                window.clear();
            }
        }
        assertThat(tracker.duplicates()).isEqualTo(doubled);
        assertThat(tracker.extendedHighest()).isEqualTo(sent);
        assertThat(tracker.received()).isEqualTo(total - lost - window.size());
        assertThat(tracker.expected()).isEqualTo(sent + 1);
    }
}
