package io.jackfield.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A person's number in the log")
class PiiTest {
    @ParameterizedTest
    @CsvSource({
        "74951234567, 7********67",
        "12345, 1**45",
        "anna.schmidt, a*********dt",
        "1002, 1002",
        "600, 600",
        "7, 7"
    })
    @DisplayName("shows its first and its last two characters; an extension is shown whole")
    void hidden(String value, String shown) {
        assertThat(Pii.of(value)).hasToString(shown);
    }

    @Test
    @DisplayName("may be nothing at all")
    void empty() {
        assertThat(Pii.of("")).hasToString("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nx",
                "a\"b\"",
                "\u001b[2J",
                "\u202eab",
                "\u0000\u0000\u0000",
                "\u2028123456789",
                "12345678\r\n",
                "  \"ab\"",
                "\ud83d\ude00",
            })
    @DisplayName("ends no line and no quotation, and moves no cursor (threat T40)")
    void harmless(String hostile) {
        assertThat(Pii.of(hostile).toString()).matches("[!#-~]*");
    }

    @Test
    @DisplayName("takes no more room than a number would, however long it is made")
    void bounded() {
        String text = Pii.of("7" + "0".repeat(8_000) + "67").toString();
        assertThat(text).hasSize(32).startsWith("7*").endsWith("*67");
    }
}
