package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.server.config.PbxSite;
import io.jackfield.server.config.SiteLoader;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The route tester")
class RouteTesterTest {
    /** A Monday, 10 o'clock in Moscow. */
    private static final Instant MONDAY = Instant.parse("2026-11-23T07:00:00Z");

    private static final Instant NIGHT = Instant.parse("2026-11-23T20:00:00Z");

    private static final PbxSite SITE =
            SiteLoader.read(
                    "site.yaml",
                    """
                    timeZone: Europe/Moscow
                    agents:
                      - {name: anna, password: anna-secret}
                    trunks:
                      - {name: north, host: 192.0.2.1}
                      - {name: south, host: 192.0.2.2}
                    routes:
                      - {pattern: _9X., trunks: [north, south], strip: 1}
                    numbers:
                      - {pattern: "74951234567", menu: main}
                      - {pattern: "74957654321", queue: "700"}
                    queues:
                      - number: "700"
                        members: [anna]
                        hours: {mon-fri: "09:00-18:00"}
                        overflow: {closed: {queue: "701"}}
                      - number: "701"
                        members: [anna]
                        hours: {mon-fri: "09:00-20:00"}
                        overflow: {closed: {message: closed}}
                    menus:
                      - name: main
                        prompts: [please-wait]
                        keys: {"1": {queue: "700"}, "2": {menu: order}, "3": {number: "95551234"}}
                        otherwise: hangup
                      - name: order
                        prompts: [please-wait]
                        entry: {field: order, min: 3, max: 5, then: {number: anna}}
                        otherwise: {menu: main}
                    """,
                    "realm");

    private static String way(String number, Instant at, String keys) {
        return String.join(" → ", RouteTester.fromTrunk(SITE, number, at, keys).steps());
    }

    @Test
    @DisplayName("follows menus by the keys that are pressed")
    void menus() {
        assertThat(way("74951234567", MONDAY, "1")).isEqualTo("menu main → presses 1 → queue 700");
        assertThat(way("74951234567", MONDAY, "2123#"))
                .isEqualTo(
                        "menu main → presses 2 → menu order → presses 1 → presses 2 → presses 3 →"
                                + " presses # → has entered order 123 → rings anna");
        assertThat(way("74951234567", MONDAY, "3"))
                .endsWith("dials 5551234 over north, else dials 5551234 over south");
    }

    @Test
    @DisplayName("knows when queues are closed, and where callers go then")
    void hours() {
        assertThat(way("74957654321", MONDAY, "")).isEqualTo("queue 700");
        assertThat(way("74957654321", NIGHT, ""))
                .isEqualTo(
                        "queue 700 is closed → queue 701 is closed → hears closed, then the end");
    }

    @Test
    @DisplayName("says when nobody takes the call")
    void nowhere() {
        RouteTester.Way silent = RouteTester.fromTrunk(SITE, "74951234567", MONDAY, "");
        assertThat(silent.arrives()).isFalse();
        assertThat(silent.steps())
                .containsExactly(
                        "menu main",
                        "presses nothing",
                        "presses nothing",
                        "presses nothing",
                        "the call ends");
        RouteTester.Way unknown = RouteTester.fromTrunk(SITE, "1", MONDAY, "");
        assertThat(unknown.steps()).containsExactly("nobody has that number");
        assertThat(unknown.arrives()).isFalse();
        assertThat(RouteTester.fromAgent(SITE, "anna", MONDAY, "").arrives()).isTrue();
    }
}
