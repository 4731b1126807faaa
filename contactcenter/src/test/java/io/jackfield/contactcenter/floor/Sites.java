package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.CallbackSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.MemberSettings;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.OpeningHours;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.ServiceSettings;
import io.jackfield.contactcenter.site.Staffing;
import io.jackfield.contactcenter.site.Strategy;
import io.jackfield.contactcenter.site.WaitSettings;
import io.jackfield.contactcenter.site.WrapUpSettings;
import io.jackfield.media.prompt.Language;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random sites for the model test: small, so that everything meets everything. */
final class Sites {
    static final int AGENTS = 8;
    static final int QUEUES = 4;
    static final int LENGTH_MAX = 12;
    static final int PENDING_MAX = 5;
    static final List<String> SKILLS = List.of("english", "russian", "billing");

    private final RandomGenerator random;

    Sites(RandomGenerator random) {
        this.random = random;
    }

    FloorSettings any() {
        List<AgentSettings> agents = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            if (random.nextInt(10) > 0) {
                agents.add(agent("100" + i));
            }
        }
        int queues = QUEUES - random.nextInt(2);
        List<QueueSettings> all = new ArrayList<>();
        for (int i = 0; i < queues; i++) {
            all.add(queue("70" + i, queues, agents));
        }
        return new FloorSettings(
                ZoneId.of("Europe/Moscow"), agents, all, Set.of("lunch", "training"));
    }

    private AgentSettings agent(String name) {
        Map<String, Integer> skills = new HashMap<>();
        SKILLS.stream()
                .filter(_ -> random.nextInt(3) > 0)
                .forEach(s -> skills.put(s, 1 + random.nextInt(10)));
        return new AgentSettings(
                new AgentId(name),
                skills,
                random.nextBoolean(),
                1 + random.nextInt(3),
                Duration.ofSeconds(random.nextInt(6)),
                Duration.ofSeconds(random.nextInt(60)));
    }

    private QueueSettings queue(String number, int queues, List<AgentSettings> agents) {
        List<MemberSettings> members =
                agents.stream()
                        .filter(_ -> random.nextInt(3) > 0)
                        .map(a ->
                                new MemberSettings(
                                        a.id(), random.nextInt(3), 1 + random.nextInt(3)))
                        .toList();
        Optional<CallbackSettings> callback =
                random.nextInt(4) > 0 ? Optional.of(callback()) : Optional.empty();
        return new QueueSettings(
                new QueueId(number),
                members,
                new OfferSettings(
                        oneOf(Strategy.values()),
                        Duration.ofSeconds(5 + random.nextInt(20)),
                        1 + random.nextInt(10),
                        Duration.ofSeconds(random.nextInt(3) * 15L)),
                new WrapUpSettings(
                        Duration.ofSeconds(random.nextInt(4) * 10L),
                        Duration.ofSeconds(15),
                        random.nextInt(3),
                        random.nextBoolean()),
                waiting(),
                oneOf(Staffing.values()),
                oneOf(Staffing.values()),
                random.nextBoolean() ? OpeningHours.ALWAYS : officeHours(),
                overflow(number, queues, callback.isPresent()),
                callback,
                new ServiceSettings(Duration.ofSeconds(20), Duration.ofSeconds(3)),
                Need.ORDINARY);
    }

    private WaitSettings waiting() {
        return new WaitSettings(
                1 + random.nextInt(LENGTH_MAX),
                Duration.ofSeconds(20 + random.nextInt(300)),
                "music",
                oneOf(Language.values()),
                random.nextBoolean()
                        ? Optional.of(
                                new WaitSettings.Announcements(
                                        Duration.ofSeconds(random.nextInt(20)),
                                        Duration.ofSeconds(10),
                                        random.nextBoolean(),
                                        random.nextBoolean()))
                        : Optional.empty(),
                random.nextBoolean()
                        ? Optional.of(
                                new WaitSettings.Comfort(
                                        Duration.ofSeconds(15), List.of("one", "two")))
                        : Optional.empty());
    }

    private CallbackSettings callback() {
        return new CallbackSettings(
                '1',
                oneOf(CallbackSettings.Order.values()),
                1 + random.nextInt(3),
                Duration.ofSeconds(10 + random.nextInt(100)),
                Duration.ofSeconds(5 + random.nextInt(20)),
                Duration.ofSeconds(60 + random.nextInt(2_000)),
                1 + random.nextInt(PENDING_MAX));
    }

    private OpeningHours officeHours() {
        Map<DayOfWeek, List<OpeningHours.Range>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(
                    day,
                    List.of(OpeningHours.Range.ofHours(0, 12), OpeningHours.Range.ofHours(13, 23)));
        }
        return new OpeningHours(
                ZoneId.of("Europe/Moscow"), week, Map.of(LocalDate.of(2026, 11, 25), List.of()));
    }

    private Map<OverflowCause, OverflowTarget> overflow(
            String number, int queues, boolean callsBack) {
        Map<OverflowCause, OverflowTarget> all = new EnumMap<>(OverflowCause.class);
        for (OverflowCause cause : OverflowCause.values()) {
            String other = "70" + random.nextInt(queues);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (!other.equals(number)) {
                        all.put(cause, new OverflowTarget.ToQueue(new QueueId(other)));
                    }
                }
                case 2 -> all.put(cause, new OverflowTarget.ToNumber("9500"));
                case 3 -> all.put(cause, new OverflowTarget.ToMessage("busy"));
                case 4 -> {
                    if (callsBack) {
                        all.put(cause, new OverflowTarget.ToCallback());
                    }
                }
                default -> {}
            }
        }
        return all;
    }

    private <T> T oneOf(T[] all) {
        return all[random.nextInt(all.length)];
    }
}
