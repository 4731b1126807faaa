package io.jackfield.contactcenter.site;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds everything that is wrong with a site at once, each with its path and value. */
public final class SiteCheck {
    private static final int AGENTS_MAX = 5_000;
    private static final int QUEUES_MAX = 500;
    private static final int MEMBERS_MAX = 1_000;
    private static final int NAME_MAX = 64;
    private static final String KEYS = "0123456789*#";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final List<SiteFault> faults = new ArrayList<>();
    private final Set<String> agentNames;
    private final Set<String> queueNames;

    private SiteCheck(List<AgentSettings> agents, List<QueueSettings> queues) {
        agentNames = agents.stream().map(a -> a.id().name()).collect(Collectors.toSet());
        queueNames = queues.stream().map(q -> q.id().number()).collect(Collectors.toSet());
    }

    /** Everything that is wrong, in the order of the site; none for a good one. */
    public static List<SiteFault> faults(
            List<AgentSettings> agents, List<QueueSettings> queues, Set<String> breakReasons) {
        SiteCheck check = new SiteCheck(agents, queues);
        check.atMost("agents", agents.size(), AGENTS_MAX);
        check.atMost("queues", queues.size(), QUEUES_MAX);
        check.agents(agents);
        check.queues(queues);
        breakReasons.stream().sorted().forEach(check::breakReason);
        return List.copyOf(check.faults);
    }

    private void breakReason(String reason) {
        name("breakReasons", reason);
        if (BreakReasons.RESERVED.contains(reason)) {
            fault("breakReasons", reason, "is given by the contact centre itself");
        }
    }

    // ---- agents

    private void agents(List<AgentSettings> agents) {
        Set<AgentId> seen = new HashSet<>();
        for (AgentSettings agent : agents) {
            String path = "agents[" + agent.id() + "]";
            once(path, seen.add(agent.id()), agent.id().name());
            name(path, agent.id().name());
            new TreeMap<>(agent.skills())
                    .forEach((skill, level) -> {
                        name(path + ".skills", skill);
                        within(path + ".skills." + skill, level, 1, 10);
                    });
            within(path + ".missedMax", agent.missedMax(), 1, 20);
            within(path + ".afterMissed", agent.afterMissed(), Duration.ZERO, minutes(5));
            within(path + ".grace", agent.grace(), Duration.ZERO, minutes(10));
        }
    }

    // ---- queues

    private void queues(List<QueueSettings> queues) {
        Set<QueueId> seen = new HashSet<>();
        for (QueueSettings queue : queues) {
            String path = "queues[" + queue.id() + "]";
            once(path, seen.add(queue.id()), queue.id().number());
            name(path, queue.id().number());
            members(path, queue.members());
            offers(path + ".offers", queue.offers());
            wrapUp(path + ".wrapUp", queue.wrapUp());
            waiting(path + ".waiting", queue.waiting());
            hours(path + ".hours", queue.hours());
            queue.callback().ifPresent(c -> callback(path + ".callback", c));
            service(path + ".service", queue.service());
            for (OverflowCause cause : OverflowCause.values()) {
                overflow(path, queue, cause);
            }
        }
    }

    private void members(String path, List<MemberSettings> members) {
        atMost(path + ".members", members.size(), MEMBERS_MAX);
        Set<AgentId> seen = new HashSet<>();
        for (int i = 0; i < members.size(); i++) {
            MemberSettings member = members.get(i);
            String at = path + ".members[" + i + "]";
            once(at, seen.add(member.agent()), member.agent().name());
            known(at + ".agent", member.agent().name(), agentNames, "agent");
            within(at + ".weight", member.weight(), 0, 100);
            within(at + ".tier", member.tier(), 1, 10);
        }
    }

    private void offers(String path, OfferSettings offers) {
        within(path + ".ringFor", offers.ringFor(), seconds(1), minutes(2));
        within(path + ".importantFrom", offers.importantFrom(), 1, 10);
        within(path + ".networkWait", offers.networkWait(), Duration.ZERO, minutes(5));
    }

    private void wrapUp(String path, WrapUpSettings wrapUp) {
        within(path + ".limit", wrapUp.limit(), Duration.ZERO, HOUR);
        within(path + ".extension", wrapUp.extension(), Duration.ZERO, HOUR);
        within(path + ".extensionsMax", wrapUp.extensionsMax(), 0, 10);
    }

    private void waiting(String path, WaitSettings waiting) {
        within(path + ".lengthMax", waiting.lengthMax(), 1, 1_000);
        within(path + ".waitMax", waiting.waitMax(), seconds(1), DAY);
        name(path + ".music", waiting.music());
        waiting.announcements()
                .ifPresent(a -> {
                    within(path + ".announcements.first", a.first(), Duration.ZERO, HOUR);
                    within(path + ".announcements.every", a.every(), seconds(5), HOUR);
                });
        waiting.comfort()
                .ifPresent(c -> {
                    within(path + ".comfort.every", c.every(), seconds(5), HOUR);
                    within(path + ".comfort.prompts", c.prompts().size(), 1, 20);
                    c.prompts().forEach(p -> name(path + ".comfort.prompts", p));
                });
    }

    private void hours(String path, OpeningHours hours) {
        new TreeMap<>(hours.week()).forEach((day, ranges) -> ranges(path + "." + day, ranges));
        new TreeMap<>(hours.holidays())
                .forEach((date, ranges) -> ranges(path + ".holidays." + date, ranges));
    }

    private void ranges(String path, List<OpeningHours.Range> ranges) {
        for (OpeningHours.Range range : ranges) {
            if (!range.valid()) {
                String value = range.fromMinute() + "-" + range.toMinute();
                fault(path, value, "use minutes of one day, the end after the beginning");
            }
        }
    }

    private void callback(String path, CallbackSettings callback) {
        if (KEYS.indexOf(callback.key()) < 0) {
            fault(path + ".key", String.valueOf(callback.key()), "use a digit, * or #");
        }
        within(path + ".attemptsMax", callback.attemptsMax(), 1, 10);
        within(path + ".retryAfter", callback.retryAfter(), seconds(10), DAY);
        within(path + ".ringFor", callback.ringFor(), seconds(5), minutes(2));
        within(path + ".keepFor", callback.keepFor(), minutes(1), Duration.ofDays(7));
        within(path + ".pendingMax", callback.pendingMax(), 1, 1_000);
    }

    private void service(String path, ServiceSettings service) {
        within(path + ".answerWithin", service.answerWithin(), seconds(1), HOUR);
        within(path + ".shortAbandon", service.shortAbandon(), Duration.ZERO, minutes(5));
    }

    private void overflow(String queuePath, QueueSettings queue, OverflowCause cause) {
        String path = queuePath + ".overflow." + cause;
        switch (queue.overflowOf(cause)) {
            case OverflowTarget.ToQueue(var to) -> {
                known(path + ".queue", to.number(), queueNames, "queue");
                if (to.equals(queue.id())) {
                    fault(path + ".queue", to.number(), "leads back to the same queue");
                }
            }
            case OverflowTarget.ToNumber(var number) -> name(path + ".number", number);
            case OverflowTarget.ToMessage(var prompt) -> name(path + ".message", prompt);
            case OverflowTarget.ToCallback() -> {
                if (queue.callback().isEmpty()) {
                    fault(path, "callback", "the queue has no callback settings");
                }
            }
            case OverflowTarget.HangUp() -> {}
        }
    }

    // ---- single values

    private void once(String path, boolean first, String value) {
        if (!first) {
            fault(path, value, "is there twice; remove one");
        }
    }

    private void known(String path, String value, Set<String> known, String kind) {
        if (!known.contains(value)) {
            faults.add(new SiteFault(path, value, "no such " + kind, known));
        }
    }

    private void name(String path, String value) {
        boolean printable = value.chars().allMatch(c -> c > ' ' && c != 127);
        if (value.isEmpty() || value.length() > NAME_MAX || !printable) {
            fault(path, value, "use 1 to 64 characters without blanks");
        }
    }

    private void atMost(String path, int size, int max) {
        if (size > max) {
            fault(path, String.valueOf(size), "at most " + max);
        }
    }

    private void within(String path, int value, int from, int to) {
        if (value < from || value > to) {
            fault(path, String.valueOf(value), "use " + from + " to " + to);
        }
    }

    private void within(String path, Duration value, Duration from, Duration to) {
        if (value.compareTo(from) < 0 || value.compareTo(to) > 0) {
            fault(path, value.toString(), "use " + from + " to " + to);
        }
    }

    private void fault(String path, String value, String reason) {
        faults.add(new SiteFault(path, value, reason, Set.of()));
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static Duration minutes(int count) {
        return Duration.ofMinutes(count);
    }
}
