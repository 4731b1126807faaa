package io.jackfield.media.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a recording paused: what tracks still held of that time is replaced by the mark. Thread:
 * the writer's.
 */
final class PauseMarks {
    private static final double BEEP_HERTZ = 1_000;
    private static final double BEEP_PEAK = 32_767 * 0.1;
    private static final int BEEP_MILLIS = 250;
    private static final int EVERY_MILLIS = 5_000;

    /** Positions; without an end yet, {@code Long.MAX_VALUE}. */
    private record Pause(long from, long until) {}

    private final int rate;
    private final boolean tone;
    private final List<Pause> pauses = new ArrayList<>();

    PauseMarks(int rate, boolean tone) {
        this.rate = rate;
        this.tone = tone;
    }

    void begin(long position) {
        if (pauses.isEmpty() || pauses.getLast().until() != Long.MAX_VALUE) {
            pauses.add(new Pause(position, Long.MAX_VALUE));
        }
    }

    void end(long position) {
        if (!pauses.isEmpty() && pauses.getLast().until() == Long.MAX_VALUE) {
            pauses.set(pauses.size() - 1, new Pause(pauses.getLast().from(), position));
        }
    }

    /** Marks frames of two samples, of which the first is at that position. */
    void apply(short[] interleaved, int offset, int frames, long position) {
        pauses.removeIf(pause -> pause.until() <= position);
        for (Pause pause : pauses) {
            long first = Math.max(pause.from(), position);
            long last = Math.min(pause.until(), position + frames);
            for (long at = first; at < last; at++) {
                short mark = mark(at - pause.from());
                int i = offset + (int) (at - position) * 2;
                interleaved[i] = mark;
                interleaved[i + 1] = mark;
            }
        }
    }

    private short mark(long sincePause) {
        long millis = sincePause * 1_000 / rate;
        if (!tone || millis % EVERY_MILLIS >= BEEP_MILLIS) {
            return 0;
        }
        return (short) (BEEP_PEAK * Math.sin(2 * Math.PI * BEEP_HERTZ * sincePause / rate));
    }
}
