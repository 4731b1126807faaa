package io.jackfield.server;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.agent.NetworkGrade;
import io.jackfield.media.LinkWindow;
import io.jackfield.observe.quality.CallQuality;
import io.jackfield.observe.quality.MeasuredWindow;
import io.jackfield.observe.quality.Trouble;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Grades agents' networks by the calls they have had. Any thread.
 *
 * <p>There are no more grades than agents; they begin anew with the process.
 */
final class AgentGrades {
    /** Less tells nothing of a network. */
    private static final long JUDGED_SECONDS_MIN = 10;

    private final Predicate<String> isAgent;
    private final BiConsumer<AgentId, Grade> changed;
    private final Map<String, NetworkGrade> grades = new ConcurrentHashMap<>();

    /**
     * @param changed told when an agent has another grade
     */
    AgentGrades(Predicate<String> isAgent, BiConsumer<AgentId, Grade> changed) {
        this.isAgent = isAgent;
        this.changed = changed;
    }

    /** A call is over. */
    void heard(CallQuality quality) {
        if (quality.verdict().judgedSeconds() >= JUDGED_SECONDS_MIN) {
            quality.legs().stream()
                    .filter(leg -> leg.agent() && isAgent.test(leg.party()))
                    .forEach(this::heard);
        }
    }

    private void heard(CallQuality.Leg leg) {
        Grade before = grades.getOrDefault(leg.party(), NetworkGrade.UNKNOWN).grade();
        NetworkGrade next =
                grades.merge(
                        leg.party(),
                        NetworkGrade.UNKNOWN.heard(badShare(leg), rtt(leg)),
                        (known, _) -> known.heard(badShare(leg), rtt(leg)));
        if (next.grade() != before) {
            changed.accept(new AgentId(leg.party()), next.grade());
        }
    }

    /** What is our machine's fault is not the agent's. */
    private static double badShare(CallQuality.Leg leg) {
        long bad =
                leg.windows().stream()
                        .filter(MeasuredWindow::bad)
                        .filter(w ->
                                w.toUs()
                                        .trouble()
                                        .filter(t -> t.kind() == Trouble.Kind.BUSY)
                                        .isEmpty())
                        .count();
        return leg.windows().isEmpty() ? 0 : (double) bad / leg.windows().size();
    }

    private static OptionalDouble rtt(CallQuality.Leg leg) {
        return leg.windows().stream()
                .map(w -> w.raw().outgoing().reported().map(LinkWindow.Reported::rttMillis))
                .flatMap(Optional::stream)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average();
    }
}
