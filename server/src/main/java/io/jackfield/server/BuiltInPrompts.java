package io.jackfield.server;

import io.jackfield.media.codec.Opus;
import io.jackfield.media.prompt.Language;
import io.jackfield.media.prompt.Music;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.prompt.PromptFile;
import io.jackfield.media.prompt.PromptSet;
import io.jackfield.media.prompt.UnusablePrompt;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The prompts that come with the server, said by eSpeak NG when it was built; each is decoded when
 * it is first needed.
 *
 * <p>Thread-safety: any thread; the first time waits for the disk.
 */
final class BuiltInPrompts implements PromptSet.BuiltIn {
    private static final System.Logger LOG = System.getLogger(BuiltInPrompts.class.getName());
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private record Key(String name, Language language) {}

    private final Map<Key, Optional<Prompt>> known = new ConcurrentHashMap<>();
    private final Prompt music = Music.melody();

    @Override
    public Optional<Prompt> find(String name, Language language) {
        if (name.equals(PromptSet.DEFAULT_MUSIC)) {
            return Optional.of(music);
        }
        return NAME.matcher(name).matches()
                ? known.computeIfAbsent(new Key(name, language), BuiltInPrompts::read)
                : Optional.empty();
    }

    private static Optional<Prompt> read(Key key) {
        String folder =
                switch (key.language()) {
                    case ENGLISH -> "en";
                    case RUSSIAN -> "ru";
                };
        String file = "prompts/" + folder + "/" + key.name() + ".wav";
        try (InputStream in = BuiltInPrompts.class.getResourceAsStream(file)) {
            if (in == null) {
                return missing(file, "it is not there");
            }
            return Optional.of(
                    PromptFile.decode(ByteBuffer.wrap(in.readAllBytes()), Opus.best()).trimmed());
        } catch (IOException | UnusablePrompt unusable) {
            return missing(file, String.valueOf(unusable.getMessage()));
        }
    }

    private static Optional<Prompt> missing(String file, String reason) {
        LOG.log(
                Level.WARNING,
                "a built-in prompt cannot be said file={0} reason={1}",
                file,
                reason);
        return Optional.empty();
    }
}
