package io.jackfield.call.token;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How much one agent or one campaign may dial with tokens.
 *
 * @param callsPerMinute in any 60 seconds; empty: as many as they like
 * @param parallel calls at a time; empty: as many as they like
 * @param perDay talking time in one day (UTC), calls that are up included; empty: no limit. A call
 *     that is up when it is used up goes on; no further one starts
 * @param countries beginnings of numbers that may be called, as {@code +49}; empty: all
 */
public record DialLimits(
        Optional<Integer> callsPerMinute,
        Optional<Integer> parallel,
        Optional<Duration> perDay,
        Set<String> countries) {
    public static final DialLimits NONE =
            new DialLimits(Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public DialLimits {
        countries = Set.copyOf(countries);
    }

    boolean allowsCountry(String number) {
        return countries.isEmpty() || countries.stream().anyMatch(number::startsWith);
    }
}
