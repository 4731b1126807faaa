package io.jackfield.server.config;

import io.jackfield.contactcenter.ivr.Menu;
import io.jackfield.contactcenter.ivr.MenuCheck;
import io.jackfield.contactcenter.ivr.MenuTarget;
import io.jackfield.media.prompt.Language;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code menus:}, and checks them as a whole. */
final class MenuReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern KEYS = Pattern.compile("[0-9*#]{1,8}");
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String TARGET =
            "hangup, {menu: …}, {queue: …}, {number: …} or {message: …}";

    private final Problems problems;
    private final ZoneId zone;
    private final Set<String> prompts;
    private final Map<String, Menu> menus = new LinkedHashMap<>();
    private final Map<String, Place> places = new TreeMap<>();

    /**
     * @param zone of hours that name none
     * @param prompts that may be named
     */
    MenuReader(Problems problems, ZoneId zone, Set<String> prompts) {
        this.problems = problems;
        this.zone = zone;
        this.prompts = prompts;
    }

    void read(Fields fields) {
        Optional<String> name =
                fields.required("name", Form.text("letters, digits, dots and dashes", NAME));
        Optional<List<String>> said = fields.required("prompts", Form.list(prompt()));
        Map<String, MenuTarget> keys = keys(fields);
        Menu menu =
                new Menu(
                        name.orElse(""),
                        fields.optional("language", QueueReader.language())
                                .orElse(Language.ENGLISH),
                        said.orElse(List.of()),
                        keys,
                        fields.optional("timeout", Form.duration(SECOND, Duration.ofMinutes(1)))
                                .orElse(Duration.ofSeconds(6)),
                        fields.optional(
                                        "between",
                                        Form.duration(
                                                Duration.ofMillis(500), Duration.ofSeconds(10)))
                                .orElse(Duration.ofSeconds(2)),
                        fields.optional("tries", Form.number(1, 10)).orElse(3),
                        fields.required("otherwise", target()).orElse(new MenuTarget.HangUp()),
                        entry(fields),
                        new HoursReader(problems, zone).hours(fields, "hours"),
                        fields.optional("closed", target()));
        if (menu.entry().isPresent() && !keys.isEmpty()) {
            fields.problem(
                    fields.placeOf("keys"),
                    "has both keys and an entry",
                    "Ask for one in this menu and for the other in the next.");
        }
        fields.finish();
        name.ifPresent(n -> {
            if (menus.putIfAbsent(n, menu) != null) {
                fields.problem(fields.place(), "menu " + n + " is there twice", "Remove one.");
            }
            places.putIfAbsent(n, fields.place());
        });
    }

    /** What is wrong between menus is told. */
    Map<String, Menu> menus(Set<String> queues) {
        for (MenuCheck.Fault fault : MenuCheck.faults(menus, queues)) {
            problems.add(
                    places.getOrDefault(fault.menu(), Place.whole("menus")),
                    "menu "
                            + fault.menu()
                            + (fault.value().isEmpty() ? " " : ": " + fault.value() + " ")
                            + fault.reason(),
                    Nearest.to(fault.value(), fault.known())
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Correct it, or remove it."));
        }
        return Map.copyOf(menus);
    }

    Set<String> names() {
        return Set.copyOf(menus.keySet());
    }

    private Map<String, MenuTarget> keys(Fields fields) {
        Map<String, MenuTarget> keys = new LinkedHashMap<>();
        fields.group("keys", "Write a group: {\"1\": {queue: \"700\"}, \"2\": {menu: orders}}.")
                .ifPresent(group -> keys(group, keys));
        return keys;
    }

    private void keys(Yaml.Mapping group, Map<String, MenuTarget> keys) {
        Fields all = new Fields("keys", group, problems);
        group.entries()
                .forEach((pressed, entry) -> {
                    if (!KEYS.matcher(pressed).matches()) {
                        all.problem(
                                entry.keyPlace(),
                                pressed + " cannot be pressed",
                                "Use 1 to 8 digits, * or #.");
                        all.raw(pressed);
                    }
                    all.optional(pressed, target()).ifPresent(t -> keys.put(pressed, t));
                });
    }

    private Optional<Menu.Entry> entry(Fields fields) {
        return fields.group(
                        "entry",
                        "Write a group: {field: order, min: 4, max: 10, then: {queue: \"700\"}}.")
                .flatMap(this::entry);
    }

    private Optional<Menu.Entry> entry(Yaml.Mapping group) {
        Fields entry = new Fields("entry", group, problems);
        Optional<String> field =
                entry.required("field", Form.text("small letters, digits and _", FIELD));
        int min = entry.optional("min", Form.number(1, 20)).orElse(1);
        int max = entry.optional("max", Form.number(1, 20)).orElse(20);
        Optional<MenuTarget> then = entry.required("then", target());
        entry.finish();
        if (max < min) {
            entry.problem(entry.placeOf("max"), "max is below min", "Make it " + min + " or more.");
        }
        return field.flatMap(f -> then.map(t -> new Menu.Entry(f, min, Math.max(min, max), t)));
    }

    private Form<String> prompt() {
        return PromptReader.known(prompts);
    }

    private Form<MenuTarget> target() {
        return new Form<>(
                TARGET,
                value ->
                        switch (value) {
                            case Yaml.Scalar(_, var text, _) when text.equals("hangup") ->
                                    new MenuTarget.HangUp();
                            case Yaml.Mapping group ->
                                    target(group).orElseThrow(() -> Form.unfit(value, TARGET));
                            case Yaml.Scalar _, Yaml.Sequence _ -> throw Form.unfit(value, TARGET);
                        });
    }

    private Optional<MenuTarget> target(Yaml.Mapping group) {
        Fields fields = new Fields("target", group, problems);
        List<MenuTarget> targets = new ArrayList<>();
        fields.optional("menu", Form.text("the name of a menu"))
                .ifPresent(m -> targets.add(new MenuTarget.ToMenu(m)));
        fields.optional("queue", Form.text("the number of a queue"))
                .ifPresent(q -> targets.add(new MenuTarget.ToQueue(q)));
        fields.optional("number", Form.text("a number of the site's plan"))
                .ifPresent(n -> targets.add(new MenuTarget.ToNumber(n)));
        fields.optional("message", prompt())
                .ifPresent(m -> targets.add(new MenuTarget.ToMessage(m)));
        fields.finish();
        return targets.size() == 1 ? Optional.of(targets.getFirst()) : Optional.empty();
    }
}
