package io.jackfield.api.webhook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one endpoint is still to be told, in order: the first is tried until it is taken or given
 * up, then the next. No clock, thread, socket or file.
 *
 * <p>Not thread-safe.
 */
final class Outbox {
    /** A day of a small house, an hour of a large one; about 8 MiB. */
    static final int PENDING_MAX = 10_000;

    static final int DEAD_MAX = 1_000;
    static final int DELIVERIES_MAX = 100;

    /** An event and since when it waits. */
    record Item(long id, String type, String json, Instant since) {}

    /** One that was given up. */
    record Dead(Item item, int attempts, String reason, Instant at) {}

    /** One attempt. */
    record Delivery(
            Instant at, long id, String type, int attempt, Outcome outcome, String nextStep) {}

    /** What changed, so that it can be written down. */
    sealed interface Change {
        record Added(Item item) implements Change {}

        record Taken(long id) implements Change {}

        record GivenUp(Dead dead) implements Change {}

        /** Waits again, behind all others. */
        record SentAgain(long id, Instant since) implements Change {}

        /** A dead one had to make room. */
        record Forgotten(long id) implements Change {}
    }

    private final Deque<Item> pending = new ArrayDeque<>();
    private final Map<Long, Dead> dead = new LinkedHashMap<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private int attempts;
    private int refused;
    private Optional<Instant> notBefore = Optional.empty();

    /** Puts an event behind the others. Where there is no room, it is given up at once. */
    List<Change> add(Item item) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Added(item));
        if (pending.size() >= PENDING_MAX) {
            String reason = "there were " + PENDING_MAX + " before it";
            bury(new Dead(item, 0, reason, item.since()), changes);
        } else {
            pending.addLast(item);
        }
        return changes;
    }

    /** What is to be tried now; empty when nothing waits or it is too early. */
    Optional<Item> due(Instant now) {
        boolean early = notBefore.filter(now::isBefore).isPresent();
        return early ? Optional.empty() : Optional.ofNullable(pending.peekFirst());
    }

    /** When to look again; empty when nothing waits. */
    Optional<Instant> deadline(Instant now) {
        return pending.isEmpty() ? Optional.empty() : Optional.of(notBefore.orElse(now));
    }

    /** The first one was tried. */
    List<Change> tried(Item item, Outcome outcome, Instant now, double jitter) {
        if (!item.equals(pending.peekFirst())) {
            return List.of();
        }
        attempts++;
        refused += RetryRules.isRefusal(outcome) ? 1 : 0;
        List<Change> changes = new ArrayList<>();
        RetryRules.Verdict verdict =
                RetryRules.after(outcome, attempts, refused, item.since(), now, jitter);
        String next =
                switch (verdict) {
                    case RetryRules.Verdict.Done _ -> "done";
                    case RetryRules.Verdict.Again(var at) -> "again at " + at;
                    case RetryRules.Verdict.Dead _ -> "given up";
                };
        note(new Delivery(now, item.id(), item.type(), attempts, outcome, next));
        switch (verdict) {
            case RetryRules.Verdict.Done _ -> {
                nextOne();
                changes.add(new Change.Taken(item.id()));
            }
            case RetryRules.Verdict.Again(var at) -> notBefore = Optional.of(at);
            case RetryRules.Verdict.Dead(var reason) -> {
                int tries = attempts;
                nextOne();
                bury(new Dead(item, tries, reason, now), changes);
            }
        }
        return changes;
    }

    /** Writes down an attempt among the last. */
    void note(Delivery delivery) {
        deliveries.addFirst(delivery);
        if (deliveries.size() > DELIVERIES_MAX) {
            deliveries.removeLast();
        }
    }

    private void nextOne() {
        pending.removeFirst();
        attempts = 0;
        refused = 0;
        notBefore = Optional.empty();
    }

    private void bury(Dead one, List<Change> changes) {
        dead.put(one.item().id(), one);
        changes.add(new Change.GivenUp(one));
        if (dead.size() > DEAD_MAX) {
            long oldest = dead.keySet().iterator().next();
            dead.remove(oldest);
            changes.add(new Change.Forgotten(oldest));
        }
    }

    /**
     * A dead one waits again, with another day; empty when there is none of that id, or no room.
     */
    List<Change> again(long id, Instant now) {
        Dead one = dead.get(id);
        if (one == null || pending.size() >= PENDING_MAX) {
            return List.of();
        }
        dead.remove(id);
        Item item = one.item();
        pending.addLast(new Item(item.id(), item.type(), item.json(), now));
        return List.of(new Change.SentAgain(id, now));
    }

    /** The endpoint is another one: whatever waits is tried at once. */
    void hurry() {
        notBefore = Optional.empty();
    }

    /** Does what was done before, as it is read from a file. */
    void replay(Change change) {
        switch (change) {
            case Change.Added(var item) -> pending.addLast(item);
            case Change.Taken(var id) -> pending.removeIf(item -> item.id() == id);
            case Change.GivenUp(var one) -> {
                pending.removeIf(item -> item.id() == one.item().id());
                dead.put(one.item().id(), one);
            }
            case Change.SentAgain(var id, var since) -> again(id, since);
            case Change.Forgotten(var id) -> dead.remove(id);
        }
    }

    List<Item> pending() {
        return List.copyOf(pending);
    }

    int waiting() {
        return pending.size();
    }

    List<Dead> dead() {
        return List.copyOf(dead.values());
    }

    Optional<Dead> dead(long id) {
        return Optional.ofNullable(dead.get(id));
    }

    /** The newest first. */
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }
}
