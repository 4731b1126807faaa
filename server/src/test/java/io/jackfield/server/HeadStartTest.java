package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.QueueOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A screen that pops has a head start")
class HeadStartTest {
    private final List<FloorEffect.ForCalls> done = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private boolean listened = true;
    private final HeadStart headStart =
            new HeadStart(done::add, () -> listened, (what, _) -> later.add(what));

    private static FloorEffect.Offer offer(long id) {
        return new FloorEffect.Offer(
                new QueueOffer(
                        id,
                        1,
                        new CallId("c1"),
                        new QueueId("700"),
                        new AgentId("1001"),
                        Instant.EPOCH,
                        false),
                "79001234567",
                Duration.ZERO,
                false);
    }

    @Test
    @DisplayName("while somebody listens: the phone rings only then")
    void holdsBack() {
        headStart.perform(offer(1));
        assertThat(done).isEmpty();

        later.forEach(Runnable::run);

        assertThat(done).containsExactly(offer(1));
    }

    @Test
    @DisplayName("and an offer that is taken back meanwhile never rings")
    void takenBack() {
        headStart.perform(offer(1));
        headStart.perform(new FloorEffect.CancelOffer(1));
        later.forEach(Runnable::run);

        assertThat(done).isEmpty();
    }

    @Test
    @DisplayName("but one that rings is cancelled as ever, and all else goes on at once")
    void othersGoOn() {
        headStart.perform(offer(1));
        later.forEach(Runnable::run);
        headStart.perform(new FloorEffect.CancelOffer(1));
        headStart.perform(new FloorEffect.HangUp(new CallId("c1")));

        assertThat(done)
                .containsExactly(
                        offer(1),
                        new FloorEffect.CancelOffer(1),
                        new FloorEffect.HangUp(new CallId("c1")));
    }

    @Test
    @DisplayName("and nobody waits for it where nobody listens")
    void nobodyListens() {
        listened = false;
        headStart.perform(offer(1));

        assertThat(done).containsExactly(offer(1));
        assertThat(later).isEmpty();
    }
}
