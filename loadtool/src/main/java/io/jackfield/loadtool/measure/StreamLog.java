package io.jackfield.loadtool.measure;

/**
 * What one talker said and another heard of it: all of the call, and apart from that a window of
 * it, in which the figures are taken. A frame counts for the window if it was sent in it, whenever
 * it is heard.
 *
 * <p>One thread.
 */
public final class StreamLog {
    /** RFC 3550 §A.8. */
    private static final int JITTER_SHARE = 16;

    private final SeenNumbers seen = new SeenNumbers();
    private final Histogram delays;
    private int next;
    private int windowFirst = Integer.MAX_VALUE;
    private int windowEnd = Integer.MAX_VALUE;
    private long heard;
    private long windowHeard;
    private long windowRepeated;
    private long lastArrivedNanos;
    private long lastSentNanos;
    private double jitterNanos;

    /**
     * @param delays of the window's frames; shared by streams of the same kind
     */
    public StreamLog(Histogram delays) {
        this.delays = delays;
    }

    /** The number of the next frame, which counts as sent. */
    public int takeNumber() {
        return next++;
    }

    /** The frames from here on are the window's. */
    public void openWindow() {
        windowFirst = next;
        windowEnd = Integer.MAX_VALUE;
        windowHeard = 0;
        windowRepeated = 0;
    }

    /** The frames from here on are no longer the window's; those before may still be heard. */
    public void closeWindow() {
        windowEnd = next;
    }

    /** A frame that arrived as it was sent. */
    public void heard(int number, long sentNanos, long arrivedNanos) {
        boolean ofWindow = number >= windowFirst && number < windowEnd;
        if (!seen.add(number)) {
            windowRepeated += ofWindow ? 1 : 0;
            return;
        }
        if (heard++ > 0) {
            long difference = arrivedNanos - lastArrivedNanos - (sentNanos - lastSentNanos);
            jitterNanos += (Math.abs(difference) - jitterNanos) / JITTER_SHARE;
        }
        lastArrivedNanos = arrivedNanos;
        lastSentNanos = sentNanos;
        if (ofWindow) {
            windowHeard++;
            delays.record(arrivedNanos - sentNanos);
        }
    }

    /** True once anything was heard. */
    public boolean isHeard() {
        return heard > 0;
    }

    /** All that was sent, since the call began. */
    public long sent() {
        return next;
    }

    /** All that was heard, each frame once. */
    public long heard() {
        return heard;
    }

    public long windowSent() {
        return windowFirst == Integer.MAX_VALUE ? 0 : Math.min(next, windowEnd) - windowFirst;
    }

    public long windowHeard() {
        return windowHeard;
    }

    public long windowRepeated() {
        return windowRepeated;
    }

    /** Of the time between frames, with the sender's own unevenness taken out (RFC 3550 §A.8). */
    public long jitterNanos() {
        return (long) jitterNanos;
    }
}
