package io.jackfield.loadtool.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names of phones")
class PhoneNamesTest {
    @Test
    @DisplayName("a range counts with as many digits as its first name has")
    void range() {
        assertThat(PhoneNames.parse("agent0009-agent0011"))
                .containsExactly("agent0009", "agent0010", "agent0011");
        assertThat(PhoneNames.parse("8-11")).containsExactly("8", "9", "10", "11");
    }

    @Test
    @DisplayName("ranges and names may be mixed, and each counts once")
    void mixed() {
        assertThat(PhoneNames.parse("anna, b1-b2,anna,anna-maria"))
                .containsExactly("anna", "b1", "b2", "anna-maria");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,,b", "agent2-agent1", "a1-b2", "a01-a2", "a0-a10000"})
    @DisplayName("what is no list of names, or far too long, is refused in words")
    void refused(String list) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PhoneNames.parse(list))
                .withMessageMatching(".*(empty name|is no range|more than 10000 phones).*");
    }
}
