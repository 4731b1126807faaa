package io.jackfield.contactcenter.site;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a queue is open, in the time of a place: where clocks change, the hours on the wall count.
 *
 * @param week days that are not named are closed
 * @param holidays dates with hours of their own; none at all means closed
 */
public record OpeningHours(
        ZoneId zone, Map<DayOfWeek, List<Range>> week, Map<LocalDate, List<Range>> holidays) {
    private static final int MINUTES_OF_DAY = 24 * 60;

    /** Beyond a year, with every holiday there can be. */
    private static final int SEARCH_DAYS_MAX = 400;

    public static final OpeningHours ALWAYS = always();

    /**
     * A part of a day.
     *
     * @param fromMinute since midnight, 0 to 1439
     * @param toMinute since midnight, exclusive; more than {@code fromMinute}, to 1440. For hours
     *     over midnight name two
     */
    public record Range(int fromMinute, int toMinute) {
        public static Range ofHours(int from, int to) {
            return new Range(from * 60, to * 60);
        }

        /** Whether it is a part of one day. */
        public boolean valid() {
            return fromMinute >= 0 && fromMinute < toMinute && toMinute <= MINUTES_OF_DAY;
        }

        private boolean contains(int minute) {
            return fromMinute <= minute && minute < toMinute;
        }
    }

    public OpeningHours {
        week = Map.copyOf(week);
        holidays = Map.copyOf(holidays);
    }

    private static OpeningHours always() {
        Range day = new Range(0, MINUTES_OF_DAY);
        Map<DayOfWeek, List<Range>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek one : DayOfWeek.values()) {
            week.put(one, List.of(day));
        }
        return new OpeningHours(ZoneId.of("UTC"), week, Map.of());
    }

    public boolean isOpen(Instant now) {
        ZonedDateTime there = now.atZone(zone);
        int minute = there.getHour() * 60 + there.getMinute();
        return on(there.toLocalDate()).stream().anyMatch(r -> r.contains(minute));
    }

    /**
     * When it opens next: now, if it is open; empty when not within a year. A minute that the clock
     * leaves out in spring opens at the first one after it.
     */
    public Optional<Instant> nextOpening(Instant now) {
        if (isOpen(now)) {
            return Optional.of(now);
        }
        LocalDate first = now.atZone(zone).toLocalDate();
        for (int day = 0; day <= SEARCH_DAYS_MAX; day++) {
            LocalDate date = first.plusDays(day);
            Optional<Instant> opening =
                    on(date).stream()
                            .map(r -> date.atStartOfDay().plusMinutes(r.fromMinute()))
                            .map(local -> local.atZone(zone).toInstant())
                            .filter(at -> at.isAfter(now))
                            .min(Instant::compareTo);
            if (opening.isPresent()) {
                return opening;
            }
        }
        return Optional.empty();
    }

    private List<Range> on(LocalDate date) {
        List<Range> holiday = holidays.get(date);
        return holiday != null ? holiday : week.getOrDefault(date.getDayOfWeek(), List.of());
    }
}
