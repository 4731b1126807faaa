package io.jackfield.loadtool.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Users named one by one or by range: {@code agent0001-agent0100,anna}. */
public final class PhoneNames {
    /** As many as one process can be asked for; a typing error does not start a million. */
    public static final int MAX = 10_000;

    private static final Pattern RANGE = Pattern.compile("(\\D*)(\\d{1,9})-(\\D*)(\\d{1,9})");

    private PhoneNames() {}

    /**
     * The names of that list, each once, in order.
     *
     * @throws IllegalArgumentException in words, when it is not a list of names and ranges
     */
    public static List<String> parse(String list) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : list.split(",", -1)) {
            names.addAll(part(part.strip()));
            if (names.size() > MAX) {
                throw new IllegalArgumentException("more than " + MAX + " phones");
            }
        }
        return List.copyOf(names);
    }

    private static List<String> part(String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("an empty name");
        }
        Matcher range = RANGE.matcher(part);
        return range.matches() ? range(range, part) : List.of(part);
    }

    private static List<String> range(Matcher range, String part) {
        String prefix = range.group(1);
        String from = range.group(2);
        int first = Integer.parseInt(from);
        int last = Integer.parseInt(range.group(4));
        boolean sameForm =
                range.group(3).equals(prefix) && range.group(4).length() >= from.length();
        if (!sameForm || last < first) {
            throw new IllegalArgumentException(part + " is no range");
        }
        if (last - first >= MAX) {
            throw new IllegalArgumentException("more than " + MAX + " phones");
        }
        List<String> names = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            names.add(prefix + String.format(Locale.ROOT, "%0" + from.length() + "d", i));
        }
        return names;
    }
}
