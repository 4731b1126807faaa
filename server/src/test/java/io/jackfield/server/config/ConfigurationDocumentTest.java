package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/configuration.md")
class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- keys: written by ConfigurationDocumentTest -->\n";
    private static final String END = "<!-- end of keys -->\n";

    /** Run with {@code -Dconfiguration.document=write} after a key was added. */
    @Test
    @DisplayName("lists every key with its form, default, variable and purpose")
    void listsEveryKey() throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if ("write".equals(System.getProperty("configuration.document"))) {
            text = text.substring(0, begin) + table() + text.substring(end);
            Files.writeString(DOCUMENT, text);
            end = text.indexOf(END);
        }

        assertThat(text.substring(begin, end)).isEqualTo(table());
    }

    @Test
    @DisplayName("shows files that can be read as they stand")
    void showsUsableFiles() throws IOException {
        List<String> examples = examples(Files.readString(DOCUMENT));
        Problems problems = new Problems();
        Yaml.Mapping process = YamlReader.readMapping("example", examples.get(0), problems);
        Settings settings = new Settings(process, Map.of(), Keys.ALL, problems);

        assertThat(problems.any()).isFalse();
        assertThat(Keys.ALL.stream().filter(settings::has)).hasSize(5);
        assertThat(SiteLoader.read("example", examples.get(1), "realm").calls().agents())
                .hasSize(1_002);
    }

    private static List<String> examples(String text) {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String table() {
        StringBuilder out = new StringBuilder();
        for (Key<?> key : Keys.ALL) {
            out.append("\n### `").append(key.path()).append("`\n\n");
            out.append(key.purpose()).append("\n\n");
            out.append("- is ").append(key.form().description()).append('\n');
            out.append("- default: ").append(key.standard()).append('\n');
            out.append("- variable: `").append(key.variable()).append("`\n");
        }
        return out.append('\n').toString();
    }
}
