package io.jackfield.call.b2bua;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Legs from which no sound comes though it should, and until when that is borne (fault F18).
 *
 * <p>Confined to its call.
 */
final class Silences {
    private final Duration bearable;
    private final Map<String, Long> untilNanos = new HashMap<>();

    Silences(Duration bearable) {
        this.bearable = bearable;
    }

    /** Nothing has come from that leg for so long; what is noticed first counts. */
    void begin(String legId, Duration since, long nowNanos) {
        long left = Math.max(0, bearable.minus(since).toNanos());
        untilNanos.putIfAbsent(legId, nowNanos + left);
    }

    /** It is heard again, or gone. */
    void end(String legId) {
        untilNanos.remove(legId);
    }

    /** The legs that have been silent for too long; each is told once. */
    List<String> over(long nowNanos) {
        List<String> over =
                untilNanos.entrySet().stream()
                        .filter(e -> e.getValue() - nowNanos <= 0)
                        .map(Map.Entry::getKey)
                        .toList();
        over.forEach(untilNanos::remove);
        return over;
    }

    OptionalLong deadlineNanos() {
        return untilNanos.values().stream()
                .mapToLong(Long::longValue)
                .reduce((a, b) -> a - b <= 0 ? a : b);
    }
}
