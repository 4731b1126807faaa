package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Warming up")
@Timeout(60)
class WarmUpTest {
    @TempDir private Path folder;

    @Test
    @DisplayName("makes whole calls, and leaves nothing behind")
    void leavesNothing() {
        assertThat(WarmUp.run(3, folder)).isPresent();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("that cannot be done is no more than a line in the log")
    void notFatal() {
        assertThat(WarmUp.run(3, folder.resolve("missing"))).isEmpty();
    }
}
