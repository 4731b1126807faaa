package io.jackfield.media.pipeline;

import io.jackfield.media.codec.G711;
import io.jackfield.media.prompt.Prompt;
import java.nio.ByteBuffer;

/**
 * Where a leg is in a prompt, and when its next packet is due.
 *
 * <p>Due times are counted from the first, so timers that fire late do not add up to drift. Thread:
 * the media loop's.
 */
final class Player {
    /** 20 ms, what everybody sends. */
    static final int FRAME_SAMPLES = Prompt.RATE / 50;

    private static final long FRAME_NANOS = 20_000_000L;

    /** After a stall as long as this the rest is sent later, not in a burst. */
    private static final long STALL_NANOS = 100_000_000L;

    private final Prompt prompt;
    private final boolean loop;
    private final boolean alaw;
    private int next;
    private long dueNanos;

    /**
     * @param alaw PCMA, else PCMU
     */
    Player(Prompt prompt, boolean loop, boolean alaw, long nowNanos) {
        this.prompt = prompt;
        this.loop = loop;
        this.alaw = alaw;
        this.dueNanos = nowNanos;
    }

    long dueNanos() {
        return dueNanos;
    }

    boolean isOver() {
        return !loop && next >= prompt.length();
    }

    /** Writes the next 20 ms at the position; the last frame is filled up with silence. */
    void writeFrame(ByteBuffer out, long nowNanos) {
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            if (loop && next == prompt.length()) {
                next = 0;
            }
            short sample = next < prompt.length() ? prompt.sample(next++) : 0;
            out.put(alaw ? G711.toAlaw(sample) : G711.toUlaw(sample));
        }
        dueNanos += FRAME_NANOS;
        if (nowNanos - dueNanos > STALL_NANOS) {
            dueNanos = nowNanos;
        }
    }
}
