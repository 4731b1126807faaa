package io.jackfield.contactcenter.site;

import java.time.Duration;

/**
 * The time after a call in which the agent gets no other.
 *
 * @param limit 0 s for none, to 1 h
 * @param extension what one extension adds; 0 s to 1 h
 * @param extensionsMax how often it may be extended; 0 to 10
 * @param earlyFinish whether the agent may end it before the limit
 */
public record WrapUpSettings(
        Duration limit, Duration extension, int extensionsMax, boolean earlyFinish) {
    public static final WrapUpSettings NONE =
            new WrapUpSettings(Duration.ZERO, Duration.ZERO, 0, true);
}
