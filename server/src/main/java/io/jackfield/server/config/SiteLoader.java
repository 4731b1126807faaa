package io.jackfield.server.config;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.InboundNumber;
import io.jackfield.call.routing.InvalidSite;
import io.jackfield.call.routing.Queue;
import io.jackfield.call.routing.RecordingPlan;
import io.jackfield.call.routing.RecordingRule;
import io.jackfield.call.routing.Route;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.routing.Webhook;
import io.jackfield.call.token.TokenRules;
import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.site.FloorSettings;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@code site.yaml} into a {@link PbxSite} that is valid as a whole, or says all that is
 * wrong.
 */
public final class SiteLoader {
    private static final List<String> SECTIONS =
            List.of(
                    "agents",
                    "trunks",
                    "routes",
                    "numbers",
                    "queues",
                    "prompts",
                    "menus",
                    "tokens",
                    "webhooks",
                    "apiKeys");

    private final Yaml.Mapping file;
    private final Problems problems;
    private final String realm;
    private final PromptReader prompts;
    private final RecordingReader recording;

    private SiteLoader(Yaml.Mapping file, String realm, Path folder, Problems problems) {
        this.file = file;
        this.realm = realm;
        this.problems = problems;
        this.prompts = new PromptReader(folder);
        this.recording = new RecordingReader(folder, prompts);
    }

    /**
     * Reads a file.
     *
     * @param realm that the passwords' hashes are made for
     * @throws ConfigurationException with every mistake that was found
     */
    public static PbxSite load(Path file, String realm) {
        Path parent = file.toAbsolutePath().getParent();
        return read(
                file.toString(),
                ConfigurationLoader.text(file),
                realm,
                parent == null ? file.toAbsolutePath() : parent);
    }

    /** Reads text that names no files; {@code source} names it in messages. */
    public static PbxSite read(String source, String text, String realm) {
        return read(source, text, realm, Path.of("."));
    }

    private static PbxSite read(String source, String text, String realm, Path folder) {
        Problems problems = new Problems();
        Yaml.Mapping yaml = YamlReader.readMapping(source, text, problems);
        problems.throwIfAny();
        return new SiteLoader(yaml, realm, folder, problems).site();
    }

    /**
     * Reads a document, wherever it came from.
     *
     * @param folder where relative paths in it start
     * @param problems what was found wrong already
     * @throws ConfigurationException with every mistake that was found
     */
    static PbxSite read(Yaml.Mapping document, String realm, Path folder, Problems problems) {
        return new SiteLoader(document, realm, folder, problems).site();
    }

    private PbxSite site() {
        Fields top = new Fields("site", file, problems);
        List<Located<Agent>> agents = new ArrayList<>();
        AgentReader agentReader = new AgentReader(realm, problems);
        FloorReader floor = new FloorReader(problems);
        ZoneId zone = floor.house(top);
        RecordingRule standard = recording.standard(top);
        Map<String, RecordingRule> agentRules = new HashMap<>();
        for (Fields item : items(top, "agents")) {
            Optional<RecordingRule> rule = recording.rule(item);
            FloorReader.AgentRules rules = floor.agentRules(item);
            List<Located<Agent>> read = agentReader.read(item);
            read.forEach(a -> floor.agent(a.value().name(), rules));
            agents.addAll(read);
            rule.ifPresent(r -> read.forEach(a -> agentRules.put(a.value().name(), r)));
        }
        items(top, "prompts").forEach(prompts::read);
        Map<String, RecordingRule> trunkRules = new HashMap<>();
        List<Located<Trunk>> trunks =
                read(top, "trunks", TrunkReader::read, Trunk::name, trunkRules);
        PlanReader plan =
                new PlanReader(
                        agents, trunks, problems, new QueueReader(problems, zone, prompts.names()));
        MenuReader menuReader = new MenuReader(problems, zone, prompts.names());
        items(top, "menus").forEach(menuReader::read);
        Map<String, RecordingRule> queueRules = new HashMap<>();
        List<Located<PlanReader.QueueItem>> queueItems =
                read(top, "queues", plan::queue, q -> q.queue().number(), queueRules);
        List<Located<Queue>> queues =
                queueItems.stream().map(q -> new Located<>(q.place(), q.value().queue())).toList();
        Map<String, RecordingRule> routeRules = new HashMap<>();
        List<Located<Route>> routes =
                read(
                        top,
                        "routes",
                        item -> plan.route(item, queues, menuReader.names()),
                        route -> route.pattern().text(),
                        routeRules);
        Map<String, RecordingRule> numberRules = new HashMap<>();
        List<Located<InboundNumber>> numbers =
                read(
                        top,
                        "numbers",
                        item -> plan.number(item, queues, menuReader.names()),
                        number -> number.pattern().text(),
                        numberRules);
        Map<String, Menu> menus =
                menuReader.menus(
                        queues.stream().map(q -> q.value().number()).collect(Collectors.toSet()));
        ApiKeyReader keys =
                new ApiKeyReader(
                        agents.stream().map(a -> a.value().name()).collect(Collectors.toSet()));
        items(top, "apiKeys").forEach(keys::read);
        TokenRules tokens = new TokenReader(realm, problems).read(top);
        List<Located<Webhook>> webhooks = new ArrayList<>();
        for (Fields item : items(top, "webhooks")) {
            WebhookReader.read(item)
                    .ifPresent(read -> webhooks.add(new Located<>(item.place(), read)));
            item.finish();
        }
        top.finish();
        unique("webhook", webhooks, Webhook::name);
        unique("agent", agents, Agent::name);
        unique("trunk", trunks, Trunk::name);
        unique("queue", queues, Queue::number);
        unique("route", routes, route -> route.pattern().text());
        unique("number", numbers, number -> number.pattern().text());
        problems.throwIfAny();
        Site calls =
                assemble(agents, trunks, routes, numbers, queues, tokens)
                        .with(
                                new RecordingPlan(
                                        standard,
                                        agentRules,
                                        trunkRules,
                                        queueRules,
                                        routeRules,
                                        numberRules))
                        .withWebhooks(Located.values(webhooks));
        FloorSettings settings =
                floor.settings(
                        Located.values(queueItems).stream()
                                .map(PlanReader.QueueItem::settings)
                                .toList(),
                        file.place());
        problems.throwIfAny();
        return new PbxSite(calls, settings, prompts.prompts(), keys.keys(), menus);
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
            Fields top,
            String section,
            Function<Fields, Optional<T>> reader,
            Function<T, String> name,
            Map<String, RecordingRule> rules) {
        List<Located<T>> all = new ArrayList<>();
        for (Fields item : items(top, section)) {
            Optional<RecordingRule> rule = recording.rule(item);
            try {
                Optional<T> read = reader.apply(item);
                read.ifPresent(v -> all.add(new Located<>(item.place(), v)));
                read.ifPresent(v -> rule.ifPresent(r -> rules.put(name.apply(v), r)));
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
                    group(name(section, index++, item), item).ifPresent(items::add);
                }
            }
            case Yaml.Mapping other -> notAList(section, other);
            case Yaml.Scalar other -> notAList(section, other);
        }
        return items;
    }

    /** {@code agents[3]} in a file; a row of a table has a name of its own. */
    private static String name(String section, int index, Yaml item) {
        Place place = item.place();
        return place.line() == 0 ? place.source() : section + "[" + index + "]";
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
