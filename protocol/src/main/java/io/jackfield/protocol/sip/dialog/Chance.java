package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Identifiers;

/**
 * Random numbers for the waits that keep two peers from trying again in step. Drawn from fresh
 * tags, which have at least 32 random bits (RFC 3261 §19.3), so that randomness has one source.
 */
final class Chance {
    private Chance() {}

    /** 0 to {@code bound} - 1, evenly enough for a pause. */
    static int below(int bound, Identifiers ids) {
        int h = ids.tag().hashCode();
        h = (h ^ (h >>> 16)) * 0x7feb352d;
        h = (h ^ (h >>> 15)) * 0x846ca68b;
        return Math.floorMod(h ^ (h >>> 16), bound);
    }
}
