package io.jackfield.media.prompt;

import io.jackfield.media.prompt.Numbers.Gender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What callers are told, as names of prompts in the order in which they are said. Pure. */
public final class Phrases {
    /** Said when somebody comes to wait. */
    public static final String PLEASE_WAIT = "please-wait";

    /** Said before the end to whoever is to be called back. */
    public static final String CALLED_BACK = "called-back";

    public static final String CLOSED = "closed";
    public static final String BUSY = "busy";
    public static final String INVALID = "invalid";
    public static final String CONSENT = "consent";

    /** Whole sentences that are there without a file of the site's. */
    public static final Set<String> SENTENCES =
            Set.of(PLEASE_WAIT, CALLED_BACK, CLOSED, BUSY, INVALID, CONSENT);

    private static final long MINUTE_SECONDS = 60;

    private Phrases() {}

    /**
     * "You are number three in line."
     *
     * @param position from 1; beyond {@link Numbers#MAX} nothing is said
     */
    public static List<String> position(int position, Language language) {
        if (position < Numbers.MIN || position > Numbers.MAX) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        names.add("you-are-number");
        names.addAll(Numbers.place(position, language, Gender.MASCULINE));
        names.add("in-line");
        return List.copyOf(names);
    }

    /** "The estimated wait is about two minutes.": begun minutes; too many are not said. */
    public static List<String> estimate(Duration wait, Language language) {
        long minutes = (wait.toSeconds() + MINUTE_SECONDS - 1) / MINUTE_SECONDS;
        if (wait.toSeconds() < MINUTE_SECONDS) {
            return List.of("wait-below-minute");
        }
        if (minutes > Numbers.MAX) {
            return List.of();
        }
        int said = Math.toIntExact(minutes);
        List<String> names = new ArrayList<>();
        names.add("wait-is-about");
        names.addAll(Numbers.cardinal(said, language, Gender.FEMININE));
        names.add(
                switch (Numbers.plural(said, language)) {
                    case ONE -> "minute-one";
                    case FEW -> "minute-few";
                    case MANY -> "minute-many";
                });
        return List.copyOf(names);
    }

    /**
     * "To be called back and to keep your place, press one."
     *
     * @param key a digit, {@code *} or {@code #}
     */
    public static List<String> callBack(char key) {
        return List.of("press-for-call-back", key(key));
    }

    private static String key(char key) {
        return switch (key) {
            case '*' -> "star";
            case '#' -> "hash";
            default -> String.valueOf(key);
        };
    }
}
