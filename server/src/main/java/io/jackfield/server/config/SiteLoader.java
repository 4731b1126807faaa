package io.jackfield.server.config;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.InboundNumber;
import io.jackfield.call.routing.InvalidSite;
import io.jackfield.call.routing.Queue;
import io.jackfield.call.routing.Route;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.token.TokenRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code site.yaml} into a {@link Site} that is valid as a whole, or says all that is wrong.
 */
public final class SiteLoader {
    private static final List<String> SECTIONS =
            List.of("agents", "trunks", "routes", "numbers", "queues", "tokens");

    private final Yaml.Mapping file;
    private final Problems problems;
    private final String realm;

    private SiteLoader(Yaml.Mapping file, String realm, Problems problems) {
        this.file = file;
        this.realm = realm;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param realm that the passwords' hashes are made for
     * @throws ConfigurationException with every mistake that was found
     */
    public static Site load(Path file, String realm) {
        return read(file.toString(), ConfigurationLoader.text(file), realm);
    }

    /** Reads text; {@code source} names it in messages. */
    public static Site read(String source, String text, String realm) {
        Problems problems = new Problems();
        Yaml.Mapping yaml = YamlReader.readMapping(source, text, problems);
        problems.throwIfAny();
        return new SiteLoader(yaml, realm, problems).site();
    }

    private Site site() {
        Fields top = new Fields("site", file, problems);
        List<Located<Agent>> agents = new ArrayList<>();
        AgentReader agentReader = new AgentReader(realm, problems);
        items(top, "agents").forEach(item -> agents.addAll(agentReader.read(item)));
        List<Located<Trunk>> trunks = read(top, "trunks", TrunkReader::read);
        PlanReader plan = new PlanReader(agents, trunks, problems);
        List<Located<Queue>> queues = read(top, "queues", plan::queue);
        List<Located<Route>> routes = read(top, "routes", item -> plan.route(item, queues));
        List<Located<InboundNumber>> numbers =
                read(top, "numbers", item -> plan.number(item, queues));
        TokenRules tokens = new TokenReader(realm, problems).read(top);
        top.finish();
        unique("agent", agents, Agent::name);
        unique("trunk", trunks, Trunk::name);
        unique("queue", queues, Queue::number);
        unique("route", routes, route -> route.pattern().text());
        unique("number", numbers, number -> number.pattern().text());
        problems.throwIfAny();
        return assemble(agents, trunks, routes, numbers, queues, tokens);
    }

    private Site assemble(
            List<Located<Agent>> agents,
            List<Located<Trunk>> trunks,
            List<Located<Route>> routes,
            List<Located<InboundNumber>> numbers,
            List<Located<Queue>> queues,
            TokenRules tokens) {
        try {
            return new Site(
                    Located.values(agents),
                    Located.values(trunks),
                    Located.values(routes),
                    Located.values(numbers),
                    Located.values(queues),
                    tokens);
        } catch (InvalidSite contradiction) {
            throw new ConfigurationException(
                    List.of(
                            new Problem(
                                    file.place(),
                                    "the site contradicts itself",
                                    String.valueOf(contradiction.getMessage()))));
        }
    }

    private <T> List<Located<T>> read(
            Fields top, String section, Function<Fields, Optional<T>> reader) {
        List<Located<T>> all = new ArrayList<>();
        for (Fields item : items(top, section)) {
            try {
                reader.apply(item).ifPresent(v -> all.add(new Located<>(item.place(), v)));
            } catch (InvalidSite invalid) {
                item.problem(item.place(), "cannot be used", String.valueOf(invalid.getMessage()));
            }
            item.finish();
        }
        return all;
    }

    /** The groups of a section's list. */
    private List<Fields> items(Fields top, String section) {
        List<Fields> items = new ArrayList<>();
        Optional<Yaml> value = top.raw(section);
        switch (value.orElse(new Yaml.Sequence(file.place(), List.of()))) {
            case Yaml.Sequence list -> {
                int index = 0;
                for (Yaml item : list.items()) {
                    group(section + "[" + index++ + "]", item).ifPresent(items::add);
                }
            }
            case Yaml.Mapping other -> notAList(section, other);
            case Yaml.Scalar other -> notAList(section, other);
        }
        return items;
    }

    private Optional<Fields> group(String name, Yaml item) {
        if (item instanceof Yaml.Mapping mapping) {
            return Optional.of(new Fields(name, mapping, problems));
        }
        problems.add(
                item.place(),
                name + " is " + item.kind(),
                "Write a group of keys, the first behind the dash: '- name: …'.");
        return Optional.empty();
    }

    private void notAList(String section, Yaml value) {
        problems.add(
                value.place(),
                section + " is " + value.kind(),
                "Write a list, one '- ' line an item. Sections are: "
                        + String.join(", ", SECTIONS)
                        + ".");
    }

    private <T> void unique(String kind, List<Located<T>> items, Function<T, String> name) {
        Map<String, Place> seen = new HashMap<>();
        for (Located<T> item : items) {
            String key = name.apply(item.value());
            Place earlier = seen.putIfAbsent(key, item.place());
            if (earlier != null) {
                problems.add(
                        item.place(),
                        kind + " " + key + " is there twice",
                        "Remove one; the first stands at " + earlier + ".");
            }
        }
    }
}
