package io.jackfield.server.config;

import io.jackfield.media.codec.Opus;
import io.jackfield.media.prompt.Language;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.prompt.PromptFile;
import io.jackfield.media.prompt.PromptSet;
import io.jackfield.media.prompt.UnusablePrompt;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code prompts:}, the site's own sounds. They are decoded here, once a file. */
final class PromptReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final Path folder;
    private final Map<PromptSet.Key, Prompt> prompts = new HashMap<>();
    private final Map<Path, Optional<Prompt>> files = new HashMap<>();
    private Optional<Opus> opus = Optional.empty();

    /**
     * @param folder where relative paths start
     */
    PromptReader(Path folder) {
        this.folder = folder;
    }

    /** {@code {name: closed, file: closed.wav, language: ru}}. */
    void read(Fields fields) {
        Optional<String> name =
                fields.required("name", Form.text("small letters, digits and dashes", NAME));
        Optional<Path> file = fields.required("file", Form.path("a WAV or Ogg Opus file"));
        Optional<Language> language = fields.optional("language", QueueReader.language());
        Optional<Prompt> prompt = file.flatMap(f -> decode(fields, "file", folder.resolve(f)));
        if (name.isPresent() && prompt.isPresent()) {
            PromptSet.Key key = new PromptSet.Key(name.get(), language);
            if (prompts.putIfAbsent(key, prompt.get()) != null) {
                fields.problem(
                        fields.placeOf("name"),
                        "prompt " + name.get() + " is there twice",
                        "Remove one, or give each a language.");
            }
        }
        fields.finish();
    }

    /** The sound of that file; empty, and told, when it cannot be decoded. */
    Optional<Prompt> decode(Fields fields, String field, Path file) {
        Optional<Prompt> known = files.get(file);
        if (known != null) {
            return known;
        }
        Optional<Prompt> prompt = Optional.empty();
        try {
            if (opus.isEmpty()) {
                opus = Optional.of(Opus.best());
            }
            prompt = Optional.of(PromptFile.read(file, opus.get()));
        } catch (UnusablePrompt unusable) {
            fields.problem(
                    fields.placeOf(field),
                    file + " " + unusable.getMessage(),
                    "Give it a WAV or Ogg Opus file of at most ten minutes.");
        }
        files.put(file, prompt);
        return prompt;
    }

    /** The name of one of these prompts. */
    static Form<String> known(Set<String> prompts) {
        Form<String> name = Form.text("the name of a prompt");
        return new Form<>(
                name.description(),
                value -> {
                    String text = name.read(value);
                    if (prompts.contains(text)) {
                        return text;
                    }
                    throw new InvalidValue(
                            value.place(),
                            "names the prompt " + text + ", which is not there",
                            Nearest.to(text, prompts)
                                    .map(near -> "Did you mean " + near + "?")
                                    .orElse("Add it under prompts:, with its file."));
                });
    }

    /** What may be named. */
    Set<String> names() {
        return PromptSet.names(prompts.keySet());
    }

    /** The site's own; nothing is built in yet. */
    PromptSet prompts() {
        return new PromptSet(prompts, PromptSet.BuiltIn.NOTHING);
    }
}
