package io.jackfield.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.storage.Records;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call record as a line of JSON")
class CdrLineTest {
    @Test
    @DisplayName("comes back as it was, whether much or little is known")
    void roundTrips() {
        for (Cdr cdr : new Cdr[] {Records.full(1), Records.sparse(2)}) {
            assertThat(CdrLine.decode(line(cdr))).contains(cdr);
        }
    }

    @Test
    @DisplayName("is one line, whatever a caller calls himself")
    void isOneLine() {
        String line = new String(CdrLine.encode(Records.sparse(1)), StandardCharsets.UTF_8);

        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContain("\n").contains("Анна");
    }

    @Test
    @DisplayName("leaves out what is not known rather than writing 0")
    void leavesOutTheUnknown() {
        assertThat(line(Records.sparse(1)))
                .doesNotContain("heard")
                .doesNotContain("codec")
                .doesNotContain("answered_by");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"id\":\"1\"}",
                "\u0000\u0000",
                "{\"id\":\"1\",\"direction\":\"SIDEWAYS\"}"
            })
    @DisplayName("that is damaged is no record, and no exception")
    void surviveDamage(String line) {
        assertThat(CdrLine.decode(line)).isEmpty();
    }

    private static String line(Cdr cdr) {
        return new String(CdrLine.encode(cdr), StandardCharsets.UTF_8).strip();
    }
}
