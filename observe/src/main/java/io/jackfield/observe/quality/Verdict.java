package io.jackfield.observe.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a call was like, in one sentence that names the bad link.
 *
 * @param blamed the links that were bad, the worst first; none where all was well
 * @param judgedSeconds how much of the call the figures stand on
 * @param badSeconds of it, in which one who listened could not be content
 * @param worstRunSeconds the longest run of bad seconds
 */
public record Verdict(
        List<Blame> blamed, long judgedSeconds, long badSeconds, long worstRunSeconds) {
    /** A link is blamed for one bad window of twenty, or more. */
    private static final double SHARE_MIN = 0.05;

    public Verdict {
        blamed = List.copyOf(blamed);
    }

    /**
     * A link that was bad.
     *
     * @param party the agent or the trunk; empty for our own machine
     * @param kind of trouble that it had most
     * @param mean of it, over the windows in which it had it
     * @param worst of it
     * @param fromMillis since the call began
     * @param toMillis the same
     * @param seconds in which it was bad, at most all of that time
     */
    public record Blame(
            Link link,
            String party,
            Trouble.Kind kind,
            double mean,
            double worst,
            long fromMillis,
            long toMillis,
            long seconds) {}

    /** True where there was too little to judge. */
    public boolean tooShort() {
        return judgedSeconds < 4;
    }

    /** Share of bad seconds, 0 to 1. */
    public double badShare() {
        return judgedSeconds == 0 ? 0 : (double) badSeconds / judgedSeconds;
    }

    // ---- how it is found

    /** Of the legs of a call. */
    static Verdict of(List<CallQuality.Leg> legs) {
        List<Blame> blamed = new ArrayList<>();
        for (CallQuality.Leg leg : legs) {
            blame(leg, true).ifPresent(blamed::add);
            blame(leg, false).ifPresent(blamed::add);
        }
        machine(legs).ifPresent(blamed::add);
        blamed.sort(
                Comparator.comparing((Blame b) -> b.link() != Link.MACHINE)
                        .thenComparing(Blame::kind)
                        .thenComparing(Comparator.comparingLong(Blame::seconds).reversed()));
        long judged = 0;
        long bad = 0;
        long run = 0;
        for (CallQuality.Leg leg : legs) {
            long legJudged = 0;
            long legBad = 0;
            long running = 0;
            for (MeasuredWindow window : leg.windows()) {
                long millis = window.toMillis() - window.fromMillis();
                legJudged += millis;
                legBad += window.bad() ? millis : 0;
                running = window.bad() ? running + millis : 0;
                run = Math.max(run, running);
            }
            judged = Math.max(judged, legJudged);
            bad = Math.max(bad, legBad);
        }
        return new Verdict(
                blamed, Math.round(judged / 1e3), Math.round(bad / 1e3), Math.round(run / 1e3));
    }

    private static Optional<Blame> blame(CallQuality.Leg leg, boolean toUs) {
        return blame(
                Link.of(leg.agent(), toUs),
                leg.party(),
                leg.windows(),
                leg.windows().stream()
                        .map(w ->
                                toUs
                                        ? w.toUs().trouble()
                                        : w.fromUs().flatMap(MeasuredWindow.Direction::trouble))
                        .map(t -> t.filter(x -> x.kind() != Trouble.Kind.BUSY))
                        .toList());
    }

    private static Optional<Blame> machine(List<CallQuality.Leg> legs) {
        return legs.stream()
                .map(leg ->
                        blame(
                                Link.MACHINE,
                                "",
                                leg.windows(),
                                leg.windows().stream()
                                        .map(w ->
                                                w.toUs()
                                                        .trouble()
                                                        .filter(x -> x.kind() == Trouble.Kind.BUSY))
                                        .toList()))
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(Blame::seconds));
    }

    private static Optional<Blame> blame(
            Link link,
            String party,
            List<MeasuredWindow> windows,
            List<Optional<Trouble>> troubles) {
        Map<Trouble.Kind, Integer> counts = new EnumMap<>(Trouble.Kind.class);
        troubles.forEach(t -> t.ifPresent(x -> counts.merge(x.kind(), 1, Integer::sum)));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0 || all < SHARE_MIN * windows.size()) {
            return Optional.empty();
        }
        Trouble.Kind kind =
                counts.entrySet().stream()
                        .max(
                                Map.Entry.<Trouble.Kind, Integer>comparingByValue()
                                        .thenComparing(
                                                Map.Entry.comparingByKey(
                                                        Comparator.reverseOrder())))
                        .orElseThrow()
                        .getKey();
        double sum = 0;
        double worst = 0;
        long from = -1;
        long to = 0;
        long millis = 0;
        int times = 0;
        for (int i = 0; i < windows.size(); i++) {
            if (troubles.get(i).filter(t -> t.kind() == kind).isPresent()) {
                double amount = troubles.get(i).get().amount();
                sum += amount;
                times++;
                worst = Math.max(worst, amount);
                from = from < 0 ? windows.get(i).fromMillis() : from;
                to = windows.get(i).toMillis();
                millis += to - windows.get(i).fromMillis();
            }
        }
        return Optional.of(
                new Blame(
                        link,
                        party,
                        kind,
                        sum / Math.max(1, times),
                        worst,
                        from,
                        to,
                        Math.round(millis / 1e3)));
    }

    // ---- in words

    /** The languages of the screens. */
    public enum Language {
        EN,
        RU
    }

    /** One sentence. */
    public String words(Language language) {
        boolean english = language == Language.EN;
        if (tooShort()) {
            return english ? "Too short to judge." : "Слишком коротко, чтобы судить.";
        }
        if (blamed.isEmpty()) {
            return english
                    ? "Both sides heard each other well."
                    : "Обе стороны хорошо слышали друг друга.";
        }
        Blame worst = blamed.getFirst();
        String sentence = english ? english(worst) : russian(worst);
        return blamed.size() == 1
                ? sentence
                : sentence
                        + (english ? " Also: " : " Также: ")
                        + String.join(
                                "; ",
                                blamed.stream()
                                        .skip(1)
                                        .map(b -> english ? name(b) : nameInRussian(b))
                                        .toList())
                        + ".";
    }

    private static String english(Blame blame) {
        String when = " from " + clock(blame.fromMillis()) + " to " + clock(blame.toMillis());
        String what =
                switch (blame.kind()) {
                    case OUTAGE -> "carried nothing for a while" + when;
                    case LOSS ->
                            String.format(
                                            Locale.ROOT,
                                            "lost %.1f %% (at worst %.1f %%)",
                                            blame.mean(),
                                            blame.worst())
                                    + when;
                    case JITTER ->
                            String.format(
                                            Locale.ROOT,
                                            "delivered unevenly, by %.0f ms (at worst %.0f ms),",
                                            blame.mean(),
                                            blame.worst())
                                    + when;
                    case DELAY ->
                            String.format(
                                            Locale.ROOT,
                                            "took %.0f ms more than it should (at worst %.0f ms)",
                                            blame.mean(),
                                            blame.worst())
                                    + when;
                    case BUSY ->
                            String.format(Locale.ROOT, "was late by up to %.0f ms", blame.worst())
                                    + when;
                };
        return capital(name(blame)) + " " + what + ".";
    }

    private static String name(Blame blame) {
        return switch (blame.link()) {
            case AGENT_UP -> "the uplink of agent " + blame.party();
            case AGENT_DOWN -> "the downlink of agent " + blame.party();
            case TRUNK_IN -> "the way from trunk " + blame.party() + " to us";
            case TRUNK_OUT -> "the way from us to trunk " + blame.party();
            case MACHINE -> "our own machine";
        };
    }

    private static String russian(Blame blame) {
        String when = " с " + clock(blame.fromMillis()) + " по " + clock(blame.toMillis());
        String what =
                switch (blame.kind()) {
                    case OUTAGE -> "связи какое-то время не было" + when;
                    case LOSS ->
                            String.format(
                                            Locale.ROOT,
                                            "потери %.1f %% (худшее %.1f %%)",
                                            blame.mean(),
                                            blame.worst())
                                    + when;
                    case JITTER ->
                            String.format(
                                            Locale.ROOT,
                                            "неровная доставка, %.0f мс (худшее %.0f мс),",
                                            blame.mean(),
                                            blame.worst())
                                    + when;
                    case DELAY ->
                            String.format(
                                            Locale.ROOT,
                                            "задержка больше обычной на %.0f мс (худшее %.0f мс)",
                                            blame.mean(),
                                            blame.worst())
                                    + when;
                    case BUSY ->
                            String.format(Locale.ROOT, "опоздания до %.0f мс", blame.worst())
                                    + when;
                };
        return capital(nameInRussian(blame)) + ": " + what + ".";
    }

    private static String nameInRussian(Blame blame) {
        return switch (blame.link()) {
            case AGENT_UP -> "канал от оператора " + blame.party();
            case AGENT_DOWN -> "канал к оператору " + blame.party();
            case TRUNK_IN -> "канал от транка " + blame.party() + " к нам";
            case TRUNK_OUT -> "канал от нас к транку " + blame.party();
            case MACHINE -> "наш сервер";
        };
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String clock(long millis) {
        long seconds = millis / 1000;
        return seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
    }
}
