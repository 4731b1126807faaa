package io.jackfield.api.events;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One listener's place in the history. Whatever way they are sent, a listener gets the same words.
 *
 * <p>Confined to the listener's thread.
 */
public final class EventReader {
    /** Below the idle timeouts of proxies, and of our own listener. */
    private static final long QUIET_MAX_NANOS = TimeUnit.SECONDS.toNanos(15);

    private static final int AT_ONCE_MAX = 256;

    private final EventHistory history;
    private final EventFilter filter;
    private long place;

    /** What to send next. */
    public sealed interface Next {
        /** An event. */
        record Event(EventLine line) implements Next {}

        /**
         * Events after the listener's last id are not known any more, or that id never was: ask for
         * the state of things anew.
         *
         * @param id from which it goes on
         */
        record Gap(long id) implements Next {}

        /** Nothing happened for a while. */
        record Quiet() implements Next {}

        /** The server stops. */
        record End() implements Next {}
    }

    /**
     * @param after the last id the listener has; empty: only what happens from now on
     */
    public EventReader(EventHistory history, EventFilter filter, OptionalLong after) {
        this.history = history;
        this.filter = filter;
        this.place = after.orElseGet(history::last);
    }

    /** The id in a request; empty when there is none. */
    public static OptionalLong id(@Nullable String text) throws EventFilter.Unclear {
        if (text == null || text.isBlank()) {
            return OptionalLong.empty();
        }
        if (!text.strip().matches("\\d{1,18}")) {
            throw new EventFilter.Unclear(
                    "The last id is a whole number, as the events' own ids are.");
        }
        return OptionalLong.of(Long.parseLong(text.strip()));
    }

    /** Waits for the next; never empty. */
    public List<Next> next() throws InterruptedException {
        long until = System.nanoTime() + QUIET_MAX_NANOS;
        while (true) {
            long left = Math.max(0, until - System.nanoTime());
            List<Next> next = next(history.after(place, AT_ONCE_MAX, left));
            if (!next.isEmpty()) {
                return next;
            }
            if (left == 0) {
                return List.of(new Next.Quiet());
            }
        }
    }

    private List<Next> next(EventHistory.Read read) {
        List<Next> next = new ArrayList<>();
        if (read.gap()) {
            place = read.lines().isEmpty() ? read.last() : read.lines().getFirst().id() - 1;
            next.add(new Next.Gap(place));
        }
        for (EventLine line : read.lines()) {
            place = line.id();
            if (filter.wants(line)) {
                next.add(new Next.Event(line));
            }
        }
        if (read.closed() && read.lines().isEmpty()) {
            next.add(new Next.End());
        }
        return next;
    }
}
