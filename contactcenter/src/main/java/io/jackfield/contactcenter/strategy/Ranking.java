package io.jackfield.contactcenter.strategy;

import io.jackfield.contactcenter.site.Strategy;
import java.util.Comparator;
import java.util.List;

/** The order in which free agents are rung for one caller. */
public final class Ranking {
    private static final Comparator<Candidate> LONGEST_IDLE =
            Comparator.comparing(Candidate::idleSince).thenComparingInt(Candidate::order);

    /** Whether agents' networks come before everything else. */
    public enum Network {
        NO_MATTER,
        BEST_FIRST,
        /** So that the best stay free for whom they matter. */
        WORST_FIRST
    }

    private Ranking() {}

    /**
     * The candidates, the one to ring first at the front. Equal ones stand in the order of the
     * members.
     *
     * @param last place of the member who was rung last; -1 for none
     * @param network what the agents' networks have to do with it
     */
    public static List<Candidate> rank(
            Strategy strategy, List<Candidate> candidates, int last, Network network) {
        Comparator<Candidate> order = order(strategy, last);
        Comparator<Candidate> whole =
                switch (network) {
                    case NO_MATTER -> order;
                    case BEST_FIRST -> Comparator.comparing(Candidate::grade).thenComparing(order);
                    case WORST_FIRST ->
                            Comparator.comparing(Candidate::grade, Comparator.reverseOrder())
                                    .thenComparing(order);
                };
        return candidates.stream().sorted(whole).toList();
    }

    private static Comparator<Candidate> order(Strategy strategy, int last) {
        return switch (strategy) {
            case RING_ALL, LONGEST_IDLE -> LONGEST_IDLE;
            case ROUND_ROBIN ->
                    Comparator.comparing((Candidate c) -> c.order() <= last)
                            .thenComparingInt(Candidate::order);
            case FEWEST_CALLS ->
                    Comparator.comparingInt(Candidate::answered).thenComparing(LONGEST_IDLE);
            case SKILL_LEVEL ->
                    Comparator.comparingInt((Candidate c) -> -c.level())
                            .thenComparing(LONGEST_IDLE);
            case PRIORITY -> Comparator.comparingInt(Candidate::tier).thenComparing(LONGEST_IDLE);
        };
    }
}
