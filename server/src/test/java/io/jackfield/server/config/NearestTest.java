package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What somebody probably meant")
class NearestTest {
    private static final List<String> KNOWN = List.of("media.port", "media.ports", "http.port");

    @ParameterizedTest
    @CsvSource({
        "media.prot,media.port",
        "medai.ports,media.ports",
        "htp.port,http.port",
        "mediaport,media.port"
    })
    @DisplayName("is the known word with the fewest differing letters; a swap counts once")
    void findsTheNearest(String written, String meant) {
        assertThat(Nearest.to(written, KNOWN)).contains(meant);
    }

    @Test
    @DisplayName("is nothing when too much differs")
    void findsNothing() {
        assertThat(Nearest.to("colour", KNOWN)).isEmpty();
    }
}
