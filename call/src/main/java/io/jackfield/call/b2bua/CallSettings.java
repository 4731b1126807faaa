package io.jackfield.call.b2bua;

import java.time.Duration;

/**
 * How calls behave.
 *
 * @param domain host part of our own addresses: what phones and trunks see in From and Contact
 * @param ringFor how long phones ring before the caller hears that nobody answers; default 60 s
 * @param attemptFor how long a trunk may be silent (no 1xx) before the next one is tried; default 4
 *     s
 * @param keepLostFor how long a call waits for a phone whose connection dropped; default 30 s
 * @param silenceFor how long a leg may send no sound before it is given up; default 30 s
 * @param lengthMax after which any call is ended; default 12 h
 * @param legsMax legs of one call at a time; default 10 (reliability: at most 10 forks a call)
 */
public record CallSettings(
        String domain,
        Duration ringFor,
        Duration attemptFor,
        Duration keepLostFor,
        Duration silenceFor,
        Duration lengthMax,
        int legsMax) {
    /** The defaults for that domain. */
    public static CallSettings of(String domain) {
        return new CallSettings(
                domain,
                Duration.ofSeconds(60),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofHours(12),
                10);
    }
}
