package io.jackfield.storage.ladder;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which ladders are asked for; what is empty does not choose.
 *
 * @param number part of the caller's or the callee's number or name
 * @param party an agent or a trunk that had a leg
 * @param cause part of why it ended
 * @param status the final SIP status
 * @param fromMicros those that began then or later
 * @param untilMicros those that began before
 * @param before key: only older ones, for the next page
 * @param limit 1 to 500
 */
public record LadderQuery(
        Optional<String> number,
        Optional<String> party,
        Optional<String> sipCallId,
        Optional<String> cause,
        OptionalInt status,
        OptionalLong fromMicros,
        OptionalLong untilMicros,
        OptionalLong before,
        int limit) {
    public static final int LIMIT_MAX = 500;

    public LadderQuery {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + LIMIT_MAX);
        }
    }

    /** The newest. */
    public static LadderQuery newest(int limit) {
        return new LadderQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                limit);
    }
}
