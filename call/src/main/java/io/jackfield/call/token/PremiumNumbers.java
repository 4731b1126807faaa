package io.jackfield.call.token;

import java.util.List;
import java.util.Set;

/**
 * Beginnings of numbers that cost whoever calls them more than the way there, or that are known for
 * revenue-share fraud. No list of these is ever complete: the site adds its own, and allowing only
 * some countries helps more.
 */
final class PremiumNumbers {
    /** By E.164 country code: international services first, then national ranges. */
    private static final List<String> KNOWN =
            List.of(
                    "+979", "+870", "+881", "+882", "+883", "+888", "+1900", "+1976", "+7803",
                    "+7809", "+31900", "+31906", "+31909", "+3290", "+3389", "+34803", "+34806",
                    "+34807", "+34905", "+3989", "+41900", "+41901", "+41906", "+43900", "+43901",
                    "+43930", "+43931", "+43939", "+4470", "+4487", "+449", "+4870", "+49137",
                    "+49180", "+49190", "+49900");

    private PremiumNumbers() {}

    static boolean contain(String number, Set<String> more) {
        return KNOWN.stream().anyMatch(number::startsWith)
                || more.stream().anyMatch(number::startsWith);
    }
}
