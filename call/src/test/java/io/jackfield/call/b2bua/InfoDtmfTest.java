package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key press in an INFO")
class InfoDtmfTest {
    private static Optional<InfoDtmf> read(String type, String body) {
        return InfoDtmf.parse(type, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("dtmf-relay names signal and duration")
    void relay() {
        assertThat(read("application/dtmf-relay", "Signal=5\r\nDuration=250\r\n"))
                .contains(new InfoDtmf('5', 250));
        assertThat(read("Application/DTMF-Relay; charset=utf-8", "signal = #\nduration = 100"))
                .contains(new InfoDtmf('#', 100));
    }

    @Test
    @DisplayName("application/dtmf is the digit alone")
    void bare() {
        assertThat(read("application/dtmf", " d\r\n")).contains(new InfoDtmf('D', 160));
    }

    @Test
    @DisplayName(
            "a duration that is missing or no number is 160 ms; others are moved to the bounds")
    void durations() {
        assertThat(read("application/dtmf-relay", "Signal=1")).contains(new InfoDtmf('1', 160));
        assertThat(read("application/dtmf-relay", "Signal=1\nDuration=long"))
                .contains(new InfoDtmf('1', 160));
        assertThat(read("application/dtmf-relay", "Signal=1\nDuration=-7"))
                .contains(new InfoDtmf('1', 40));
        assertThat(read("application/dtmf-relay", "Signal=1\nDuration=99999"))
                .contains(new InfoDtmf('1', 5000));
    }

    @Test
    @DisplayName("what is no key is nothing")
    void nonsense() {
        for (String signal : List.of("", "E", "12", "10", "ß", "\0", "Signal=")) {
            assertThat(read("application/dtmf-relay", "Signal=" + signal)).as(signal).isEmpty();
            assertThat(read("application/dtmf", signal)).as(signal).isEmpty();
        }
        assertThat(read("text/plain", "5")).isEmpty();
        assertThat(read("", "")).isEmpty();
    }
}
