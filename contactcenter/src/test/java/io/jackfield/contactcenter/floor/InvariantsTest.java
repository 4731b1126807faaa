package io.jackfield.contactcenter.floor;

import static io.jackfield.contactcenter.floor.Queues.queue;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.queue.LostCall;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.Staffing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the model test looks for is found when it is planted. */
@DisplayName("The model test finds")
class InvariantsTest {
    private static final QueueId SALES = new QueueId("700");
    private final FloorBench bench =
            FloorBench.of(
                    List.of("1001", "1002"),
                    queue("700", "1001", "1002").build(),
                    queue("701", "1001").leave(Staffing.STAFFED).build());

    private void found(Floor wrong, String rule) {
        Floor right = bench.floor();
        assertThatCode(() -> Invariants.check(right, right, bench.now()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Invariants.check(wrong, wrong, bench.now()))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(rule);
    }

    private Floor with(Map<QueueId, QueueState> queues, Map<Long, QueueOffer> offers) {
        Floor f = bench.floor();
        return new Floor(
                f.zone(),
                f.breakReasons(),
                f.day(),
                f.agents(),
                queues,
                offers,
                f.nextTicket(),
                f.nextOffer(),
                f.figuresAt(),
                f.figuresDue());
    }

    private Floor withSales(UnaryOperator<QueueState> change) {
        Map<QueueId, QueueState> queues = new TreeMap<>(bench.floor().queues());
        queues.computeIfPresent(SALES, (_, q) -> change.apply(q));
        return with(queues, bench.floor().offers());
    }

    private Floor withOffers(UnaryOperator<Map<Long, QueueOffer>> change) {
        return with(bench.floor().queues(), change.apply(new TreeMap<>(bench.floor().offers())));
    }

    private static Place.Caller caller(long ticket) {
        Instant now = FloorBench.START;
        return new Place.Caller(
                ticket,
                Need.ORDINARY,
                "",
                now,
                new CallId("planted-" + ticket),
                now.plusSeconds(1_000),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                false,
                Optional.empty());
    }

    @Test
    @DisplayName("an agent with two offers")
    void twoOffers() {
        bench.ready("1001");
        bench.enters("a", "700");
        found(
                withOffers(offers -> {
                    QueueOffer one = offers.get(1L);
                    offers.put(
                            2L,
                            new QueueOffer(
                                    2,
                                    one.ticket(),
                                    one.call(),
                                    SALES,
                                    one.agent(),
                                    one.until(),
                                    false));
                    return offers;
                }),
                "no agent has two offers");
    }

    @Test
    @DisplayName("an agent who is rung for nothing")
    void rungForNothing() {
        bench.ready("1001");
        bench.enters("a", "700");
        found(withOffers(_ -> new TreeMap<>()), "who is reserved or ringing has an offer");
    }

    @Test
    @DisplayName("somebody who waits while an agent is free")
    void inVain() {
        bench.ready("1001");
        found(
                withSales(q -> q.with(caller(77)).count(Count.ENTERED, 1)),
                "nobody waits while somebody is free");
    }

    @Test
    @DisplayName("a line out of order")
    void outOfOrder() {
        bench.enters("a", "700");
        bench.enters("b", "700");
        found(
                withSales(q -> {
                    List<Place> line = new ArrayList<>(q.line());
                    Collections.reverse(line);
                    return new QueueState(
                            q.settings(),
                            q.retired(),
                            line,
                            q.lastRung(),
                            q.counts(),
                            q.lost(),
                            q.usualMillis());
                }),
                "the line is in order");
    }

    @Test
    @DisplayName("counts that do not add up")
    void counts() {
        found(withSales(q -> q.count(Count.ANSWERED, 1)), "who came has gone or waits");
        found(withSales(q -> q.count(Count.CALLBACKS_REACHED, 1)), "what was promised");
    }

    @Test
    @DisplayName("a list without an end")
    void unbounded() {
        found(
                withSales(q -> {
                    List<LostCall> lost =
                            Collections.nCopies(
                                    201,
                                    new LostCall(
                                            bench.now(),
                                            new CallId("x"),
                                            "",
                                            Duration.ZERO,
                                            false));
                    return new QueueState(
                            q.settings(),
                            q.retired(),
                            q.line(),
                            q.lastRung(),
                            q.counts(),
                            lost,
                            q.usualMillis());
                }),
                "lists are bounded");
    }
}
