package io.jackfield.media.prompt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prompts by name: a site's own, and the built-in ones where it has none of that name.
 *
 * <p>Thread-safety: any thread, as far as the built-in ones are.
 */
public final class PromptSet {
    /** The hold music that is there without a file. */
    public static final String DEFAULT_MUSIC = "default";

    private static final Duration PAUSE = Duration.ofMillis(60);

    /** Finds a built-in prompt; any thread. */
    @FunctionalInterface
    public interface BuiltIn {
        /** Nothing is built in. */
        BuiltIn NOTHING = (_, _) -> Optional.empty();

        Optional<Prompt> find(String name, Language language);
    }

    /**
     * One of the site's own.
     *
     * @param language empty for all
     */
    public record Key(String name, Optional<Language> language) {}

    private final Map<Key, Prompt> own;
    private final BuiltIn builtIn;

    public PromptSet(Map<Key, Prompt> own, BuiltIn builtIn) {
        this.own = Map.copyOf(own);
        this.builtIn = builtIn;
    }

    /** The same with these built in. */
    public PromptSet with(BuiltIn other) {
        return new PromptSet(own, other);
    }

    /** What a site with these prompts may name. */
    public static Set<String> names(Set<Key> own) {
        Set<String> names = new TreeSet<>(Phrases.SENTENCES);
        names.add(DEFAULT_MUSIC);
        own.forEach(key -> names.add(key.name()));
        return names;
    }

    /** In that language, else the site's own of no language, else what is built in. */
    public Optional<Prompt> find(String name, Language language) {
        return Optional.ofNullable(own.get(new Key(name, Optional.of(language))))
                .or(() -> Optional.ofNullable(own.get(new Key(name, Optional.empty()))))
                .or(() -> builtIn.find(name, language));
    }

    /** All of them one after the other; empty when one is not there, or there is none. */
    public Optional<Prompt> say(List<String> names, Language language) {
        List<Prompt> parts = new ArrayList<>();
        for (String name : names) {
            Optional<Prompt> part = find(name, language);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(Sequence.of(parts, PAUSE));
    }
}
