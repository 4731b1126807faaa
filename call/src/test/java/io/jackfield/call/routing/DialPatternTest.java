package io.jackfield.call.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Dial patterns, as Asterisk writes them")
class DialPatternTest {
    @ParameterizedTest(name = "{0} takes {1}: {2}")
    @CsvSource({
        "600, 600, true",
        "600, 6000, false",
        "_9X., 95, false",
        "_9X., 951, true",
        "_9X., 95551234, true",
        "_9X., 8951, false",
        "_9X!, 95, true",
        "_1XXX, 1002, true",
        "_1XXX, 10021, false",
        "_1XXX, 100, false",
        "_1XXX, 1a02, false",
        "_NZX, 210, true",
        "_NZX, 110, false",
        "_NZX, 200, false",
        "_[2-4]X, 39, true",
        "_[2-4]X, 59, false",
        "_[24]X, 39, false",
        "_+7XXX, +7495, true",
    })
    @DisplayName("match whole strings")
    void matches(String pattern, String dialled, boolean expected) {
        assertThat(new DialPattern(pattern).match(dialled).isPresent()).isEqualTo(expected);
    }

    @Test
    @DisplayName("tell what their wildcards stood for")
    void wildcards() {
        assertThat(new DialPattern("_1XXX").match("1002")).contains("002");
        assertThat(new DialPattern("_8[2-5]X.").match("83456")).contains("3456");
    }

    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource({"_911, _9X., ", "600, _6XX, ", "_9NX., _9X., ", "_9XX, _9X., ", "_[12]X, _NX,"})
    @DisplayName("that allow less win at the first difference")
    void specificity(String narrow, String wide) {
        assertThat(new DialPattern(narrow).moreSpecificThan(new DialPattern(wide))).isNegative();
        assertThat(new DialPattern(wide).moreSpecificThan(new DialPattern(narrow))).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"_", "_[12", "_[]", "_9.X", "''"})
    @DisplayName("that mean nothing are refused, with what to write instead")
    void invalid(String pattern) {
        assertThatThrownBy(() -> new DialPattern(pattern)).isInstanceOf(InvalidSite.class);
    }
}
