package io.jackfield.server.config;

import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.contactcenter.site.OpeningHours.Range;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads opening hours: {@code {zone: Europe/Moscow, mon-fri: "09:00-18:00", sat: "10:00-14:00",
 * holidays: {"2027-01-01": closed}}}.
 */
final class HoursReader {
    private static final Pattern RANGE = Pattern.compile("(\\d{2}):(\\d{2}) ?- ?(\\d{2}):(\\d{2})");
    private static final Pattern DAYS = Pattern.compile("([a-z]{3})(?:-([a-z]{3}))?");
    private static final List<String> NAMES =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final String HOURS = "hours as 09:00-18:00, several with commas, or closed";

    private final Problems problems;
    private final ZoneId zone;

    /**
     * @param zone where the hours name none
     */
    HoursReader(Problems problems, ZoneId zone) {
        this.problems = problems;
        this.zone = zone;
    }

    static Form<ZoneId> zone() {
        return Form.scalar(
                "a time zone as Europe/Moscow",
                text -> {
                    try {
                        return Optional.of(ZoneId.of(text));
                    } catch (DateTimeException unknown) {
                        return Optional.empty();
                    }
                });
    }

    /** Always open where the field is not there. */
    OpeningHours hours(Fields owner, String field) {
        Optional<Yaml.Mapping> group =
                owner.group(
                        field,
                        "Write a group of days: {mon-fri: \"09:00-18:00\", sat: \"10:00-14:00\"}.");
        return group.map(days -> hours(field, days)).orElse(OpeningHours.ALWAYS);
    }

    private OpeningHours hours(String field, Yaml.Mapping group) {
        Fields fields = new Fields(field, group, problems);
        ZoneId place = fields.optional("zone", zone()).orElse(zone);
        Map<DayOfWeek, List<Range>> week = new EnumMap<>(DayOfWeek.class);
        for (String key : group.entries().keySet()) {
            days(key)
                    .ifPresent(days ->
                            fields.optional(key, ranges())
                                    .ifPresent(r -> days.forEach(d -> add(week, d, r))));
        }
        Map<LocalDate, List<Range>> holidays = holidays(fields);
        fields.finish();
        return new OpeningHours(place, week, holidays);
    }

    private static void add(Map<DayOfWeek, List<Range>> week, DayOfWeek day, List<Range> ranges) {
        List<Range> all = new ArrayList<>(week.getOrDefault(day, List.of()));
        all.addAll(ranges);
        week.put(day, List.copyOf(all));
    }

    /** {@code mon-fri}, {@code sat}; over the end of the week as {@code sat-mon}. */
    private static Optional<List<DayOfWeek>> days(String key) {
        Matcher matcher = DAYS.matcher(key.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int from = NAMES.indexOf(matcher.group(1));
        int to = matcher.group(2) == null ? from : NAMES.indexOf(matcher.group(2));
        if (from < 0 || to < 0) {
            return Optional.empty();
        }
        List<DayOfWeek> days = new ArrayList<>();
        for (int day = from; ; day = (day + 1) % NAMES.size()) {
            days.add(DayOfWeek.of(day + 1));
            if (day == to) {
                return Optional.of(days);
            }
        }
    }

    private Map<LocalDate, List<Range>> holidays(Fields fields) {
        Map<LocalDate, List<Range>> holidays = new TreeMap<>();
        fields.group("holidays", "Write a group of dates: {\"2027-01-01\": closed}.")
                .ifPresent(group -> holidays(group, holidays));
        return holidays;
    }

    private void holidays(Yaml.Mapping group, Map<LocalDate, List<Range>> holidays) {
        Fields dates = new Fields("holidays", group, problems);
        group.entries()
                .forEach((key, entry) -> {
                    Optional<LocalDate> date = date(key);
                    if (date.isPresent()) {
                        dates.optional(key, ranges()).ifPresent(r -> holidays.put(date.get(), r));
                    } else {
                        dates.problem(
                                entry.keyPlace(), key + " is no date", "Write it as 2027-01-01.");
                    }
                });
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    private static Form<List<Range>> ranges() {
        return Form.scalar(HOURS, HoursReader::parse);
    }

    private static Optional<List<Range>> parse(String text) {
        if (text.equals("closed")) {
            return Optional.of(List.of());
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Range range = new Range(minute(matcher, 1), minute(matcher, 3));
            if (!range.valid()) {
                return Optional.empty();
            }
            ranges.add(range);
        }
        return Optional.of(List.copyOf(ranges));
    }

    private static int minute(Matcher matcher, int group) {
        int minutes = Integer.parseInt(matcher.group(group + 1));
        return minutes > 59 ? -1 : Integer.parseInt(matcher.group(group)) * 60 + minutes;
    }
}
