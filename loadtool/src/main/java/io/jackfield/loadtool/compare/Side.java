package io.jackfield.loadtool.compare;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What one peer has shown in a scenario.
 *
 * @param runs one each round; none for a peer that could not do it at all
 * @param remarks in words: what does not count, and why
 */
record Side(String name, List<Run> runs, List<String> remarks) {
    /** What a call may lose for the rest to be worth comparing. */
    private static final double LOSS_PERCENT_MAX = 0.1;

    Side {
        runs = List.copyOf(runs);
        remarks = List.copyOf(remarks);
    }

    /** Of the runs that have it. */
    double[] values(Figure figure) {
        return stream(figure).toArray();
    }

    private DoubleStream stream(Figure figure) {
        return runs.stream().flatMap(run -> run.get(figure).stream()).mapToDouble(v -> v);
    }

    long lossyRuns() {
        return stream(Figure.LOSS).filter(loss -> loss > LOSS_PERCENT_MAX).count();
    }
}
