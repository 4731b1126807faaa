package io.jackfield.loadtool.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What both PBXs are asked to do. */
enum Scenario {
    ECHO("browser to echo", 1, 2),
    TRUNK("browser to trunk, passed on as it is", 2, 1),
    TRANSCODED("browser's Opus to trunk's G.711", 2, 1),
    PAIRS("browser to browser, passed on as it is", 2, 2),
    SHORT("short calls to the echo", 1, 2),
    PHONES("phones that register with a PBX just started, then calls", 1, 2),
    LIMIT("browser to trunk, as many as hold", 2, 1);

    private static final List<Figure> STEADY =
            List.of(
                    Figure.CPU_PER_CALL,
                    Figure.DELAY_P50,
                    Figure.DELAY_P99,
                    Figure.DELAY_P999,
                    Figure.SPACING_P999,
                    Figure.LOSS,
                    Figure.LATENESS_P99,
                    Figure.MEMORY_PER_CALL,
                    Figure.ALLOCATED,
                    Figure.GC_PAUSE_MAX);

    private static final List<Figure> SHORT_CALLS =
            List.of(
                    Figure.CPU_PER_SHORT_CALL,
                    Figure.ANSWERED_P50,
                    Figure.ANSWERED_P99,
                    Figure.FIRST_MEDIA_P50,
                    Figure.FIRST_MEDIA_P99,
                    Figure.LOSS,
                    Figure.LATENESS_P99);

    private final String words;
    private final int passed;
    private final int protectedLegs;

    /**
     * @param passed packets that the PBX takes and sends for a call in 20 ms
     * @param protectedLegs how often each of these is opened or protected
     */
    Scenario(String words, int passed, int protectedLegs) {
        this.words = words;
        this.passed = passed;
        this.protectedLegs = protectedLegs;
    }

    /** By its name, without case. */
    static Optional<Scenario> named(String name) {
        return Arrays.stream(values()).filter(s -> s.key().equalsIgnoreCase(name)).findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Figure> figures() {
        return switch (this) {
            case ECHO, TRUNK, TRANSCODED, PAIRS -> STEADY;
            case SHORT -> SHORT_CALLS;
            case PHONES ->
                    List.of(Figure.MEMORY_PER_PHONE, Figure.CPU_PER_PHONE, Figure.MEMORY_PER_CALL);
            case LIMIT -> List.of(Figure.CALLS_HELD);
        };
    }

    int passed() {
        return passed;
    }

    int protectedLegs() {
        return protectedLegs;
    }

    /** True where what the machine takes at least says something: a PBX that only passes on. */
    boolean hasFloor() {
        return switch (this) {
            case ECHO, TRUNK, PAIRS -> true;
            case TRANSCODED, SHORT, PHONES, LIMIT -> false;
        };
    }

    /** True where memory is measured, of which a PBX keeps what it once had. */
    boolean wantsFreshPeer() {
        return this == PHONES;
    }

    @Override
    public String toString() {
        return words;
    }
}
