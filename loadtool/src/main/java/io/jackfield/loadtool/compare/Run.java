package io.jackfield.loadtool.compare;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run of one peer.
 *
 * @param figures none where it does not count
 * @param whyNot in words, where it does not count
 */
record Run(Map<Figure, Double> figures, Optional<String> whyNot) {
    Run {
        figures = figures.isEmpty() ? Map.of() : new EnumMap<>(figures);
    }

    static Run counted(Map<Figure, Double> figures) {
        return new Run(figures, Optional.empty());
    }

    static Run discarded(String why) {
        return new Run(Map.of(), Optional.of(why));
    }

    /** With one figure more, where it counts and there is one. */
    Run with(Figure figure, Optional<Double> value) {
        if (whyNot.isPresent() || value.isEmpty()) {
            return this;
        }
        Map<Figure, Double> more = new EnumMap<>(Figure.class);
        more.putAll(figures);
        more.put(figure, value.get());
        return counted(more);
    }

    /** On one line. */
    String words() {
        return figures.entrySet().stream()
                .map(f -> String.format(Locale.ROOT, "%s %.4f", f.getKey(), f.getValue()))
                .collect(Collectors.joining("; "));
    }

    Optional<Double> get(Figure figure) {
        return Optional.ofNullable(figures.get(figure));
    }
}
