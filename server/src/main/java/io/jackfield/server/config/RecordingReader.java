package io.jackfield.server.config;

import io.jackfield.call.routing.RecordingRule;
import io.jackfield.media.prompt.Prompt;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code recording:} and {@code consent:}, which agents, trunks, routes, numbers, queues and
 * the site itself may have.
 */
final class RecordingReader {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(?:\\.(\\d{1,2}))?\\s*%");

    private final Path folder;
    private final PromptReader prompts;
    private Optional<Prompt> standardConsent = Optional.empty();

    /**
     * @param folder where relative paths start
     */
    RecordingReader(Path folder, PromptReader prompts) {
        this.folder = folder;
        this.prompts = prompts;
    }

    /** The site's own rule, whose prompt is everybody's who names no other. */
    RecordingRule standard(Fields fields) {
        Optional<Integer> share = fields.optional("recording", share());
        standardConsent = consent(fields);
        return new RecordingRule(share.orElse(0), standardConsent);
    }

    /** The rule of one item; empty where it says nothing. */
    Optional<RecordingRule> rule(Fields fields) {
        Optional<Integer> share = fields.optional("recording", share());
        Optional<Prompt> consent = consent(fields);
        if (fields.has("consent") && !fields.has("recording")) {
            fields.problem(
                    fields.placeOf("consent"),
                    "has consent without recording",
                    "Say what is recorded, too, as in 'recording: all'.");
        }
        return share.map(s -> new RecordingRule(s, consent.or(() -> standardConsent)));
    }

    private Optional<Prompt> consent(Fields fields) {
        return fields.optional("consent", Form.path("a WAV or Ogg Opus file"))
                .flatMap(path -> prompts.decode(fields, "consent", folder.resolve(path)));
    }

    /** In hundredths of a percent. */
    private static Form<Integer> share() {
        return Form.scalar(
                "off, all, or a percentage as 25%",
                text ->
                        switch (text) {
                            // What YAML calls booleans is meant as it says.
                            case "off", "false" -> Optional.of(0);
                            case "all", "on", "true" -> Optional.of(RecordingRule.ALL);
                            default -> percent(text);
                        });
    }

    private static Optional<Integer> percent(String text) {
        Matcher matcher = PERCENT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String fraction = Optional.ofNullable(matcher.group(2)).orElse("");
        int hundredths =
                Integer.parseInt(matcher.group(1)) * 100
                        + Integer.parseInt((fraction + "00").substring(0, 2));
        return Optional.of(hundredths).filter(h -> h <= RecordingRule.ALL);
    }
}
