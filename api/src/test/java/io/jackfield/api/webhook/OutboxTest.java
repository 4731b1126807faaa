package io.jackfield.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.api.webhook.Outbox.Change;
import io.jackfield.api.webhook.Outbox.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What waits for a webhook")
class OutboxTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Outcome OK = new Outcome.Answered(204, "", 5);
    private static final Outcome BROKEN = new Outcome.Answered(500, "oops", 5);
    private static final Outcome REFUSED = new Outcome.Answered(404, "what?", 5);
    private static final Outcome SILENT = new Outcome.Failed("no answer within 10 s", 10_000);

    private final Outbox outbox = new Outbox();
    private Instant now = NOON;

    private void add(long id) {
        List<Change> _ = outbox.add(item(id, now));
    }

    private static Item item(long id, Instant since) {
        return new Item(id, "call.ended", "{\"id\":" + id + "}", since);
    }

    /** Goes to the next deadline and tries. */
    private List<Change> tryNext(Outcome outcome) {
        now = outbox.deadline(now).orElseThrow();
        return outbox.tried(outbox.due(now).orElseThrow(), outcome, now, 0.999);
    }

    @Nested
    @DisplayName("and is not taken")
    class NotTaken {
        @Test
        @DisplayName("is tried again after a second, then twice as long each time, up to an hour")
        void backsOff() {
            add(1);
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                Instant before = now;
                tryNext(SILENT);
                pauses.add(
                        Duration.between(before, outbox.deadline(now).orElseThrow()).toSeconds());
                now = now.plusMillis(1);
                assertThat(outbox.due(now)).as("not before its time").isEmpty();
            }

            assertThat(pauses.subList(1, 13))
                    .isSorted()
                    .satisfies(p -> assertThat(p.getLast()).isBetween(3_590L, 7_200L));
        }

        @Test
        @DisplayName(
                "is left to chance by a half, so that a house of endpoints does not knock as one")
        void jitters() {
            assertThat(RetryRules.pause(1, 0)).isEqualTo(Duration.ofMillis(500));
            assertThat(RetryRules.pause(1, 0.999)).isEqualTo(Duration.ofMillis(999));
            assertThat(RetryRules.pause(4, 0)).isEqualTo(Duration.ofSeconds(4));
            assertThat(RetryRules.pause(99, 0)).isEqualTo(Duration.ofMinutes(30));
        }

        @Test
        @DisplayName("is given up after a day, with the last reason, and the next has its turn")
        void givesUpAfterADay() {
            add(1);
            List<Change> changes = List.of();
            int attempts = 0;
            while (changes.isEmpty()) {
                changes = tryNext(BROKEN);
                attempts++;
            }

            assertThat(changes).singleElement().isInstanceOf(Change.GivenUp.class);
            assertThat(Duration.between(NOON, now))
                    .isBetween(Duration.ofHours(23), Duration.ofHours(24));
            assertThat(attempts).isBetween(30, 60);
            assertThat(outbox.dead().getFirst().reason()).contains("answered 500");
            assertThat(outbox.waiting()).isZero();
        }

        @Test
        @DisplayName("holds those behind it back, which come in order then")
        void keepsOrder() {
            add(1);
            add(2);

            tryNext(SILENT);
            assertThat(outbox.due(now)).isEmpty();
            tryNext(OK);
            tryNext(OK);

            assertThat(outbox.deliveries())
                    .extracting(Outbox.Delivery::id)
                    .containsExactly(2L, 1L, 1L);
        }

        @Test
        @DisplayName("lets the others go on after it was refused eight times")
        void poison() {
            add(1);
            add(2);
            for (int i = 0; i < RetryRules.REFUSED_MAX; i++) {
                assertThat(outbox.dead()).isEmpty();
                tryNext(REFUSED);
            }

            assertThat(outbox.dead()).extracting(dead -> dead.item().id()).containsExactly(1L);
            assertThat(outbox.due(now)).map(Item::id).contains(2L);
            assertThat(Duration.between(NOON, now)).isLessThan(Duration.ofMinutes(5));
        }

        @Test
        @DisplayName("is no refusal where the endpoint only asks for patience (408, 425, 429)")
        void patience() {
            for (int status : List.of(408, 425, 429, 500, 301)) {
                assertThat(RetryRules.isRefusal(new Outcome.Answered(status, "", 1))).isFalse();
            }
            assertThat(RetryRules.isRefusal(REFUSED)).isTrue();
            assertThat(RetryRules.isRefusal(SILENT)).isFalse();
        }
    }

    @Test
    @DisplayName("is taken by any 2xx, and by no redirect")
    void taken() {
        assertThat(OK.taken()).isTrue();
        assertThat(new Outcome.Answered(302, "", 1).taken()).isFalse();
        assertThat(new Outcome.Answered(199, "", 1).taken()).isFalse();
    }

    @Test
    @DisplayName("and was given up is sent again when asked, with another day")
    void sentAgain() {
        add(1);
        while (outbox.dead().isEmpty()) {
            tryNext(BROKEN);
        }

        assertThat(outbox.again(99, now)).isEmpty();
        assertThat(outbox.again(1, now)).hasSize(1);
        assertThat(outbox.dead()).isEmpty();
        tryNext(BROKEN);
        assertThat(outbox.waiting()).isOne();
        assertThat(tryNext(OK)).containsExactly(new Change.Taken(1));
    }

    @Test
    @DisplayName("is bounded, as are the dead and the deliveries that are remembered")
    void bounded() {
        for (long id = 1; id <= Outbox.PENDING_MAX + Outbox.DEAD_MAX + 5; id++) {
            add(id);
        }
        for (int i = 0; i < 300; i++) {
            tryNext(OK);
        }

        assertThat(outbox.waiting()).isEqualTo(Outbox.PENDING_MAX - 300);
        assertThat(outbox.dead()).hasSize(Outbox.DEAD_MAX);
        assertThat(outbox.dead().getFirst().item().id()).isEqualTo(Outbox.PENDING_MAX + 6);
        assertThat(outbox.deliveries()).hasSize(Outbox.DELIVERIES_MAX);
    }

    @Test
    @DisplayName("is tried at once when the endpoint is another one")
    void hurries() {
        add(1);
        tryNext(SILENT);

        outbox.hurry();

        assertThat(outbox.due(now)).isEqualTo(Optional.of(item(1, NOON)));
    }
}
