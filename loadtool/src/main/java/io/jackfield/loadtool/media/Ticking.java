package io.jackfield.loadtool.media;

/** What has its turn every 20 ms. Thread: the loop's. */
@FunctionalInterface
interface Ticking {
    /**
     * The turn.
     *
     * @param dueNanos when it should be
     * @param nowNanos when it is
     * @return false for no more
     */
    boolean tick(long dueNanos, long nowNanos);
}
