package io.jackfield.contactcenter.queue;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.site.QueueSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One queue at one moment.
 *
 * @param retired no longer in the site; it goes when the last one who waits has gone
 * @param line in the order in which it is served
 * @param lastRung whom round-robin goes on after
 * @param lost the last ones, newest first; at most {@value #LOST_LIST_MAX}
 * @param usualMillis how long an agent is usually busy with a call; 0 while unknown
 */
public record QueueState(
        QueueSettings settings,
        boolean retired,
        List<Place> line,
        Optional<AgentId> lastRung,
        Counts counts,
        List<LostCall> lost,
        long usualMillis) {
    /** What a team can call back in a day. */
    public static final int LOST_LIST_MAX = 200;

    public QueueState {
        line = List.copyOf(line);
        lost = List.copyOf(lost);
    }

    public static QueueState of(QueueSettings settings) {
        return new QueueState(
                settings, false, List.of(), Optional.empty(), Counts.NONE, List.of(), 0);
    }

    // ---- the line

    /** Those who wait now, in order. */
    public List<Place.Caller> callers() {
        return line.stream()
                .filter(Place.Caller.class::isInstance)
                .map(Place.Caller.class::cast)
                .toList();
    }

    /** Those who are to be called back, in order. */
    public List<Place.Callback> callbacks() {
        return line.stream()
                .filter(Place.Callback.class::isInstance)
                .map(Place.Callback.class::cast)
                .toList();
    }

    public Optional<Place.Caller> caller(CallId call) {
        return callers().stream().filter(c -> c.call().equals(call)).findFirst();
    }

    public Optional<Place> place(long ticket) {
        return line.stream().filter(p -> p.ticket() == ticket).findFirst();
    }

    /** From 1; 0 when it is not there. */
    public int position(long ticket) {
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).ticket() == ticket) {
                return i + 1;
            }
        }
        return 0;
    }

    /** With that place where it belongs, instead of the one with its ticket. */
    public QueueState with(Place place) {
        List<Place> next = new ArrayList<>(line.size() + 1);
        line.stream().filter(p -> p.ticket() != place.ticket()).forEach(next::add);
        int at = 0;
        while (at < next.size() && Place.ORDER.compare(next.get(at), place) < 0) {
            at++;
        }
        next.add(at, place);
        return inLine(next);
    }

    public QueueState without(long ticket) {
        return inLine(line.stream().filter(p -> p.ticket() != ticket).toList());
    }

    private QueueState inLine(List<Place> next) {
        return new QueueState(settings, retired, next, lastRung, counts, lost, usualMillis);
    }

    // ---- the rest

    public QueueState settings(QueueSettings next) {
        return new QueueState(next, false, line, lastRung, counts, lost, usualMillis);
    }

    public QueueState retire() {
        return new QueueState(settings, true, line, lastRung, counts, lost, usualMillis);
    }

    public QueueState rung(AgentId agent) {
        return new QueueState(
                settings, retired, line, Optional.of(agent), counts, lost, usualMillis);
    }

    public QueueState count(Counts.Count what, long more) {
        return counts(counts.plus(what, more));
    }

    private QueueState counts(Counts next) {
        return new QueueState(settings, retired, line, lastRung, next, lost, usualMillis);
    }

    public QueueState losing(LostCall one) {
        List<LostCall> list = new ArrayList<>(lost.size() + 1);
        list.add(one);
        list.addAll(lost.subList(0, Math.min(lost.size(), LOST_LIST_MAX - 1)));
        return new QueueState(settings, retired, line, lastRung, counts, list, usualMillis);
    }

    /** An agent was busy with a call for so long. */
    public QueueState handled(long millis) {
        return new QueueState(
                settings,
                retired,
                line,
                lastRung,
                counts,
                lost,
                Estimate.usual(usualMillis, millis));
    }

    /** Counts begin again, with those who are in the line. */
    public QueueState newDay() {
        return counts(
                Counts.NONE
                        .plus(Counts.Count.ENTERED, callers().size())
                        .plus(Counts.Count.CALLBACKS_PROMISED, callbacks().size()));
    }

    /** When the line needs to be looked at; empty when only events are awaited. */
    public Optional<Instant> deadline() {
        Optional<Instant> first = Optional.empty();
        for (Place place : line) {
            for (Instant at : deadlines(place)) {
                first = first.filter(f -> f.isBefore(at)).or(() -> Optional.of(at));
            }
        }
        return first;
    }

    private static List<Instant> deadlines(Place place) {
        List<Instant> all = new ArrayList<>();
        switch (place) {
            case Place.Caller caller -> {
                all.add(caller.overflowAt());
                caller.announceAt().ifPresent(all::add);
                caller.comfortAt().ifPresent(all::add);
                caller.choosyUntil().ifPresent(all::add);
            }
            case Place.Callback callback -> {
                callback.dialling().ifPresent(d -> all.add(d.until()));
                callback.notBefore().ifPresent(all::add);
                if (callback.dialling().isEmpty()) {
                    all.add(callback.expiresAt());
                }
            }
        }
        return all;
    }
}
