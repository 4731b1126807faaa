package io.jackfield.media.socket;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines in order: a binary heap whose entries know their place, so that moving one costs no
 * search and no allocation.
 *
 * <p>Thread: the media loop's.
 */
final class TimerQueue {
    private static final int FIRST_CAPACITY = 256;
    private static final int NOWHERE = -1;

    /** One timer; moves when set again. */
    final class Timer implements LoopTimer {
        private final LongConsumer action;
        private long deadlineNanos;
        private int index = NOWHERE;

        private Timer(LongConsumer action) {
            this.action = action;
        }

        @Override
        public void at(long deadline) {
            boolean later = index != NOWHERE && deadline - deadlineNanos > 0;
            deadlineNanos = deadline;
            if (index == NOWHERE) {
                append(this);
            } else if (later) {
                sink(index);
            } else {
                rise(index);
            }
        }

        @Override
        public void cancel() {
            if (index != NOWHERE) {
                remove(index);
            }
        }
    }

    private @Nullable Timer[] heap = new Timer[FIRST_CAPACITY];
    private int size;

    LoopTimer timer(LongConsumer action) {
        return new Timer(action);
    }

    int size() {
        return size;
    }

    OptionalLong earliestNanos() {
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(get(0).deadlineNanos);
    }

    /** Runs one timer that is due; false where none is. */
    boolean runOne(long nowNanos) {
        if (size == 0 || get(0).deadlineNanos - nowNanos > 0) {
            return false;
        }
        Timer due = get(0);
        remove(0);
        due.action.accept(nowNanos);
        return true;
    }

    private Timer get(int index) {
        Timer timer = heap[index];
        if (timer == null) {
            throw new IllegalStateException("no timer at " + index);
        }
        return timer;
    }

    private void append(Timer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        put(size++, timer);
        rise(timer.index);
    }

    private void remove(int index) {
        Timer gone = get(index);
        Timer last = get(--size);
        heap[size] = null;
        gone.index = NOWHERE;
        if (last != gone) {
            put(index, last);
            rise(index);
            sink(last.index);
        }
    }

    private void put(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    private void rise(int from) {
        int at = from;
        while (at > 0 && isBefore(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void sink(int from) {
        int at = from;
        while (true) {
            int least = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
                least = isBefore(child, least) ? child : least;
            }
            if (least == at) {
                return;
            }
            swap(at, least);
            at = least;
        }
    }

    private boolean isBefore(int a, int b) {
        return get(a).deadlineNanos - get(b).deadlineNanos < 0;
    }

    private void swap(int a, int b) {
        Timer timer = get(a);
        put(a, get(b));
        put(b, timer);
    }
}
