package io.jackfield.call.routing;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where in the site recording was spoken of. The first of these that says something decides: the
 * queue, the route or number, the trunk, the agent, the site.
 *
 * @param standard the site's
 * @param agents by name
 * @param trunks by name
 * @param queues by number
 * @param routes by the text of their pattern
 * @param numbers by the text of their pattern
 */
public record RecordingPlan(
        RecordingRule standard,
        Map<String, RecordingRule> agents,
        Map<String, RecordingRule> trunks,
        Map<String, RecordingRule> queues,
        Map<String, RecordingRule> routes,
        Map<String, RecordingRule> numbers) {

    public static final RecordingPlan NOTHING =
            new RecordingPlan(RecordingRule.OFF, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public RecordingPlan {
        agents = Map.copyOf(agents);
        trunks = Map.copyOf(trunks);
        queues = Map.copyOf(queues);
        routes = Map.copyOf(routes);
        numbers = Map.copyOf(numbers);
    }

    /** Whether a rule anywhere records anything. */
    public boolean recordsAnything() {
        return standard.share() > 0
                || Stream.of(agents, trunks, queues, routes, numbers)
                        .flatMap(rules -> rules.values().stream())
                        .anyMatch(rule -> rule.share() > 0);
    }

    /**
     * The rule for a call that an agent made.
     *
     * @param answeredBy agent or trunk
     */
    public RecordingRule fromAgent(Site site, String agent, String dialled, Answered answeredBy) {
        Optional<Route> route = Router.route(site, dialled);
        Optional<String> queue =
                site.queue(dialled)
                        .map(Queue::number)
                        .or(() -> route.flatMap(r -> queue(r.target())));
        return queue.flatMap(q -> get(queues, q))
                .or(() -> route.flatMap(r -> get(routes, r.pattern().text())))
                .or(() -> answeredBy.trunk().flatMap(t -> get(trunks, t)))
                .or(() -> get(agents, agent))
                .or(() -> answeredBy.agent().flatMap(a -> get(agents, a)))
                .orElse(standard);
    }

    /** The rule for a call that came over a trunk. */
    public RecordingRule fromTrunk(Site site, String trunk, String dialled, Answered answeredBy) {
        Optional<InboundNumber> number = Router.number(site, dialled);
        return number.flatMap(n -> queue(n.target()))
                .flatMap(q -> get(queues, q))
                .or(() -> number.flatMap(n -> get(numbers, n.pattern().text())))
                .or(() -> get(trunks, trunk))
                .or(() -> answeredBy.agent().flatMap(a -> get(agents, a)))
                .orElse(standard);
    }

    /** Who took a call: one of the two. */
    public record Answered(Optional<String> agent, Optional<String> trunk) {
        public static Answered byAgent(String name) {
            return new Answered(Optional.of(name), Optional.empty());
        }

        public static Answered byTrunk(String name) {
            return new Answered(Optional.empty(), Optional.of(name));
        }
    }

    private static Optional<String> queue(Target target) {
        return target instanceof Target.ToQueue(var number)
                ? Optional.of(number)
                : Optional.empty();
    }

    private static Optional<RecordingRule> get(Map<String, RecordingRule> rules, String key) {
        return Optional.ofNullable(rules.get(key));
    }
}
