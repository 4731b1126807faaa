package io.jackfield.media.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * Which words say a number, in the order in which they are said. A word is the name of a file:
 * {@code 40}, {@code 3-ordinal}. Pure; any thread.
 *
 * <p>English: {@code 342} is {@code 3, hundred, 40, 2}; "and" is left out, as in American English.
 * Russian: {@code 342} is {@code 300, 40, 2}, and 1 and 2 have a gender. A place in a line is an
 * ordinal in Russian, of which only the last word changes ({@code двадцать третий} is {@code 20,
 * 3-ordinal}); English says "number twenty-three" with the cardinal.
 */
public final class Numbers {
    public static final int MIN = 1;
    public static final int MAX = 999;

    /** What is counted, which in Russian changes 1 and 2. */
    public enum Gender {
        MASCULINE(""),
        FEMININE("-feminine"),
        NEUTER("-neuter");

        private final String suffix;

        Gender(String suffix) {
            this.suffix = suffix;
        }
    }

    /** Which form of a Russian noun goes with a number: один звонок, два звонка, пять звонков. */
    public enum Plural {
        ONE,
        FEW,
        MANY
    }

    private Numbers() {}

    /**
     * So many of something.
     *
     * @param number {@link #MIN} to {@link #MAX}
     * @param gender has no meaning in English
     */
    public static List<String> cardinal(int number, Language language, Gender gender) {
        check(number);
        return switch (language) {
            case ENGLISH -> english(number);
            case RUSSIAN -> russian(number, gender);
        };
    }

    /** As in "you are number three", "вы третий" (in the nominative). */
    public static List<String> place(int number, Language language, Gender gender) {
        check(number);
        return switch (language) {
            case ENGLISH -> english(number);
            case RUSSIAN -> {
                List<String> words = new ArrayList<>(russianParts(number));
                String last = words.removeLast();
                words.add(last + "-ordinal" + gender.suffix);
                yield List.copyOf(words);
            }
        };
    }

    /** Which form of a noun goes with the number; in English never {@link Plural#FEW}. */
    public static Plural plural(int number, Language language) {
        check(number);
        return switch (language) {
            case ENGLISH -> number == 1 ? Plural.ONE : Plural.MANY;
            case RUSSIAN -> russianPlural(number);
        };
    }

    private static Plural russianPlural(int number) {
        int tens = number % 100;
        if (tens >= 11 && tens <= 14) {
            return Plural.MANY;
        }
        return switch (number % 10) {
            case 1 -> Plural.ONE;
            case 2, 3, 4 -> Plural.FEW;
            default -> Plural.MANY;
        };
    }

    private static List<String> english(int number) {
        List<String> words = new ArrayList<>();
        if (number >= 100) {
            words.add(Integer.toString(number / 100));
            words.add("hundred");
        }
        addBelowHundred(words, number % 100);
        return List.copyOf(words);
    }

    private static List<String> russian(int number, Gender gender) {
        List<String> words = new ArrayList<>(russianParts(number));
        String last = words.getLast();
        boolean changes = last.equals("1") || last.equals("2") && gender == Gender.FEMININE;
        if (changes) {
            words.set(words.size() - 1, last + gender.suffix);
        }
        return List.copyOf(words);
    }

    private static List<String> russianParts(int number) {
        List<String> words = new ArrayList<>();
        if (number >= 100) {
            words.add(Integer.toString(number / 100 * 100));
        }
        addBelowHundred(words, number % 100);
        return words;
    }

    private static void addBelowHundred(List<String> words, int number) {
        if (number == 0) {
            return;
        }
        if (number <= 20) {
            words.add(Integer.toString(number));
            return;
        }
        words.add(Integer.toString(number / 10 * 10));
        if (number % 10 > 0) {
            words.add(Integer.toString(number % 10));
        }
    }

    private static void check(int number) {
        if (number < MIN || number > MAX) {
            throw new IllegalArgumentException(
                    "numbers are said from " + MIN + " to " + MAX + ": " + number);
        }
    }
}
