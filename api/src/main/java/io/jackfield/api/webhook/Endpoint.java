package io.jackfield.api.webhook;

import io.jackfield.api.events.EventLine;
import io.jackfield.api.webhook.Outbox.Change;
import io.jackfield.api.webhook.Outbox.Delivery;
import io.jackfield.api.webhook.Outbox.Item;
import io.jackfield.call.event.LogBudget;
import io.jackfield.call.routing.Webhook;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Drives one outbox: a platform thread that sends what is due and waits for the rest.
 *
 * <p>Thread-safety: any thread. The lock is never held while something is sent.
 */
final class Endpoint {
    private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Outbox outbox;
    private final Journal journal;
    private final HttpPost post;
    private final Supplier<Instant> wallClock;
    private final LogBudget troubles = new LogBudget(3, Duration.ofMinutes(10));
    private final Thread thread;
    private Webhook webhook;
    private boolean stopped;

    Endpoint(
            Webhook webhook,
            Outbox outbox,
            Journal journal,
            HttpPost post,
            Supplier<Instant> wallClock) {
        this.webhook = webhook;
        this.outbox = outbox;
        this.journal = journal;
        this.post = post;
        this.wallClock = wallClock;
        this.thread =
                Thread.ofPlatform().daemon().name("webhook-" + webhook.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- from any thread

    /** An event that it may want; written down before this returns. */
    void take(EventLine line) {
        Object _ =
                locked(() -> {
                    boolean wanted = wants(line.type());
                    if (wanted && !stopped) {
                        Instant now = wallClock.get();
                        write(outbox.add(new Item(line.id(), line.type(), line.json(), now)));
                        changed.signalAll();
                    }
                    return wanted;
                });
    }

    /** Whether it is told of events of that type. */
    boolean wants(String type) {
        Webhook now = webhook();
        return now.enabled() && (now.types().isEmpty() || now.types().contains(type));
    }

    /** Another address, secret or choice; what waits is tried at once. */
    void replace(Webhook next) {
        Object _ =
                locked(() -> {
                    if (!next.equals(webhook)) {
                        webhook = next;
                        outbox.hurry();
                        changed.signalAll();
                    }
                    return next;
                });
    }

    /** Sends again what was given up; false where there is no such event, or no room. */
    boolean again(long id) {
        return locked(() -> {
            List<Change> changes = outbox.again(id, wallClock.get());
            write(changes);
            changed.signalAll();
            return !changes.isEmpty();
        });
    }

    /** Looks at the outbox. */
    <T> T look(Function<Outbox, T> at) {
        return locked(() -> at.apply(outbox));
    }

    Webhook webhook() {
        return locked(() -> webhook);
    }

    /** Sends an event now, once, whatever waits. */
    Outcome test(EventLine line) {
        Item item = new Item(line.id(), line.type(), line.json(), wallClock.get());
        Outcome outcome = send(webhook(), item);
        Delivery delivery =
                new Delivery(wallClock.get(), line.id(), line.type(), 1, outcome, "done");
        Object _ =
                locked(() -> {
                    outbox.note(delivery);
                    return outbox;
                });
        return outcome;
    }

    /**
     * Ends after the attempt at hand, which is tried again at the next start.
     *
     * @param forget whether what waits is no concern of anybody's any more
     */
    void stop(boolean forget) {
        Object _ =
                locked(() -> {
                    stopped = true;
                    changed.signalAll();
                    try {
                        if (forget) {
                            journal.delete();
                        } else {
                            journal.close();
                        }
                    } catch (IOException stays) {
                        trouble(stays);
                    }
                    return forget;
                });
    }

    // ---- on its own

    private void run() {
        try {
            while (true) {
                Optional<Item> next = next();
                if (next.isEmpty()) {
                    return;
                }
                tried(next.get(), send(webhook(), next.get()));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what is due; empty at the end. */
    private Optional<Item> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stopped) {
                Instant now = wallClock.get();
                Optional<Item> due = webhook.enabled() ? outbox.due(now) : Optional.empty();
                if (due.isPresent()) {
                    return due;
                }
                Optional<Instant> deadline =
                        webhook.enabled() ? outbox.deadline(now) : Optional.empty();
                if (deadline.isPresent()) {
                    long left = Duration.between(now, deadline.get()).toMillis();
                    boolean _ = changed.await(Math.max(1, left), TimeUnit.MILLISECONDS);
                } else {
                    changed.await();
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Outcome send(Webhook to, Item item) {
        long now = wallClock.get().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Jackfield");
        headers.put("Jackfield-Event-Id", Long.toString(item.id()));
        headers.put(Signature.HEADER, Signature.of(to.secret(), now, item.json()));
        return post.send(to.url(), headers, item.json().getBytes(StandardCharsets.UTF_8));
    }

    private void tried(Item item, Outcome outcome) {
        Object _ =
                locked(() -> {
                    double jitter = ThreadLocalRandom.current().nextDouble();
                    if (!stopped) {
                        write(outbox.tried(item, outcome, wallClock.get(), jitter));
                        said(outcome);
                    }
                    return outcome;
                });
    }

    private void said(Outcome outcome) {
        if (!outcome.taken()) {
            troubles.take(System.nanoTime())
                    .ifPresent(_ ->
                            LOG.log(
                                    Level.WARNING,
                                    "webhook="
                                            + webhook.name()
                                            + " not delivered waiting="
                                            + outbox.waiting()
                                            + " reason=\""
                                            + outcome.words().replaceAll("[\\r\\n\"]", " ")
                                            + "\""));
        }
    }

    private void write(List<Change> changes) {
        try {
            if (!changes.isEmpty()) {
                journal.write(changes, outbox);
            }
        } catch (IOException full) {
            trouble(full);
        }
    }

    private void trouble(IOException full) {
        troubles.take(System.nanoTime())
                .ifPresent(_ ->
                        LOG.log(
                                Level.ERROR,
                                "webhook="
                                        + webhook.name()
                                        + " its events would not outlive a restart: "
                                        + full));
    }
}
