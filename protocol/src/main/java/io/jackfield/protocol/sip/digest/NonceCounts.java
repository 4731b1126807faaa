package io.jackfield.protocol.sip.digest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which counts of which nonces were used (RFC 7616 §3.4, "nc": "allows the server to detect request
 * replays").
 *
 * <p>Only nonces that came with a right password are remembered, and at most {@code noncesMax}.
 * When one is forgotten, all of its age or older that are not remembered are taken for used: their
 * owners are challenged anew, which costs them a round trip, and no replay slips through.
 */
final class NonceCounts {
    /** Bits for the counts behind the highest, so that requests may overtake each other. */
    private static final int WINDOW = 64;

    private final int noncesMax;
    private final Map<String, Used> byNonce = new LinkedHashMap<>();
    private long forgottenUntilMillis = Long.MIN_VALUE;

    private static final class Used {
        private final long madeAtMillis;
        private long highest;
        private long seen;

        private Used(long madeAtMillis) {
            this.madeAtMillis = madeAtMillis;
        }
    }

    NonceCounts(int noncesMax) {
        this.noncesMax = noncesMax;
    }

    /**
     * Notes that count as used.
     *
     * @param expiredBeforeMillis nonces made earlier are of no use any more and are dropped
     * @return false when it was used before, or may have been
     */
    boolean use(String nonce, long count, long madeAtMillis, long expiredBeforeMillis) {
        Used used = byNonce.get(nonce);
        if (used == null) {
            if (madeAtMillis <= forgottenUntilMillis) {
                return false;
            }
            makeRoom(expiredBeforeMillis);
            used = new Used(madeAtMillis);
            byNonce.put(nonce, used);
        }
        return mark(used, count);
    }

    int size() {
        return byNonce.size();
    }

    private void makeRoom(long expiredBeforeMillis) {
        Iterator<Used> oldest = byNonce.values().iterator();
        while (oldest.hasNext()) {
            long madeAt = oldest.next().madeAtMillis;
            if (madeAt >= expiredBeforeMillis && byNonce.size() < noncesMax) {
                return;
            }
            oldest.remove();
            forgottenUntilMillis = Math.max(forgottenUntilMillis, madeAt);
        }
    }

    private static boolean mark(Used used, long count) {
        long ahead = count - used.highest;
        if (ahead > 0) {
            used.seen = ahead < WINDOW ? used.seen << ahead | 1 : 1;
            used.highest = count;
            return true;
        }
        long bit = -ahead < WINDOW ? 1L << -ahead : 0;
        if (bit == 0 || (used.seen & bit) != 0) {
            return false;
        }
        used.seen |= bit;
        return true;
    }
}
