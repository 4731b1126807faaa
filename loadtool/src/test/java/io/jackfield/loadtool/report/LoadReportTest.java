package io.jackfield.loadtool.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.LegStatistics;
import io.jackfield.media.client.HeadlessReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The report of a run")
class LoadReportTest {
    private static HeadlessReport media(
            long sent, long heard, long damaged, long repeated, long... roundTripsNanos) {
        return new HeadlessReport(
                HeadlessReport.State.CONNECTED,
                Optional.of(Duration.ofMillis(2)),
                Optional.of(Duration.ofMillis(10)),
                Optional.of(Duration.ofMillis(30)),
                sent,
                heard,
                damaged,
                repeated,
                heard == 0 ? OptionalLong.empty() : OptionalLong.of(0),
                0,
                21.5,
                new HeadlessReport.RoundTrips(roundTripsNanos),
                new LegStatistics.Received(
                        heard,
                        0,
                        0,
                        0,
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        List.of()),
                new LegStatistics.Sent(sent, 0, List.of()),
                Optional.empty());
    }

    private static PhoneResult phone(String user, HeadlessReport media) {
        return new PhoneResult(
                user,
                Optional.empty(),
                Optional.of(Duration.ofMillis(5)),
                Optional.of(Duration.ofMillis(14)),
                "opus/48000/2",
                Optional.of(media));
    }

    private static PhoneResult failed(String user, String why) {
        return new PhoneResult(
                user, Optional.of(why), Optional.empty(), Optional.empty(), "", Optional.empty());
    }

    private static LoadReport report(PhoneResult... phones) {
        return new LoadReport("600", Duration.ofSeconds(60), List.of(phones), Optional.empty());
    }

    @Nested
    @DisplayName("is flawless")
    class Flawless {
        @Test
        @DisplayName("when all frames came back once and unchanged")
        void all() {
            assertThat(report(phone("a", media(3, 3, 0, 0)), phone("b", media(5, 5, 0, 0))))
                    .returns(true, LoadReport::flawless)
                    .returns(new LoadReport.Frames(8, 8, 0, 0, 0), LoadReport::frames)
                    .returns(2L, LoadReport::succeeded);
        }

        @Test
        @DisplayName("not when one frame is lost, were it the first or the last of a call")
        void lost() {
            assertThat(report(phone("a", media(3, 2, 0, 0))).flawless()).isFalse();
        }

        @Test
        @DisplayName("not when one came twice, or changed, nor when none was sent")
        void otherFlaws() {
            assertThat(report(phone("a", media(3, 3, 0, 1))).flawless()).isFalse();
            assertThat(report(phone("a", media(3, 3, 1, 0))).flawless()).isFalse();
            assertThat(report(phone("a", media(0, 0, 0, 0))).flawless()).isFalse();
        }

        @Test
        @DisplayName("not when a phone did not get through")
        void problem() {
            LoadReport report = report(phone("a", media(3, 3, 0, 0)), failed("b", "486 Busy"));

            assertThat(report.flawless()).isFalse();
            assertThat(report.succeeded()).isEqualTo(1);
            assertThat(TextReport.write(report)).contains("b          486 Busy");
            assertThat(JsonReport.write(report)).contains("\"problem\": \"486 Busy\"");
        }
    }

    @Test
    @DisplayName("takes round trips of all phones together, not of each by itself")
    void roundTrips() {
        LoadReport report =
                report(
                        phone("a", media(3, 3, 0, 0, 1_000_000, 2_000_000, 3_000_000)),
                        phone("b", media(1, 1, 0, 0, 9_000_000)));

        assertThat(report.roundTrips()).isEqualTo(new Percentiles(4, 2, 9, 9, 9));
    }

    @Test
    @DisplayName("names packets, times and the server's use in words")
    void text() {
        LoadReport report =
                new LoadReport(
                        "600",
                        Duration.ofSeconds(60),
                        List.of(phone("a", media(3, 2, 0, 0, 1_500_000))),
                        Optional.of(new ServerUse(6, 10, 150, 160)));

        assertThat(TextReport.write(report))
                .contains("1, of which 1 talked to 600 for 60.0 s with opus/48000/2")
                .contains("3 sent, 2 echoed, 1 lost, 0 duplicated, 0 corrupted")
                .containsPattern("INVITE -> 200 +14\\.00 +14\\.00")
                .contains("CPU 6.00 s = 10.0 % of a core; memory 150 MiB, at most 160 MiB");
    }

    @Test
    @DisplayName("as JSON holds the same, with text escaped")
    void json() {
        LoadReport report =
                new LoadReport(
                        "600",
                        Duration.ofSeconds(60),
                        List.of(failed("a", "say \"no\"\n\\")),
                        Optional.of(new ServerUse(6, 10, 150, 160)));

        assertThat(JsonReport.write(report))
                .startsWith("{\n  \"flawless\": false,\n  \"number\": \"600\",")
                .contains("\"core_percent\": 10.000")
                .contains("\"problem\": \"say \\\"no\\\"\\u000a\\\\\"")
                .endsWith("}");
    }
}
