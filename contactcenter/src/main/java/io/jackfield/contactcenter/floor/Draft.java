package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.queue.Counts;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The working copy of one step, and the effects found so far.
 *
 * <p>Confined to that step.
 */
final class Draft {
    /** Screens are a second late at most, and not told more often than they can show. */
    private static final Duration FIGURES_EVERY = Duration.ofSeconds(1);

    private final Instant now;
    private final Shadow<AgentId, FloorAgent> agents;
    private final Shadow<QueueId, QueueState> queues;
    private final Shadow<Long, QueueOffer> offers;
    private final List<FloorEffect> effects = new ArrayList<>();
    private final Staff staff = new Staff(this);
    private final Offers offering = new Offers(this);
    private final Callers callers = new Callers(this);
    private final Callbacks callbacks = new Callbacks(this);
    private ZoneId zone;
    private Set<String> breakReasons;
    private LocalDate day;
    private long nextTicket;
    private long nextOffer;
    private Instant figuresAt;
    private Optional<Instant> figuresDue;

    Draft(Floor floor, Instant now) {
        this.now = now;
        agents = new Shadow<>(floor.agents());
        queues = new Shadow<>(floor.queues());
        offers = new Shadow<>(floor.offers());
        zone = floor.zone();
        breakReasons = floor.breakReasons();
        day = floor.day();
        nextTicket = floor.nextTicket();
        nextOffer = floor.nextOffer();
        figuresAt = floor.figuresAt();
        figuresDue = floor.figuresDue();
    }

    FloorStep done() {
        Floor next =
                new Floor(
                        zone,
                        breakReasons,
                        day,
                        agents.done(),
                        queues.done(),
                        offers.done(),
                        nextTicket,
                        nextOffer,
                        figuresAt,
                        figuresDue);
        return new FloorStep(next, effects);
    }

    // ---- the parts of the rules

    Staff staff() {
        return staff;
    }

    Offers offering() {
        return offering;
    }

    Callers callers() {
        return callers;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    // ---- the state

    Instant now() {
        return now;
    }

    boolean due(Instant at) {
        return !at.isAfter(now);
    }

    Shadow<AgentId, FloorAgent> agents() {
        return agents;
    }

    Shadow<QueueId, QueueState> queues() {
        return queues;
    }

    Shadow<Long, QueueOffer> offers() {
        return offers;
    }

    Set<String> breakReasons() {
        return breakReasons;
    }

    void house(ZoneId nextZone, Set<String> nextReasons) {
        zone = nextZone;
        breakReasons = nextReasons;
    }

    long ticket() {
        return nextTicket++;
    }

    long offerId() {
        return nextOffer++;
    }

    void change(QueueId id, UnaryOperator<QueueState> how) {
        queues.find(id).ifPresent(q -> queues.put(id, how.apply(q)));
    }

    void count(QueueId id, Counts.Count what) {
        change(id, q -> q.count(what, 1));
    }

    /** The offers made for that place. */
    List<QueueOffer> offersFor(long ticket) {
        return offers.all().stream().filter(o -> o.ticket() == ticket).toList();
    }

    Optional<Place> place(QueueId queue, long ticket) {
        return queues.find(queue).flatMap(q -> q.place(ticket));
    }

    // ---- effects

    void effect(FloorEffect effect) {
        effects.add(effect);
    }

    boolean hasEffects() {
        return !effects.isEmpty();
    }

    // ---- the day and its figures

    /** At midnight everything is counted from the beginning. */
    void newDayIfDue() {
        LocalDate today = now.atZone(zone).toLocalDate();
        if (today.isAfter(day)) {
            day = today;
            agents.all().forEach(a -> agents.put(a.agent().id(), a.with(a.agent().newDay())));
            queues.all().forEach(q -> queues.put(q.settings().id(), q.newDay()));
        }
    }

    void somethingHappened() {
        if (figuresDue.isEmpty()) {
            Instant earliest = figuresAt.plus(FIGURES_EVERY);
            figuresDue = Optional.of(earliest.isAfter(now) ? earliest : now);
        }
    }

    boolean figuresAreDue() {
        return figuresDue.filter(this::due).isPresent();
    }

    void figuresGiven() {
        figuresAt = now;
        figuresDue = Optional.empty();
    }
}
