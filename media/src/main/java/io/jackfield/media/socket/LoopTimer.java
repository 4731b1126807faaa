package io.jackfield.media.socket;

/** A timer on the loop: fires once for each time it is set. Thread: the media loop's. */
public interface LoopTimer {
    /** Sets it, or moves it. */
    void at(long deadlineNanos);

    /** Takes it back; nothing where it is not set. */
    void cancel();
}
