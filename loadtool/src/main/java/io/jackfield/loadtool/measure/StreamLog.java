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

    /** Half a second: what may be said by one side while the other has hung up already. */
    private static final int LAST_WORDS_MAX = 25;

    private final SeenNumbers seen = new SeenNumbers();
    private final Histogram delays;
    private final Histogram spacings;
    private int next;
    private int windowFirst = Integer.MAX_VALUE;
    private int windowEnd = Integer.MAX_VALUE;
    private boolean bornInWindow;
    private int firstHeard = Integer.MAX_VALUE;
    private int highestHeard = -1;
    private long heard;
    private long windowHeard;
    private long windowRepeated;
    private int lastNumber;
    private long lastArrivedNanos;
    private long lastSentNanos;
    private double jitterNanos;

    /**
     * @param delays of the window's frames; shared by streams of the same kind
     * @param spacings by how much two frames in a row came closer or farther apart than they were
     *     sent; likewise
     */
    public StreamLog(Histogram delays, Histogram spacings) {
        this.delays = delays;
        this.spacings = spacings;
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
        bornInWindow = false;
    }

    /**
     * The same for a stream that begins: what is said before the other side has its keys is not
     * lost, but a part of the time until the first media. Where nothing is ever heard, all is lost.
     */
    public void beginInWindow() {
        openWindow();
        bornInWindow = true;
    }

    /** The call ends: the last words, said to one who has hung up, are not lost either. */
    public void end() {
        int lastWords = next - highestHeard - 1;
        if (windowEnd == Integer.MAX_VALUE && lastWords <= LAST_WORDS_MAX) {
            windowEnd = Math.max(windowFirst, highestHeard + 1);
        }
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
        firstHeard = Math.min(firstHeard, number);
        highestHeard = Math.max(highestHeard, number);
        if (heard++ > 0) {
            long difference =
                    Math.abs(arrivedNanos - lastArrivedNanos - (sentNanos - lastSentNanos));
            jitterNanos += (difference - jitterNanos) / JITTER_SHARE;
            if (ofWindow && number == lastNumber + 1) {
                spacings.record(difference);
            }
        }
        lastNumber = number;
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
        if (windowFirst == Integer.MAX_VALUE) {
            return 0;
        }
        int first = bornInWindow && heard > 0 ? Math.max(windowFirst, firstHeard) : windowFirst;
        return Math.max(0, Math.min(next, windowEnd) - first);
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
