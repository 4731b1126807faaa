package io.jackfield.call.routing;

import io.jackfield.call.token.TokenRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything the contact centre has configured: an immutable snapshot, valid as a whole, replaced
 * as a whole.
 */
public final class Site {
    public static final Site EMPTY =
            new Site(List.of(), List.of(), List.of(), List.of(), List.of());

    private final List<Agent> agents;
    private final List<Trunk> trunks;
    private final List<Route> routes;
    private final List<InboundNumber> numbers;
    private final List<Queue> queues;
    private final RecordingPlan recording;
    private final TokenRules tokens;
    private final List<Webhook> webhooks;
    private final Map<String, Agent> agentsByName;
    private final Map<String, Trunk> trunksByName;
    private final Map<String, Queue> queuesByNumber;

    /**
     * @param routes outbound: what agents may dial, beside each other and the reserved extensions
     * @param numbers inbound: what trunks may reach
     * @param tokens what the call tokens must be that routes ask for
     * @throws InvalidSite for a name that is there twice, or one that nothing bears
     */
    public Site(
            List<Agent> agents,
            List<Trunk> trunks,
            List<Route> routes,
            List<InboundNumber> numbers,
            List<Queue> queues,
            TokenRules tokens) {
        this(agents, trunks, routes, numbers, queues, tokens, RecordingPlan.NOTHING, List.of());
    }

    private Site(
            List<Agent> agents,
            List<Trunk> trunks,
            List<Route> routes,
            List<InboundNumber> numbers,
            List<Queue> queues,
            TokenRules tokens,
            RecordingPlan recording,
            List<Webhook> webhooks) {
        this.recording = recording;
        this.webhooks = List.copyOf(webhooks);
        this.agents = List.copyOf(agents);
        this.trunks = List.copyOf(trunks);
        this.routes = List.copyOf(routes);
        this.numbers = List.copyOf(numbers);
        this.queues = List.copyOf(queues);
        this.tokens = tokens;
        agentsByName = unique("agent", agents, Agent::name);
        trunksByName = unique("trunk", trunks, Trunk::name);
        queuesByNumber = unique("queue", queues, Queue::number);
        Map<String, Webhook> _ = unique("webhook", webhooks, Webhook::name);
        routes.forEach(this::checkTrunks);
    }

    /** A site that knows no call tokens. */
    public Site(
            List<Agent> agents,
            List<Trunk> trunks,
            List<Route> routes,
            List<InboundNumber> numbers,
            List<Queue> queues) {
        this(agents, trunks, routes, numbers, queues, TokenRules.NONE);
    }

    /** The same, with these rules for what is recorded. */
    public Site with(RecordingPlan plan) {
        return new Site(agents, trunks, routes, numbers, queues, tokens, plan, webhooks);
    }

    /** The same, with these told of events. */
    public Site withWebhooks(List<Webhook> told) {
        return new Site(agents, trunks, routes, numbers, queues, tokens, recording, told);
    }

    /** Who is told of events. */
    public List<Webhook> webhooks() {
        return webhooks;
    }

    /** What is recorded. */
    public RecordingPlan recording() {
        return recording;
    }

    private void checkTrunks(Route route) {
        for (String name : route.target().trunkNames()) {
            if (!trunksByName.containsKey(name)) {
                throw new InvalidSite(
                        "route "
                                + route.pattern()
                                + " names the trunk "
                                + name
                                + ", which is not in trunks:");
            }
        }
    }

    public List<Agent> agents() {
        return agents;
    }

    public List<Trunk> trunks() {
        return trunks;
    }

    public List<Route> routes() {
        return routes;
    }

    public List<InboundNumber> numbers() {
        return numbers;
    }

    public List<Queue> queues() {
        return queues;
    }

    public TokenRules tokens() {
        return tokens;
    }

    public Optional<Agent> agent(String name) {
        return Optional.ofNullable(agentsByName.get(name));
    }

    public Optional<Trunk> trunk(String name) {
        return Optional.ofNullable(trunksByName.get(name));
    }

    public Optional<Queue> queue(String number) {
        return Optional.ofNullable(queuesByNumber.get(number));
    }

    private static <T> Map<String, T> unique(String kind, List<T> all, Function<T, String> nameOf) {
        Map<String, T> byName = new HashMap<>();
        for (T one : all) {
            if (byName.put(nameOf.apply(one), one) != null) {
                throw new InvalidSite(
                        kind + " " + nameOf.apply(one) + " is there twice; remove one");
            }
        }
        return Map.copyOf(byName);
    }
}
