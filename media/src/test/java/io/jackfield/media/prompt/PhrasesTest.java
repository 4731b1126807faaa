package io.jackfield.media.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What callers are told")
class PhrasesTest {
    private static Prompt tone(int millis) {
        return Music.tone(440, 0.5, millis);
    }

    @Test
    @DisplayName("is their place, in the grammar of each language")
    void position() {
        assertThat(Phrases.position(23, Language.ENGLISH))
                .containsExactly("you-are-number", "20", "3", "in-line");
        assertThat(Phrases.position(23, Language.RUSSIAN))
                .containsExactly("you-are-number", "20", "3-ordinal", "in-line");
        assertThat(Phrases.position(0, Language.ENGLISH)).isEmpty();
        assertThat(Phrases.position(1_000, Language.ENGLISH)).isEmpty();
    }

    @Test
    @DisplayName("is how long it may take, in begun minutes")
    void estimate() {
        assertThat(Phrases.estimate(Duration.ofSeconds(59), Language.ENGLISH))
                .containsExactly("wait-below-minute");
        assertThat(Phrases.estimate(Duration.ofSeconds(60), Language.ENGLISH))
                .containsExactly("wait-is-about", "1", "minute-one");
        assertThat(Phrases.estimate(Duration.ofSeconds(61), Language.RUSSIAN))
                .containsExactly("wait-is-about", "2-feminine", "minute-few");
        assertThat(Phrases.estimate(Duration.ofMinutes(21), Language.RUSSIAN))
                .containsExactly("wait-is-about", "20", "1-feminine", "minute-one");
        assertThat(Phrases.estimate(Duration.ofMinutes(11), Language.RUSSIAN))
                .containsExactly("wait-is-about", "11", "minute-many");
        assertThat(Phrases.estimate(Duration.ofDays(1), Language.ENGLISH)).isEmpty();
    }

    @Test
    @DisplayName("is which key to press")
    void key() {
        assertThat(Phrases.callBack('1')).containsExactly("press-for-call-back", "1");
        assertThat(Phrases.callBack('*')).containsExactly("press-for-call-back", "star");
        assertThat(Phrases.callBack('#')).containsExactly("press-for-call-back", "hash");
    }

    @Test
    @DisplayName(
            "comes from the site's own prompts first, by language, and then from those built in")
    void prompts() {
        Prompt russian = tone(100);
        Prompt any = tone(200);
        Prompt builtIn = tone(300);
        PromptSet set =
                new PromptSet(
                                Map.of(
                                        new PromptSet.Key("closed", Optional.of(Language.RUSSIAN)),
                                        russian,
                                        new PromptSet.Key("closed", Optional.empty()),
                                        any),
                                PromptSet.BuiltIn.NOTHING)
                        .with((name, _) -> Optional.of(builtIn).filter(_ -> name.equals("busy")));
        assertThat(set.find("closed", Language.RUSSIAN)).contains(russian);
        assertThat(set.find("closed", Language.ENGLISH)).contains(any);
        assertThat(set.find("busy", Language.ENGLISH)).contains(builtIn);
        assertThat(set.find("nothing", Language.ENGLISH)).isEmpty();
        assertThat(set.say(List.of("closed", "nothing"), Language.ENGLISH)).isEmpty();
        assertThat(set.say(List.of(), Language.ENGLISH)).isEmpty();
        assertThat(set.say(List.of("closed", "busy"), Language.ENGLISH))
                .hasValueSatisfying(
                        p -> assertThat(p.duration()).isEqualTo(Duration.ofMillis(200 + 60 + 300)));
        assertThat(PromptSet.names(Set.of(new PromptSet.Key("own", Optional.empty()))))
                .contains("own", "default", "closed");
    }

    @Test
    @DisplayName("has no silence at its ends")
    void trimmed() {
        short[] samples = new short[1_000];
        for (int i = 400; i < 500; i++) {
            samples[i] = 10_000;
        }
        assertThat(new Prompt(samples).trimmed().length()).isEqualTo(100);
        assertThat(new Prompt(new short[10]).trimmed().length()).isEqualTo(10);
    }
}
