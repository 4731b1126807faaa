package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Replaces (RFC 3891)")
class ReplacesTest {
    @Test
    @DisplayName("is read as §6.1 writes it, in any order and with what we do not know")
    void read() {
        Replaces expected = new Replaces("425928@bobster.example.org", "7743", "6472", false);
        assertThat(Replaces.parse("425928@bobster.example.org;to-tag=7743;from-tag=6472"))
                .contains(expected);
        assertThat(Replaces.parse("425928@bobster.example.org ; from-tag=6472;x=1 ;to-tag=7743"))
                .contains(expected);
        assertThat(Replaces.parse(expected.text())).contains(expected);
    }

    @Test
    @DisplayName("may be for early dialogs alone")
    void earlyOnly() {
        Replaces early = new Replaces("a", "b", "c", true);
        assertThat(Replaces.parse(early.text())).contains(early);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a;to-tag=1",
                "a;from-tag=1",
                ";to-tag=1;from-tag=2",
                "a;;;",
                "a;to-tag=\"1"
            })
    @DisplayName("of another form is none")
    void broken(String value) {
        assertThat(Replaces.parse(value)).isEmpty();
    }
}
