package io.jackfield.loadtool.scenario;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number with places: {@code {user}} for a user's name, {@code {n}} for the number in it, {@code
 * {n:3}} for that with three digits at least. With {@code agent0042}, {@code 1{n:3}} is {@code
 * 1042}.
 */
public final class DialledNumber {
    private static final Pattern PLACE = Pattern.compile("\\{(user|n(?::([1-9]))?)}");
    private static final Pattern LAST_DIGITS = Pattern.compile("(\\d{1,9})\\D*$");

    private DialledNumber() {}

    /** Fills the places in. */
    public static String of(String pattern, String user) {
        Matcher places = PLACE.matcher(pattern);
        return places.replaceAll(place ->
                Matcher.quoteReplacement(
                        place.group(1).equals("user") ? user : number(user, place.group(2))));
    }

    /** True where it is another one for each user. */
    static boolean differs(String pattern) {
        return PLACE.matcher(pattern).find();
    }

    private static String number(String user, @Nullable String digits) {
        Matcher last = LAST_DIGITS.matcher(user);
        int number = last.find() ? Integer.parseInt(last.group(1)) : 0;
        int width = digits == null ? 1 : Integer.parseInt(digits);
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
}
