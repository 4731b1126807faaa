package io.jackfield.media.prompt;

import static io.jackfield.media.prompt.Language.ENGLISH;
import static io.jackfield.media.prompt.Language.RUSSIAN;
import static io.jackfield.media.prompt.Numbers.Gender.FEMININE;
import static io.jackfield.media.prompt.Numbers.Gender.MASCULINE;
import static io.jackfield.media.prompt.Numbers.Gender.NEUTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Numbers in words")
class NumbersTest {
    @Test
    @DisplayName("in English: three, twenty-three, three hundred forty-two")
    void english() {
        assertThat(Numbers.place(3, ENGLISH, MASCULINE)).containsExactly("3");
        assertThat(Numbers.place(13, ENGLISH, MASCULINE)).containsExactly("13");
        assertThat(Numbers.place(20, ENGLISH, MASCULINE)).containsExactly("20");
        assertThat(Numbers.cardinal(23, ENGLISH, MASCULINE)).containsExactly("20", "3");
        assertThat(Numbers.cardinal(100, ENGLISH, MASCULINE)).containsExactly("1", "hundred");
        assertThat(Numbers.cardinal(342, ENGLISH, MASCULINE))
                .containsExactly("3", "hundred", "40", "2");
        assertThat(Numbers.cardinal(911, ENGLISH, MASCULINE)).containsExactly("9", "hundred", "11");
    }

    @Test
    @DisplayName("in Russian 1 and 2 have a gender, at the end alone: одна, две, двадцать одно")
    void russianCardinals() {
        assertThat(Numbers.cardinal(1, RUSSIAN, MASCULINE)).containsExactly("1");
        assertThat(Numbers.cardinal(1, RUSSIAN, FEMININE)).containsExactly("1-feminine");
        assertThat(Numbers.cardinal(2, RUSSIAN, FEMININE)).containsExactly("2-feminine");
        assertThat(Numbers.cardinal(2, RUSSIAN, NEUTER)).containsExactly("2");
        assertThat(Numbers.cardinal(21, RUSSIAN, NEUTER)).containsExactly("20", "1-neuter");
        assertThat(Numbers.cardinal(11, RUSSIAN, FEMININE)).containsExactly("11");
        assertThat(Numbers.cardinal(12, RUSSIAN, FEMININE)).containsExactly("12");
        assertThat(Numbers.cardinal(342, RUSSIAN, FEMININE))
                .containsExactly("300", "40", "2-feminine");
        assertThat(Numbers.cardinal(200, RUSSIAN, FEMININE)).containsExactly("200");
    }

    @Test
    @DisplayName("a place in the line is an ordinal in Russian: третий, двадцать третий, сотый")
    void russianPlaces() {
        assertThat(Numbers.place(3, RUSSIAN, MASCULINE)).containsExactly("3-ordinal");
        assertThat(Numbers.place(3, RUSSIAN, FEMININE)).containsExactly("3-ordinal-feminine");
        assertThat(Numbers.place(23, RUSSIAN, MASCULINE)).containsExactly("20", "3-ordinal");
        assertThat(Numbers.place(40, RUSSIAN, MASCULINE)).containsExactly("40-ordinal");
        assertThat(Numbers.place(100, RUSSIAN, MASCULINE)).containsExactly("100-ordinal");
        assertThat(Numbers.place(115, RUSSIAN, MASCULINE)).containsExactly("100", "15-ordinal");
    }

    @Test
    @DisplayName("nouns go with them: один звонок, два звонка, пять, одиннадцать, двадцать один")
    void plurals() {
        assertThat(Numbers.plural(1, RUSSIAN)).isEqualTo(Numbers.Plural.ONE);
        assertThat(Numbers.plural(3, RUSSIAN)).isEqualTo(Numbers.Plural.FEW);
        assertThat(Numbers.plural(5, RUSSIAN)).isEqualTo(Numbers.Plural.MANY);
        assertThat(Numbers.plural(11, RUSSIAN)).isEqualTo(Numbers.Plural.MANY);
        assertThat(Numbers.plural(112, RUSSIAN)).isEqualTo(Numbers.Plural.MANY);
        assertThat(Numbers.plural(21, RUSSIAN)).isEqualTo(Numbers.Plural.ONE);
        assertThat(Numbers.plural(122, RUSSIAN)).isEqualTo(Numbers.Plural.FEW);
        assertThat(Numbers.plural(1, ENGLISH)).isEqualTo(Numbers.Plural.ONE);
        assertThat(Numbers.plural(2, ENGLISH)).isEqualTo(Numbers.Plural.MANY);
    }

    @Test
    @DisplayName("from 1 to 999 all differ, and few recordings are enough")
    void allDiffer() {
        for (Language language : Language.values()) {
            Set<List<String>> said = new HashSet<>();
            Set<String> words = new HashSet<>();
            for (int n = Numbers.MIN; n <= Numbers.MAX; n++) {
                said.add(Numbers.place(n, language, MASCULINE));
                words.addAll(Numbers.place(n, language, MASCULINE));
            }
            assertThat(said).hasSize(999);
            assertThat(words.size()).isLessThan(80);
        }
        assertThatThrownBy(() -> Numbers.place(0, ENGLISH, MASCULINE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Numbers.place(1_000, ENGLISH, MASCULINE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("are said one after the other, with silence between")
    void areSaidInSequence() {
        Prompt one = new Prompt(new short[] {1, 2, 3});
        Prompt two = new Prompt(new short[] {4});
        Prompt both = Sequence.of(List.of(one, two), Duration.ofMillis(1));
        assertThat(both.samples()).containsExactly(1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 4);
        assertThatThrownBy(() -> Sequence.of(List.of(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
