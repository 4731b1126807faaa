package io.jackfield.protocol.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Time grows with the length alone (reliability T24)")
class LinearTimeTest {
    private static final int LENGTH_START = 500;
    private static final int DOUBLINGS = 4;
    private static final int ROUNDS = 200;

    /** 2.2 for each doubling, over all of them, and as much again for a shared machine. */
    private static final double GROWTH_MAX = 2 * Math.pow(2.2, DOUBLINGS);

    static Stream<Arguments> inputs() {
        return Stream.of(
                line("nested comments", n -> "Retry-After: 1 " + "(".repeat(n)),
                line("folds", n -> "Subject: " + "a\r\n ".repeat(n / 4)),
                line(
                        "blanks before a semicolon",
                        n -> "Contact: <sip:a@b.example>" + " ".repeat(n) + "x"),
                line("parameters", n -> "Contact: <sip:a@b.example" + numbered(n / 8) + ">"),
                line(
                        "quotes and escapes",
                        n -> "Contact: \"" + "\\\"".repeat(n / 2) + "\" <sip:a@b.example>"),
                line("display names that are none", n -> "Contact: " + "a ".repeat(n / 2)),
                line("labels", n -> "Contact: <sip:" + "a.".repeat(n / 2) + ">"),
                line("percent signs", n -> "Contact: <sip:" + "%41".repeat(n / 3) + "@b.example>"),
                line("colons", n -> "Contact: <sip:[" + ":".repeat(n) + "]>"),
                line("commas", n -> "Via: " + ",".repeat(n)),
                line("Vias cut off", n -> "Via: " + "SIP/2.0/UDP a.example,".repeat(n / 22)));
    }

    private static Arguments line(String what, IntFunction<String> line) {
        return Arguments.of(what, line);
    }

    private static String numbered(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(";p").append(10_000 + i);
        }
        return out.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    @DisplayName("of the longest inputs")
    void linear(String what, IntFunction<String> line) {
        byte[] small = Parsing.bytes(Parsing.options(line.apply(LENGTH_START)));
        byte[] large = Parsing.bytes(Parsing.options(line.apply(LENGTH_START << DOUBLINGS)));
        shortest(small);
        shortest(large);
        double growth = (double) shortest(large) / shortest(small);
        assertThat(growth).as(what).isLessThan(GROWTH_MAX);
    }

    /** The shortest of many rounds: what is longer is another's share of the processor. */
    private static long shortest(byte[] bytes) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            ParseResult result = SipParser.parse(bytes);
            shortest = Math.min(shortest, System.nanoTime() - began);
            assertThat(result).isNotInstanceOf(ParseResult.KeepAlive.class);
        }
        return Math.max(1_000, shortest);
    }
}
