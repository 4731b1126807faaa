package io.jackfield.call.b2bua;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the called phones answered, and which of it the caller hears (RFC 3261 §16.7 step 6).
 *
 * <p>Confined to its call.
 */
final class Failures {
    private final List<Integer> statuses = new ArrayList<>();

    /**
     * What a failure says of that party. A phone whose connection failed counts as 503 with its
     * dialog (RFC 3261 §8.1.3.1); that is no overload of ours, and a carrier who hears 503 may
     * leave us alone for a while (§21.5.4).
     */
    static int of(Party party, int status) {
        return party instanceof Party.Phone && status == 503 ? 480 : status;
    }

    void add(int status) {
        statuses.add(status);
    }

    boolean isEmpty() {
        return statuses.isEmpty();
    }

    /** Forgets; the next trunk's answers count alone. */
    void clear() {
        statuses.clear();
    }

    /**
     * "…choose from any 6xx; if none, from the lowest class". Within a class, one that tells more
     * about the person (486, 603) goes before one that tells about a phone (408, 480). What is
     * between us and that peer is not the caller's: a challenge we did not meet is our failure, and
     * a redirection we do not follow leaves nobody there.
     */
    int best() {
        return statuses.stream()
                .map(Failures::forCaller)
                .min(Comparator.comparingInt(Failures::rank))
                .orElse(480);
    }

    private static int forCaller(int status) {
        if (status == 401 || status == 407) {
            return 500;
        }
        return status < 400 ? 480 : status;
    }

    private static int rank(int status) {
        int byClass = status >= 600 ? 0 : status / 100 * 100;
        int within =
                switch (status) {
                    case 486, 600, 603 -> 0;
                    case 404, 484, 488 -> 1;
                    case 408, 480, 487 -> 3;
                    default -> 2;
                };
        return byClass + within;
    }

    /** True when another trunk may do better: server failures and silence (RFC 3261 §21.5). */
    static boolean anotherTrunkMayHelp(int status) {
        return status >= 500 && status < 600 || status == 408;
    }
}
