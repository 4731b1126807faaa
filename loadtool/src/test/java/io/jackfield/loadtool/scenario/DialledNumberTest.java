package io.jackfield.loadtool.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A number with places")
class DialledNumberTest {
    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
        "600, agent0042, 600",
        "1{n:3}, agent0042, 1042",
        "9{n}, agent0042, 942",
        "{user}, agent0042, agent0042",
        "{n:3}{n}, a7b, 0077",
        "9{n:4}, anna, 90000",
        "{m}, agent0042, {m}"
    })
    @DisplayName("is filled in from the user's name")
    void filled(String pattern, String user, String number) {
        assertThat(DialledNumber.of(pattern, user)).isEqualTo(number);
    }
}
