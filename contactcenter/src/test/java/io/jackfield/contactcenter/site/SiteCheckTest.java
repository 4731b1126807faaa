package io.jackfield.contactcenter.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.media.prompt.Language;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A site")
class SiteCheckTest {
    private static final Duration LONG = Duration.ofDays(30);

    @Test
    @DisplayName("with defaults and members who exist is accepted")
    void good() {
        QueueSettings sales = QueueSettings.of("700", List.of(MemberSettings.of("1001")));
        assertThat(
                        SiteCheck.faults(
                                List.of(AgentSettings.of("1001")), List.of(sales), Set.of("lunch")))
                .isEmpty();
    }

    @Test
    @DisplayName("is told everything that is wrong with it at once, each with path and value")
    void allFaults() {
        AgentSettings anna =
                new AgentSettings(new AgentId("1001"), Map.of("english", 11), true, 0, LONG, LONG);
        QueueSettings sales =
                new QueueSettings(
                        new QueueId("700"),
                        List.of(
                                new MemberSettings(new AgentId("1002"), 101, 0),
                                MemberSettings.of("1001"),
                                MemberSettings.of("1001")),
                        new OfferSettings(Strategy.RING_ALL, LONG, 0),
                        new WrapUpSettings(LONG, LONG, 11, true),
                        new WaitSettings(
                                0,
                                LONG,
                                "",
                                Language.ENGLISH,
                                Optional.of(new WaitSettings.Announcements(LONG, LONG, true, true)),
                                Optional.of(new WaitSettings.Comfort(LONG, List.of()))),
                        Staffing.ANY,
                        Staffing.ANY,
                        new OpeningHours(
                                ZoneId.of("UTC"),
                                Map.of(
                                        DayOfWeek.MONDAY,
                                        List.of(OpeningHours.Range.ofHours(22, 6))),
                                Map.of()),
                        Map.of(
                                OverflowCause.FULL,
                                new OverflowTarget.ToQueue(new QueueId("701")),
                                OverflowCause.TIMEOUT,
                                new OverflowTarget.ToQueue(new QueueId("700")),
                                OverflowCause.CLOSED,
                                new OverflowTarget.ToCallback(),
                                OverflowCause.JOIN_EMPTY,
                                new OverflowTarget.ToNumber("")),
                        Optional.empty(),
                        new ServiceSettings(LONG, LONG),
                        Need.ORDINARY);

        List<SiteFault> faults =
                SiteCheck.faults(
                        List.of(anna, anna), List.of(sales), Set.of("missed-calls", "a b"));

        assertThat(faults)
                .extracting(SiteFault::path)
                .containsExactly(
                        "agents[1001].skills.english",
                        "agents[1001].missedMax",
                        "agents[1001].afterMissed",
                        "agents[1001].grace",
                        "agents[1001]",
                        "agents[1001].skills.english",
                        "agents[1001].missedMax",
                        "agents[1001].afterMissed",
                        "agents[1001].grace",
                        "queues[700].members[0].agent",
                        "queues[700].members[0].weight",
                        "queues[700].members[0].tier",
                        "queues[700].members[2]",
                        "queues[700].offers.ringFor",
                        "queues[700].offers.importantFrom",
                        "queues[700].wrapUp.limit",
                        "queues[700].wrapUp.extension",
                        "queues[700].wrapUp.extensionsMax",
                        "queues[700].waiting.lengthMax",
                        "queues[700].waiting.waitMax",
                        "queues[700].waiting.music",
                        "queues[700].waiting.announcements.first",
                        "queues[700].waiting.announcements.every",
                        "queues[700].waiting.comfort.every",
                        "queues[700].waiting.comfort.prompts",
                        "queues[700].hours.MONDAY",
                        "queues[700].service.answerWithin",
                        "queues[700].service.shortAbandon",
                        "queues[700].overflow.TIMEOUT.queue",
                        "queues[700].overflow.FULL.queue",
                        "queues[700].overflow.CLOSED",
                        "queues[700].overflow.JOIN_EMPTY.number",
                        "breakReasons",
                        "breakReasons");
        assertThat(faults.get(9).value()).isEqualTo("1002");
        assertThat(faults.get(9).known()).containsExactly("1001");
    }

    @Test
    @DisplayName("with a fault never comes to be")
    void refused() {
        QueueSettings sales = QueueSettings.of("700", List.of(MemberSettings.of("1001")));
        InvalidFloor refused =
                catchThrowableOfType(
                        InvalidFloor.class,
                        () ->
                                new FloorSettings(
                                        ZoneId.of("UTC"), List.of(), List.of(sales), Set.of()));
        assertThat(refused.faults()).hasSize(1);
        assertThat(refused).hasMessageContaining("queues[700].members[0].agent: 1001");
    }

    @Test
    @DisplayName("with bad call back settings is told so")
    void callback() {
        QueueSettings plain = QueueSettings.of("700", List.of());
        QueueSettings sales =
                new QueueSettings(
                        plain.id(),
                        plain.members(),
                        plain.offers(),
                        plain.wrapUp(),
                        plain.waiting(),
                        plain.join(),
                        plain.leave(),
                        plain.hours(),
                        plain.overflow(),
                        Optional.of(
                                new CallbackSettings(
                                        'x',
                                        CallbackSettings.Order.AGENT_FIRST,
                                        0,
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        Duration.ZERO,
                                        0)),
                        plain.service(),
                        Need.ORDINARY);
        assertThat(SiteCheck.faults(List.of(), List.of(sales), Set.of()))
                .extracting(SiteFault::path)
                .containsExactly(
                        "queues[700].callback.key",
                        "queues[700].callback.attemptsMax",
                        "queues[700].callback.retryAfter",
                        "queues[700].callback.ringFor",
                        "queues[700].callback.keepFor",
                        "queues[700].callback.pendingMax");
    }
}
