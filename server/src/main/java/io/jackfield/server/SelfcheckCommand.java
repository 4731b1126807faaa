package io.jackfield.server;

import io.jackfield.observe.quality.EModel;
import io.jackfield.observe.quality.EModelVectors;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jackfield selfcheck quality}: known answers against what this build computes. */
@Command(
        name = "selfcheck",
        mixinStandardHelpOptions = true,
        description = "Holds what this build computes against known answers.",
        subcommands = SelfcheckCommand.Quality.class)
final class SelfcheckCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "quality",
            mixinStandardHelpOptions = true,
            description = "Scores of calls; ends with 1 when one is wrong.")
    static final class Quality implements Callable<Integer> {
        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println("formula " + EModel.FORMULA + ", G.711 with concealment");
            out.println("  rtt ms  jitter ms  loss %   R wanted     got   MOS wanted   got");
            boolean all = true;
            for (EModelVectors.Vector v : EModelVectors.ALL) {
                all &= v.holds();
                out.println(
                        String.format(
                                Locale.ROOT,
                                "%8.0f %10.0f %7.0f %10.1f %7.2f %12.1f %5.2f  %s",
                                v.rttMillis(),
                                v.jitterMillis(),
                                v.lossPercent(),
                                v.rating(),
                                v.computedRating(),
                                v.mos(),
                                v.computedMos(),
                                v.holds() ? "OK" : "WRONG"));
            }
            out.flush();
            return all ? 0 : 1;
        }
    }
}
