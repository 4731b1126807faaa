package io.jackfield.call.trunk;

/**
 * Whether a trunk is worth trying. Immutable and pure.
 *
 * <p>Three failures in a row take it out of use, two good answers bring it back; a trunk nobody has
 * heard of yet is tried.
 *
 * @param failures in a row
 * @param goods in a row, counted while it is down
 */
public record TrunkHealth(boolean up, int failures, int goods) {
    static final int FAILURES_MAX = 3;
    static final int GOODS_NEEDED = 2;

    public static final TrunkHealth UNTRIED = new TrunkHealth(true, 0, 0);

    /** It answered. */
    public TrunkHealth good() {
        if (up) {
            return UNTRIED;
        }
        return goods + 1 >= GOODS_NEEDED ? UNTRIED : new TrunkHealth(false, failures, goods + 1);
    }

    /** It did not, or said it can't. */
    public TrunkHealth bad() {
        int more = Math.min(failures + 1, FAILURES_MAX);
        return new TrunkHealth(up && more < FAILURES_MAX, more, 0);
    }
}
