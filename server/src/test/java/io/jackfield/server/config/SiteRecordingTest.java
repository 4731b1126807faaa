package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jackfield.call.routing.RecordingPlan;
import io.jackfield.call.routing.RecordingRule;
import io.jackfield.call.routing.Site;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("site.yaml says what is recorded")
class SiteRecordingTest {
    @TempDir private Path folder;

    private Site load(String yaml) throws IOException {
        Path file = folder.resolve("site.yaml");
        Files.writeString(file, yaml);
        return SiteLoader.load(file, "realm").calls();
    }

    private Problem problemOf(String yaml) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> load(yaml));
        assertThat(thrown.problems()).hasSize(1);
        return thrown.problems().getFirst();
    }

    private void tone(String name) throws IOException {
        ByteBuffer wav = ByteBuffer.allocate(44 + 1_600).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 1_600);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(1_600);
        for (int i = 0; i < 800; i++) {
            wav.putShort((short) (8_000 * Math.sin(i * 0.4)));
        }
        Files.write(folder.resolve(name), wav.array());
    }

    @Test
    @DisplayName("of the site, an agent, a trunk, a route, a number and a queue, by share")
    void everywhere() throws IOException {
        tone("all.wav");
        tone("queue.wav");
        Site site =
                load(
                        """
                        recording: 25%
                        consent: all.wav
                        agents:
                          - {name: anna, password: a, recording: off}
                          - {range: agent01-agent02, password: "{name}", recording: all}
                        trunks:
                          - {name: carrier, host: 192.0.2.1, recording: 0.5%}
                        routes:
                          - {pattern: _9X., trunks: [carrier], recording: 100%}
                        numbers:
                          - {pattern: _8X., agent: anna, recording: 10.25 %}
                        queues:
                          - {number: "700", members: [anna], recording: all, consent: queue.wav}
                        """);
        RecordingPlan plan = site.recording();
        assertThat(plan.standard().share()).isEqualTo(2_500);
        assertThat(plan.agents().get("anna").share()).isZero();
        assertThat(plan.agents().get("agent02").share()).isEqualTo(RecordingRule.ALL);
        assertThat(plan.trunks().get("carrier").share()).isEqualTo(50);
        assertThat(plan.routes().get("_9X.").share()).isEqualTo(RecordingRule.ALL);
        assertThat(plan.numbers().get("_8X.").share()).isEqualTo(1_025);
        RecordingRule queue = plan.queues().get("700");
        assertThat(queue.consent()).isPresent().isNotEqualTo(plan.standard().consent());
        assertThat(plan.trunks().get("carrier").consent()).isEqualTo(plan.standard().consent());
        assertThat(plan.recordsAnything()).isTrue();
    }

    @Test
    @DisplayName("and nothing is recorded where it does not say so")
    void nothingByItself() throws IOException {
        Site site = load("agents: [{name: anna, password: a}]");
        assertThat(site.recording()).isEqualTo(RecordingPlan.NOTHING);
        assertThat(site.recording().recordsAnything()).isFalse();
        assertThat(site.recording().standard().consent()).isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("a prompt that cannot be decoded is refused with its name and why")
    void refusesPrompts() throws IOException {
        Files.writeString(folder.resolve("hold.wav"), "ID3 this is MP3");
        Problem problem = problemOf("recording: all\nconsent: hold.wav\n");
        assertThat(problem.what()).contains("hold.wav is neither WAV nor Ogg Opus");
        assertThat(problem.place()).hasToString(folder.resolve("site.yaml") + ":2:10");
        assertThat(problemOf("recording: all\nconsent: nowhere.wav\n").what())
                .endsWith("nowhere.wav does not exist");
    }

    @Test
    @DisplayName("mistakes are told with what to write")
    void tellsMistakes() {
        assertThat(problemOf("recording: 101%").remedy())
                .isEqualTo("It must be off, all, or a percentage as 25%.");
        assertThat(problemOf("recording: sometimes").remedy()).contains("percentage");
        assertThat(problemOf("agents: [{name: a, password: b, recoding: all}]").remedy())
                .isEqualTo("Did you mean recording?");
    }

    @Test
    @DisplayName("a prompt where nothing is recorded is a mistake")
    void consentNeedsRecording() throws IOException {
        tone("a.wav");
        assertThat(problemOf("agents: [{name: a, password: b, consent: a.wav}]").what())
                .contains("has consent without recording");
    }
}
