package io.jackfield.contactcenter.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.site.OpeningHours.Range;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Opening hours")
class OpeningHoursTest {
    private static final LocalDate NEW_YEAR = LocalDate.of(2027, 1, 1);
    private final OpeningHours office =
            new OpeningHours(
                    ZoneId.of("Europe/Moscow"),
                    Map.of(
                            DayOfWeek.MONDAY,
                            List.of(Range.ofHours(9, 13), Range.ofHours(14, 18)),
                            DayOfWeek.FRIDAY,
                            List.of(Range.ofHours(9, 18))),
                    Map.of(
                            NEW_YEAR,
                            List.of(),
                            NEW_YEAR.plusDays(1),
                            List.of(Range.ofHours(10, 12))));

    private static Instant at(String utc) {
        return Instant.parse(utc);
    }

    @Test
    @DisplayName("are those of the place: open from the first minute, closed from the last")
    void edges() {
        assertThat(office.isOpen(at("2026-11-23T05:59:59Z"))).isFalse();
        assertThat(office.isOpen(at("2026-11-23T06:00:00Z"))).isTrue();
        assertThat(office.isOpen(at("2026-11-23T10:30:00Z"))).isFalse();
        assertThat(office.isOpen(at("2026-11-23T14:59:59Z"))).isTrue();
        assertThat(office.isOpen(at("2026-11-23T15:00:00Z"))).isFalse();
        assertThat(office.isOpen(at("2026-11-24T08:00:00Z"))).isFalse();
    }

    @Test
    @DisplayName("have holidays, closed or with hours of their own")
    void holidays() {
        assertThat(office.isOpen(at("2027-01-01T08:00:00Z"))).isFalse();
        assertThat(office.isOpen(at("2027-01-02T08:00:00Z"))).isTrue();
    }

    @Test
    @DisplayName("tell when they open next")
    void nextOpening() {
        assertThat(office.nextOpening(at("2026-11-23T08:00:00Z")))
                .contains(at("2026-11-23T08:00:00Z"));
        assertThat(office.nextOpening(at("2026-11-23T10:30:00Z")))
                .contains(at("2026-11-23T11:00:00Z"));
        assertThat(office.nextOpening(at("2026-11-23T16:00:00Z")))
                .contains(at("2026-11-27T06:00:00Z"));
        assertThat(office.nextOpening(at("2026-12-31T16:00:00Z")))
                .contains(at("2027-01-02T07:00:00Z"));
    }

    @Test
    @DisplayName("never open where no hour is named")
    void never() {
        OpeningHours none = new OpeningHours(ZoneId.of("UTC"), Map.of(), Map.of());
        assertThat(none.nextOpening(at("2026-11-23T00:00:00Z"))).isEmpty();
    }

    @Test
    @DisplayName(
            "that begin in the hour which spring leaves out begin after it, those of autumn once")
    void clockChange() {
        OpeningHours berlin =
                new OpeningHours(
                        ZoneId.of("Europe/Berlin"),
                        Map.of(DayOfWeek.SUNDAY, List.of(new Range(150, 600))),
                        Map.of());
        assertThat(berlin.isOpen(at("2027-03-28T00:59:59Z"))).isFalse();
        assertThat(berlin.isOpen(at("2027-03-28T01:00:00Z"))).isTrue();
        assertThat(berlin.nextOpening(at("2027-03-28T00:00:00Z")).map(berlin::isOpen))
                .contains(true);
        assertThat(berlin.isOpen(at("2027-10-31T00:30:00Z"))).isTrue();
        assertThat(berlin.isOpen(at("2027-10-31T01:15:00Z"))).isFalse();
        assertThat(berlin.isOpen(at("2027-10-31T01:30:00Z"))).isTrue();
    }

    @Test
    @DisplayName("may be all hours of all days")
    void always() {
        assertThat(OpeningHours.ALWAYS.isOpen(at("2026-11-23T23:59:59Z"))).isTrue();
    }
}
