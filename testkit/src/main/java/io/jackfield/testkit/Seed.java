package io.jackfield.testkit;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The beginning of a random test, which is printed so that a failure can be repeated.
 *
 * @param value give it back by {@code -Djackfield.seed=…}
 */
public record Seed(long value) {
    private static final String PROPERTY = "jackfield.seed";
    private static final long CI_SEED = 20_261_123L;

    /**
     * A new seed, or that of the system property {@code jackfield.seed}; printed either way. In CI
     * (environment {@code CI=true}) it is always the same: there a change is judged by what it
     * changed, and the finding is done by everybody else's runs.
     */
    @SuppressWarnings("SystemOut") // a test's report
    public static Seed printed(String test) {
        Long given = Long.getLong(PROPERTY);
        Seed seed = new Seed(given == null ? unasked() : given);
        System.out.println(test + ": repeat with -D" + PROPERTY + "=" + seed.value);
        return seed;
    }

    private static long unasked() {
        return "true".equals(System.getenv("CI")) ? CI_SEED : new SecureRandom().nextLong();
    }

    /** The same numbers every time, on every machine. */
    public RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(value);
    }

    /** A seed of its own for a part of the test, so that parts do not disturb each other. */
    public Seed part(int number) {
        return new Seed(value * 31 + number);
    }
}
