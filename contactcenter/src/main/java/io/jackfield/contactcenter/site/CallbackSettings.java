package io.jackfield.contactcenter.site;

import java.time.Duration;

/**
 * Calling back those who do not want to wait; they keep their place.
 *
 * @param key what they press; a digit, {@code *} or {@code #}
 * @param attemptsMax 1 to 10
 * @param retryAfter 10 s to 24 h
 * @param ringFor how long the customer is rung; 5 s to 120 s
 * @param keepFor then it is given up; 1 min to 7 d
 * @param pendingMax places of call backs at a time; 1 to 1,000
 */
public record CallbackSettings(
        char key,
        Order order,
        int attemptsMax,
        Duration retryAfter,
        Duration ringFor,
        Duration keepFor,
        int pendingMax) {
    /** Who is called first. */
    public enum Order {
        /** The agent waits while the customer is rung. */
        AGENT_FIRST,
        /** An agent is reserved, the customer rung, and then the agent. */
        CUSTOMER_FIRST
    }

    public static final CallbackSettings DEFAULT =
            new CallbackSettings(
                    '1',
                    Order.AGENT_FIRST,
                    3,
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofHours(24),
                    100);
}
