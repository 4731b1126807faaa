package io.jackfield.contactcenter.site;

import java.time.Duration;

/**
 * What good service is.
 *
 * @param answerWithin callers answered within it count as served; 1 s to 1 h
 * @param shortAbandon callers who hang up sooner are not counted against it; 0 s to 5 min
 */
public record ServiceSettings(Duration answerWithin, Duration shortAbandon) {
    public static final ServiceSettings DEFAULT =
            new ServiceSettings(Duration.ofSeconds(20), Duration.ofSeconds(5));
}
