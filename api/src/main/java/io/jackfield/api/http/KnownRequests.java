package io.jackfield.api.http;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that name themselves, so that a client which has heard no answer may send them again.
 * They are known for a day, or until {@value #MAX} others have come; a restart forgets them.
 *
 * <p>Thread-safety: any thread.
 */
final class KnownRequests {
    private static final int MAX = 10_000;
    private static final long KNOWN_NANOS = Duration.ofHours(24).toNanos();

    /** What is known of a request that comes. */
    sealed interface Begun {
        /** It is new; what became of it is to be said. */
        record New(Done done) implements Begun {}

        /** It was answered so. */
        record Again(ObjectNode answer) implements Begun {}

        /** Its name was used for another one. */
        record Other() implements Begun {}

        record UnderWay() implements Begun {}
    }

    /** Takes what became of a request. */
    @FunctionalInterface
    interface Done {
        /**
         * @param answer empty: it was refused, and may be tried anew
         */
        void with(Optional<ObjectNode> answer);
    }

    private record Known(String body, long atNanos, Optional<ObjectNode> answer) {}

    private final LongSupplier nanoTime;
    private final Map<String, Known> known = new LinkedHashMap<>();

    KnownRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized Begun begin(String name, String body) {
        long now = nanoTime.getAsLong();
        forget(now);
        Known before = known.get(name);
        if (before == null) {
            known.put(name, new Known(body, now, Optional.empty()));
            return new Begun.New(answer -> done(name, body, answer));
        }
        if (!before.body().equals(body)) {
            return new Begun.Other();
        }
        return before.answer().<Begun>map(Begun.Again::new).orElse(new Begun.UnderWay());
    }

    private synchronized void done(String name, String body, Optional<ObjectNode> answer) {
        if (answer.isEmpty()) {
            known.remove(name);
        } else {
            known.computeIfPresent(name, (_, k) -> new Known(body, k.atNanos(), answer));
        }
    }

    private void forget(long now) {
        Iterator<Known> oldest = known.values().iterator();
        while (oldest.hasNext()) {
            Known one = oldest.next();
            if (known.size() < MAX && now - one.atNanos() < KNOWN_NANOS) {
                return;
            }
            oldest.remove();
        }
    }
}
