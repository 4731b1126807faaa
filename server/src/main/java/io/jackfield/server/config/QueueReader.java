package io.jackfield.server.config;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.CallbackSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.ServiceSettings;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.contactcenter.site.WaitSettings;
import io.jackfield.contactcenter.site.WrapUpSettings;
import io.jackfield.media.prompt.Language;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads how the queue of one item of {@code queues:} works. */
final class QueueReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int LENGTH_MAX = 1_000;
    private static final Pattern KEY = Pattern.compile("[0-9*#]");

    /** Words that stand for a target and can be no number. */
    private static final String TO_CALLBACK = "callback";

    private static final String HANG_UP = "hangup";

    private final Problems problems;
    private final ZoneId zone;
    private final Set<String> prompts;

    /**
     * @param zone of opening hours that name none
     * @param prompts that may be named
     */
    QueueReader(Problems problems, ZoneId zone, Set<String> prompts) {
        this.problems = problems;
        this.zone = zone;
        this.prompts = prompts;
    }

    /** The members' names, in order. */
    static List<String> names(List<MemberSettings> members) {
        return members.stream().map(m -> m.agent().name()).toList();
    }

    /** Empty, and told, when the members cannot be read. */
    Optional<List<MemberSettings>> members(Fields fields) {
        return fields.required("members", Form.list(member()));
    }

    QueueSettings settings(Fields fields, String number, List<MemberSettings> members) {
        QueueSettings usual = QueueSettings.of(number, members);
        Optional<CallbackSettings> callback = callback(fields);
        return new QueueSettings(
                new QueueId(number),
                members,
                offers(fields, usual.offers()),
                wrapUp(fields, usual.wrapUp()),
                waiting(fields, usual.waiting()),
                fields.optional("joinEmpty", Form.flag()).orElse(false)
                        ? Staffing.ANY
                        : Staffing.STAFFED,
                fields.optional("leaveEmpty", Form.flag()).orElse(false)
                        ? Staffing.STAFFED
                        : Staffing.ANY,
                new HoursReader(problems, zone).hours(fields, "hours"),
                overflow(fields, callback.isPresent()),
                callback,
                service(fields, usual.service()),
                need(fields));
    }

    // ---- members

    private Form<MemberSettings> member() {
        String description = "the name of an agent, or {agent: …, weight: …, tier: …}";
        return new Form<>(
                description,
                value ->
                        switch (value) {
                            case Yaml.Scalar(_, var name, var empty) when !empty ->
                                    MemberSettings.of(name);
                            case Yaml.Mapping group -> member(group);
                            case Yaml.Scalar _, Yaml.Sequence _ ->
                                    throw Form.unfit(value, description);
                        });
    }

    private MemberSettings member(Yaml.Mapping group) {
        Fields fields = new Fields("members", group, problems);
        MemberSettings usual =
                MemberSettings.of(
                        fields.required("agent", Form.text("the name of an agent")).orElse(""));
        MemberSettings member =
                new MemberSettings(
                        new AgentId(usual.agent().name()),
                        fields.optional("weight", Form.number(0, 100)).orElse(usual.weight()),
                        fields.optional("tier", Form.number(1, 10)).orElse(usual.tier()));
        fields.finish();
        return member;
    }

    // ---- agents and callers

    private static OfferSettings offers(Fields fields, OfferSettings usual) {
        return new OfferSettings(
                fields.optional("strategy", Form.word(Strategy.class)).orElse(Strategy.RING_ALL),
                duration(fields, "ringFor", SECOND, Duration.ofMinutes(2), usual.ringFor()),
                fields.optional("importantFrom", Form.number(1, 10)).orElse(usual.importantFrom()),
                duration(
                        fields,
                        "networkWait",
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        usual.networkWait()));
    }

    private static WrapUpSettings wrapUp(Fields fields, WrapUpSettings usual) {
        return new WrapUpSettings(
                duration(fields, "wrapUp", Duration.ZERO, HOUR, usual.limit()),
                duration(fields, "wrapUpExtension", Duration.ZERO, HOUR, usual.extension()),
                fields.optional("wrapUpExtensions", Form.number(0, 10))
                        .orElse(usual.extensionsMax()),
                fields.optional("wrapUpEarly", Form.flag()).orElse(usual.earlyFinish()));
    }

    private WaitSettings waiting(Fields fields, WaitSettings usual) {
        return new WaitSettings(
                fields.optional("lengthMax", Form.number(1, LENGTH_MAX)).orElse(usual.lengthMax()),
                duration(fields, "waitMax", SECOND, DAY, usual.waitMax()),
                fields.optional("music", prompt()).orElse(usual.music()),
                fields.optional("language", language()).orElse(usual.language()),
                group(fields, "announce").map(QueueReader::announcements),
                group(fields, "comfort").flatMap(this::comfort));
    }

    static Form<Language> language() {
        return Form.scalar(
                "en or ru",
                text ->
                        switch (text) {
                            case "en" -> Optional.of(Language.ENGLISH);
                            case "ru" -> Optional.of(Language.RUSSIAN);
                            default -> Optional.empty();
                        });
    }

    private Form<String> prompt() {
        return PromptReader.known(prompts);
    }

    private static WaitSettings.Announcements announcements(Fields fields) {
        WaitSettings.Announcements announcements =
                new WaitSettings.Announcements(
                        duration(fields, "first", Duration.ZERO, HOUR, Duration.ofSeconds(5)),
                        duration(
                                fields,
                                "every",
                                Duration.ofSeconds(5),
                                HOUR,
                                Duration.ofSeconds(60)),
                        fields.optional("position", Form.flag()).orElse(true),
                        fields.optional("estimate", Form.flag()).orElse(false));
        fields.finish();
        return announcements;
    }

    private Optional<WaitSettings.Comfort> comfort(Fields fields) {
        Duration every =
                duration(fields, "every", Duration.ofSeconds(5), HOUR, Duration.ofSeconds(45));
        Optional<List<String>> prompts = fields.required("prompts", Form.list(prompt()));
        fields.finish();
        return prompts.map(p -> new WaitSettings.Comfort(every, p));
    }

    private static ServiceSettings service(Fields fields, ServiceSettings usual) {
        return new ServiceSettings(
                duration(fields, "answerWithin", SECOND, HOUR, usual.answerWithin()),
                duration(
                        fields,
                        "shortAbandon",
                        Duration.ZERO,
                        Duration.ofMinutes(5),
                        usual.shortAbandon()));
    }

    private Need need(Fields fields) {
        return new Need(
                fields.optional("priority", Form.number(0, 9)).orElse(0),
                fields.optional("importance", Form.number(0, 9)).orElse(0),
                skills(fields, problems));
    }

    /** {@code skills: {english: 3}}: each a level from 1 to 10. */
    static Map<String, Integer> skills(Fields fields, Problems problems) {
        Optional<Yaml.Mapping> group =
                fields.group("skills", "Write a group of levels: {english: 3, sales: 10}.");
        if (group.isEmpty()) {
            return Map.of();
        }
        Fields levels = new Fields("skills", group.get(), problems);
        Map<String, Integer> skills = new TreeMap<>();
        for (String skill : group.get().entries().keySet()) {
            levels.optional(skill, Form.number(1, 10)).ifPresent(l -> skills.put(skill, l));
        }
        if (skills.size() > Need.SKILLS_MAX) {
            fields.problem(
                    group.get().place(),
                    "names " + skills.size() + " skills",
                    "Use at most " + Need.SKILLS_MAX + ".");
            return Map.of();
        }
        return skills;
    }

    // ---- those who do not wait

    private Optional<CallbackSettings> callback(Fields fields) {
        return group(fields, "callback").map(QueueReader::callbackOf);
    }

    private static CallbackSettings callbackOf(Fields fields) {
        CallbackSettings usual = CallbackSettings.DEFAULT;
        CallbackSettings callback =
                new CallbackSettings(
                        fields.optional("key", Form.text("a digit, * or #", KEY))
                                .map(k -> k.charAt(0))
                                .orElse(usual.key()),
                        fields.optional("order", Form.word(CallbackSettings.Order.class))
                                .orElse(usual.order()),
                        fields.optional("attempts", Form.number(1, 10)).orElse(usual.attemptsMax()),
                        duration(
                                fields,
                                "retryAfter",
                                Duration.ofSeconds(10),
                                DAY,
                                usual.retryAfter()),
                        duration(
                                fields,
                                "ringFor",
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(2),
                                usual.ringFor()),
                        duration(fields, "keepFor", MINUTE, Duration.ofDays(7), usual.keepFor()),
                        fields.optional("pending", Form.number(1, 1_000))
                                .orElse(usual.pendingMax()));
        fields.finish();
        return callback;
    }

    /** One target for every cause, or a group with one for each. */
    private Map<OverflowCause, OverflowTarget> overflow(Fields fields, boolean callsBack) {
        Optional<Yaml> value = fields.raw("overflow");
        Map<OverflowCause, OverflowTarget> targets = new EnumMap<>(OverflowCause.class);
        if (value.isEmpty()) {
            return targets;
        }
        if (value.get() instanceof Yaml.Mapping group && isByCause(group)) {
            Fields causes = new Fields("overflow", group, problems);
            for (OverflowCause cause : OverflowCause.values()) {
                causes.optional(Form.camelCase(cause), target())
                        .ifPresent(t -> targets.put(cause, t));
            }
            causes.finish();
        } else {
            fields.optional("overflow", target())
                    .ifPresent(
                            t -> Stream.of(OverflowCause.values()).forEach(c -> targets.put(c, t)));
        }
        if (targets.containsValue(new OverflowTarget.ToCallback()) && !callsBack) {
            fields.problem(
                    fields.placeOf("overflow"),
                    "leads to a call back, and this queue calls nobody back",
                    "Add 'callback: {}' to the queue.");
        }
        return targets;
    }

    private static boolean isByCause(Yaml.Mapping group) {
        Set<String> targets = new HashSet<>(Set.of("queue", "number", "message"));
        return group.entries().keySet().stream().noneMatch(targets::contains);
    }

    private Form<OverflowTarget> target() {
        String description = "a number, callback, hangup, {queue: …}, {number: …} or {message: …}";
        return new Form<>(
                description,
                value ->
                        switch (value) {
                            case Yaml.Scalar(_, var text, var empty) when !empty -> word(text);
                            case Yaml.Mapping group ->
                                    target(group).orElseThrow(() -> Form.unfit(value, description));
                            case Yaml.Scalar _, Yaml.Sequence _ ->
                                    throw Form.unfit(value, description);
                        });
    }

    private static OverflowTarget word(String text) {
        return switch (text) {
            case TO_CALLBACK -> new OverflowTarget.ToCallback();
            case HANG_UP -> new OverflowTarget.HangUp();
            default -> new OverflowTarget.ToNumber(text);
        };
    }

    private Optional<OverflowTarget> target(Yaml.Mapping group) {
        Fields fields = new Fields("overflow", group, problems);
        List<OverflowTarget> targets = new ArrayList<>();
        fields.optional("queue", Form.text("the number of a queue"))
                .ifPresent(q -> targets.add(new OverflowTarget.ToQueue(new QueueId(q))));
        fields.optional("number", Form.text("a number of the site's plan"))
                .ifPresent(n -> targets.add(new OverflowTarget.ToNumber(n)));
        fields.optional("message", prompt())
                .ifPresent(m -> targets.add(new OverflowTarget.ToMessage(m)));
        fields.finish();
        return targets.size() == 1 ? Optional.of(targets.getFirst()) : Optional.empty();
    }

    // ---- small things

    private Optional<Fields> group(Fields fields, String name) {
        return fields.group(name, "Write a group of keys: '" + name + ": {…}'.")
                .map(group -> new Fields(name, group, problems));
    }

    private static Duration duration(
            Fields fields, String name, Duration min, Duration max, Duration usual) {
        return fields.optional(name, Form.duration(min, max)).orElse(usual);
    }
}
