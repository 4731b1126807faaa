package io.jackfield.call.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the contact centre has configured: an immutable snapshot, valid as a whole, replaced
 * as a whole.
 *
 * @param routes outbound: what agents may dial, beside each other and the reserved extensions
 * @param numbers inbound: what trunks may reach
 */
public record Site(
        List<Agent> agents,
        List<Trunk> trunks,
        List<Route> routes,
        List<InboundNumber> numbers,
        List<Queue> queues) {

    public static final Site EMPTY =
            new Site(List.of(), List.of(), List.of(), List.of(), List.of());

    public Site {
        agents = List.copyOf(agents);
        trunks = List.copyOf(trunks);
        routes = List.copyOf(routes);
        numbers = List.copyOf(numbers);
        queues = List.copyOf(queues);
        unique("agent", agents.stream().map(Agent::name).toList());
        unique("trunk", trunks.stream().map(Trunk::name).toList());
        unique("queue", queues.stream().map(Queue::number).toList());
        List<String> trunkNames = trunks.stream().map(Trunk::name).toList();
        for (Route route : routes) {
            for (String name : route.target().trunkNames()) {
                if (!trunkNames.contains(name)) {
                    throw new InvalidSite(
                            "route "
                                    + route.pattern()
                                    + " names the trunk "
                                    + name
                                    + ", which is not in trunks:");
                }
            }
        }
    }

    public Optional<Agent> agent(String name) {
        return agents.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    public Optional<Trunk> trunk(String name) {
        return trunks.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    public Optional<Queue> queue(String number) {
        return queues.stream().filter(q -> q.number().equals(number)).findFirst();
    }

    private static void unique(String kind, List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        for (String name : names) {
            if (seen.merge(name, 1, Integer::sum) > 1) {
                throw new InvalidSite(kind + " " + name + " is there twice; remove one");
            }
        }
    }
}
