package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which of several refusals the caller hears (RFC 3261 §16.7 step 6)")
class FailuresTest {
    private static int best(int... statuses) {
        Failures failures = new Failures();
        for (int status : statuses) {
            failures.add(status);
        }
        return failures.best();
    }

    @Test
    @DisplayName("any 6xx goes before all others, wherever it stands")
    void sixHundreds() {
        assertThat(best(404, 603, 486)).isEqualTo(603);
        assertThat(best(600, 500, 404)).isEqualTo(600);
        assertThat(best(503, 604)).isEqualTo(604);
    }

    @Test
    @DisplayName("without one the lowest class counts")
    void lowestClass() {
        assertThat(best(503, 404)).isEqualTo(404);
        assertThat(best(500, 480)).isEqualTo(480);
    }

    @Test
    @DisplayName("busy tells more than a phone that did not answer")
    void person() {
        assertThat(best(408, 480, 486)).isEqualTo(486);
        assertThat(best(487, 404)).isEqualTo(404);
        assertThat(best(408, 415)).isEqualTo(415);
    }

    @Test
    @DisplayName("a challenge is never passed on: the caller could answer it with nothing")
    void challenges() {
        assertThat(best(401)).isEqualTo(500);
        assertThat(best(407)).isEqualTo(500);
        assertThat(best(401, 486)).isEqualTo(486);
    }

    @Test
    @DisplayName("a redirection that is not followed means that nobody is there")
    void redirections() {
        assertThat(best(302)).isEqualTo(480);
        assertThat(best(302, 486)).isEqualTo(486);
    }

    @Test
    @DisplayName("nobody said anything: 480; what was forgotten does not count")
    void nothing() {
        Failures failures = new Failures();
        failures.add(603);
        failures.clear();
        assertThat(failures.best()).isEqualTo(480);
    }

    @Test
    @DisplayName("another trunk may help after 5xx and silence, not after the called one's answer")
    void anotherTrunk() {
        assertThat(List.of(500, 502, 503, 504, 408)).allMatch(Failures::anotherTrunkMayHelp);
        assertThat(List.of(404, 480, 484, 486, 488, 600, 603))
                .noneMatch(Failures::anotherTrunkMayHelp);
    }
}
