package io.jackfield.call.token;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How numbers are written here, so that two spellings of one number compare equal. What no E.164
 * number can be made of for certain has no normal form, and no token opens it.
 *
 * @param countryCode of numbers dialled with the national prefix; empty: only international ones
 *     are known
 * @param internationalPrefix what is dialled for the plus: {@code 00}, in Russia {@code 810}
 * @param nationalPrefix what is dialled before an area code: {@code 0}, in Russia {@code 8}; empty
 *     in countries such as Spain that dial none
 */
public record NumberPlan(
        Optional<String> countryCode, String internationalPrefix, String nationalPrefix) {
    private static final Pattern COUNTRY = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern INTERNATIONAL_PREFIX = Pattern.compile("[0-9]{1,5}");
    private static final Pattern NATIONAL_PREFIX = Pattern.compile("[0-9]{0,5}");

    /** ITU-T E.164 §6.2.1: at most 15 digits, and no country code begins with a zero. */
    private static final Pattern GLOBAL = Pattern.compile("\\+[1-9][0-9]{5,14}");

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,24}");

    /** RFC 3966 §5.1.1, and the space that people write. */
    private static final Pattern SEPARATORS = Pattern.compile("[-.() ]");

    /** More characters than any number has, however it is set apart. */
    private static final int LENGTH_MAX = 64;

    /** Without a country of its own: {@code +} and {@code 00}. */
    public static final NumberPlan INTERNATIONAL = new NumberPlan(Optional.empty(), "00", "0");

    public NumberPlan {
        if (countryCode.filter(c -> !COUNTRY.matcher(c).matches()).isPresent()
                || !INTERNATIONAL_PREFIX.matcher(internationalPrefix).matches()
                || !NATIONAL_PREFIX.matcher(nationalPrefix).matches()) {
            throw new IllegalArgumentException("a country code or prefix is digits");
        }
    }

    /**
     * The one spelling of a number: {@code +}, country code and the rest. Empty when it is none;
     * only ASCII digits are digits.
     */
    public Optional<String> normal(String written) {
        if (written.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String plain = SEPARATORS.matcher(written).replaceAll("");
        if (plain.startsWith("+")) {
            return global(plain);
        }
        if (!DIGITS.matcher(plain).matches()) {
            return Optional.empty();
        }
        if (plain.startsWith(internationalPrefix)) {
            return global("+" + plain.substring(internationalPrefix.length()));
        }
        if (countryCode.isPresent() && plain.startsWith(nationalPrefix)) {
            return global("+" + countryCode.get() + plain.substring(nationalPrefix.length()));
        }
        return Optional.empty();
    }

    private static Optional<String> global(String number) {
        return GLOBAL.matcher(number).matches() ? Optional.of(number) : Optional.empty();
    }
}
