package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.media.prompt.Language;
import io.jackfield.media.prompt.Phrases;
import io.jackfield.media.prompt.PromptSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The built-in prompts")
class BuiltInPromptsTest {
    private final PromptSet prompts = new PromptSet(Map.of(), new BuiltInPrompts());

    @ParameterizedTest
    @EnumSource(Language.class)
    @DisplayName("can say every place, every wait and every key")
    void everything(Language language) {
        IntStream.rangeClosed(1, 999)
                .forEach(n -> {
                    assertSaid(Phrases.position(n, language), language);
                    assertSaid(Phrases.estimate(Duration.ofMinutes(n), language), language);
                });
        assertSaid(Phrases.estimate(Duration.ofSeconds(1), language), language);
        "0123456789*#".chars().forEach(key -> assertSaid(Phrases.callBack((char) key), language));
        Phrases.SENTENCES.forEach(name -> assertSaid(List.of(name), language));
        assertSaid(List.of(PromptSet.DEFAULT_MUSIC), language);
    }

    private void assertSaid(List<String> names, Language language) {
        assertThat(prompts.say(names, language))
                .as(names.toString())
                .hasValueSatisfying(p ->
                        assertThat(p.duration())
                                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(15)));
    }
}
