package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Addresses with display names (RFC 3261 §20.10, §25.1)")
class NameAddressTest {
    private static NameAddress address(String text) {
        return NameAddress.parse(text).orElseThrow();
    }

    @Test
    @DisplayName("parameters belong to the header unless brackets stand around the URI (§20.10)")
    void whoseParameters() {
        assertThat(address("sip:a@b.example;tag=1").tag()).contains("1");
        assertThat(address("sip:a@b.example;tag=1").uri().text()).isEqualTo("sip:a@b.example");
        assertThat(address("<sip:a@b.example;x=1>;tag=2").uri().text())
                .isEqualTo("sip:a@b.example;x=1");
        assertThat(address("<sip:a@b.example;x=1>;tag=2").parameters().has("x")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"A. G. Bell\" <sip:a@b.example>;tag=1' | 'A. G. Bell'",
                "'A. G. Bell <sip:a@b.example>' | 'A. G. Bell'",
                "'\"say \\\"hi\\\" \\\\ \" <sip:a@b.example>' | 'say \"hi\" \\ '",
                "'\"<sip:x@y.example>\" <sip:a@b.example>' | '<sip:x@y.example>'",
                "'\"a, b; c\"<sip:a@b.example>' | 'a, b; c'",
                "'\"Зоя\" <sip:a@b.example>' | 'Зоя'"
            })
    @DisplayName("display names lose their quotes and get them back")
    void displayNames(String text, String name) {
        assertThat(address(text).displayName()).contains(name);
        assertThat(address(address(text).text())).isEqualTo(address(text));
        assertThat(address(text).uri()).isEqualTo(SipUri.of("a", "b.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>",
                "<sip:a@b.example",
                "sip:a@b.example>",
                "\"x <sip:a@b.example>",
                "\"x\" sip:a@b.example",
                "x sip:a@b.example",
                "< sip:a@b.example>",
                "<sip:a@b.example> x",
                "<sip:a@b.example>,<sip:c@d.example>",
                "sip:a@b.example,sip:c@d.example",
                "Bell, A <sip:a@b.example>",
                "Зоя <sip:a@b.example>",
                "<sip:a@b.example>;",
                "<sip:a@b.example>;;x",
                "<sip:a@b.example>;x=",
                "<sip:a@b.example>;x=y z",
                "<sip:a@b.example>;x=\"y",
                "sip:a@b.example?x=y",
                "alice@b.example"
            })
    @DisplayName("that break the grammar are none")
    void none(String text) {
        assertThat(NameAddress.parse(text)).isEmpty();
    }

    @Test
    @DisplayName(
            "feature tags keep their quotes (RFC 3840 §9), others get them when they need them")
    void quotes() {
        String text =
                "<sip:a@b.example>;+sip.instance=\"<urn:uuid:0>\";methods=\"INVITE\";q=0.7;x=[::1]";
        assertThat(address(text).text()).isEqualTo(text);
        assertThat(address(text).parameters().value("methods")).contains("INVITE");
        NameAddress made = NameAddress.of(SipUri.of("b.example"));
        assertThat(
                        new NameAddress(
                                        made.displayName(),
                                        made.uri(),
                                        Parameters.NONE.with("x", "a;b"))
                                .text())
                .isEqualTo("<sip:b.example>;x=\"a;b\"");
    }

    @ParameterizedTest
    @CsvSource({"1,1000", "1.0,1000", "1.000,1000", "0.333,333", "0.5,500", "0,0", "0.,0"})
    @DisplayName("q is read in thousandths (§25.1)")
    void q(String text, int thousandths) {
        assertThat(address("<sip:a@b.example>;q=" + text).qThousandths()).isEqualTo(thousandths);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "1.001", "0.1234", "x", "-0.1", ".5"})
    @DisplayName("q that is none counts as 1")
    void noQ(String text) {
        assertThat(address("<sip:a@b.example>;q=" + text).qThousandths()).isEqualTo(1000);
    }
}
