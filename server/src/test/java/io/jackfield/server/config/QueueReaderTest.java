package io.jackfield.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A queue of the site")
class QueueReaderTest {
    private static final String BASE =
            """
            timeZone: Europe/Moscow
            agents:
              - name: anna
                password: anna-secret
                skills: {english: 3, sales: 10}
                readyAtLogin: false
                missedMax: 3
                afterMissed: 10s
                grace: 1m
              - range: 1001-1002
                password: "secret-{name}"
            """;

    private static FloorSettings read(String more) {
        return SiteLoader.read("site.yaml", BASE + more, "realm").floor();
    }

    private static QueueSettings queue(String keys) {
        return read("queues:\n  - number: \"700\"\n" + keys.indent(4)).queues().getFirst();
    }

    private static List<String> faults(String keys) {
        ConfigurationException wrong =
                catchThrowableOfType(ConfigurationException.class, () -> queue(keys));
        assertThat(wrong).as(keys).isNotNull();
        return wrong.problems().stream().map(p -> p.what() + " " + p.remedy()).toList();
    }

    @Test
    @DisplayName("that says no more than who is in it rings all, always, and keeps what it has")
    void defaults() {
        QueueSettings usual =
                QueueSettings.of(
                        "700", List.of(MemberSettings.of("anna"), MemberSettings.of("1001")));
        QueueSettings queue = queue("members: [anna, \"1001\"]");
        assertThat(queue.members()).isEqualTo(usual.members());
        assertThat(queue.offers().strategy()).isEqualTo(Strategy.RING_ALL);
        assertThat(queue.waiting()).isEqualTo(usual.waiting());
        assertThat(queue.wrapUp()).isEqualTo(usual.wrapUp());
        assertThat(queue.join()).isEqualTo(Staffing.STAFFED);
        assertThat(queue.leave()).isEqualTo(Staffing.ANY);
        assertThat(queue.hours()).isEqualTo(OpeningHours.ALWAYS);
        assertThat(queue.overflow()).isEmpty();
        assertThat(queue.callback()).isEmpty();
        assertThat(queue.need()).isEqualTo(Need.ORDINARY);
    }

    @Test
    @DisplayName("may say all that there is to a queue")
    void everything() {
        QueueSettings queue =
                queue(
                        """
                        members: [{agent: anna, weight: 7, tier: 2}, "1001"]
                        strategy: skill-level
                        ringFor: 15s
                        importantFrom: 4
                        wrapUp: 30s
                        wrapUpExtension: 20s
                        wrapUpExtensions: 2
                        wrapUpEarly: false
                        waitMax: 10m
                        lengthMax: 5
                        joinEmpty: true
                        leaveEmpty: true
                        music: busy
                        language: ru
                        announce: {first: 10s, every: 30s, position: false, estimate: true}
                        comfort: {every: 40s, prompts: [please-wait, busy]}
                        hours:
                          mon-fri: "09:00-13:00, 14:00-18:00"
                          sat-sun: "10:00-14:00"
                          holidays: {"2027-01-01": closed, "2027-01-02": "12:00-24:00"}
                        overflow:
                          timeout: callback
                          full: "1002"
                          closed: {message: closed}
                          joinEmpty: hangup
                          leaveEmpty: {number: "1002"}
                        callback: {key: "*", order: customer-first, attempts: 2, retryAfter: 1m,
                          ringFor: 40s, keepFor: 2h, pending: 9}
                        answerWithin: 30s
                        shortAbandon: 3s
                        priority: 4
                        importance: 5
                        skills: {english: 2}
                        """);
        Duration second = Duration.ofSeconds(1);
        OpeningHours.Range morning = new OpeningHours.Range(9 * 60, 13 * 60);
        OpeningHours.Range afternoon = new OpeningHours.Range(14 * 60, 18 * 60);
        List<OpeningHours.Range> office = List.of(morning, afternoon);
        List<OpeningHours.Range> weekend = List.of(OpeningHours.Range.ofHours(10, 14));
        assertThat(queue)
                .isEqualTo(
                        new QueueSettings(
                                new QueueId("700"),
                                List.of(
                                        new MemberSettings(new AgentId("anna"), 7, 2),
                                        MemberSettings.of("1001")),
                                new OfferSettings(Strategy.SKILL_LEVEL, second.multipliedBy(15), 4),
                                new WrapUpSettings(
                                        second.multipliedBy(30), second.multipliedBy(20), 2, false),
                                new WaitSettings(
                                        5,
                                        Duration.ofMinutes(10),
                                        "busy",
                                        Language.RUSSIAN,
                                        Optional.of(
                                                new WaitSettings.Announcements(
                                                        second.multipliedBy(10),
                                                        second.multipliedBy(30),
                                                        false,
                                                        true)),
                                        Optional.of(
                                                new WaitSettings.Comfort(
                                                        second.multipliedBy(40),
                                                        List.of("please-wait", "busy")))),
                                Staffing.ANY,
                                Staffing.STAFFED,
                                new OpeningHours(
                                        ZoneId.of("Europe/Moscow"),
                                        Map.of(
                                                DayOfWeek.MONDAY, office,
                                                DayOfWeek.TUESDAY, office,
                                                DayOfWeek.WEDNESDAY, office,
                                                DayOfWeek.THURSDAY, office,
                                                DayOfWeek.FRIDAY, office,
                                                DayOfWeek.SATURDAY, weekend,
                                                DayOfWeek.SUNDAY, weekend),
                                        Map.of(
                                                LocalDate.of(2027, 1, 1),
                                                List.of(),
                                                LocalDate.of(2027, 1, 2),
                                                List.of(OpeningHours.Range.ofHours(12, 24)))),
                                Map.of(
                                        OverflowCause.TIMEOUT,
                                        new OverflowTarget.ToCallback(),
                                        OverflowCause.FULL,
                                        new OverflowTarget.ToNumber("1002"),
                                        OverflowCause.CLOSED,
                                        new OverflowTarget.ToMessage("closed"),
                                        OverflowCause.JOIN_EMPTY,
                                        new OverflowTarget.HangUp(),
                                        OverflowCause.LEAVE_EMPTY,
                                        new OverflowTarget.ToNumber("1002")),
                                Optional.of(
                                        new CallbackSettings(
                                                '*',
                                                CallbackSettings.Order.CUSTOMER_FIRST,
                                                2,
                                                Duration.ofMinutes(1),
                                                Duration.ofSeconds(40),
                                                Duration.ofHours(2),
                                                9)),
                                new ServiceSettings(
                                        second.multipliedBy(30), second.multipliedBy(3)),
                                new Need(4, 5, Map.of("english", 2))));
    }

    @Test
    @DisplayName("sends everybody to one place, where it names one")
    void oneOverflow() {
        assertThat(queue("members: [anna]\noverflow: \"1002\"").overflow())
                .hasSize(OverflowCause.values().length)
                .containsValue(new OverflowTarget.ToNumber("1002"));
        assertThat(queue("members: [anna]\ncallback: {}\noverflow: callback").overflow())
                .containsEntry(OverflowCause.FULL, new OverflowTarget.ToCallback());
    }

    @Test
    @DisplayName("that cannot be is told why, with what it may be")
    void refused() {
        assertThat(faults("members: [anna]\nstrategy: loudest").toString())
                .contains(
                        "ring-all, longest-idle, round-robin, fewest-calls, skill-level, priority");
        assertThat(faults("members: [ana]").toString()).contains("Did you mean anna?");
        assertThat(faults("members: [{agent: anna, weigth: 3}]").toString())
                .contains("weigth is not known", "Did you mean weight?");
        assertThat(faults("members: [anna]\noverflow: callback").toString())
                .contains("calls nobody back", "callback: {}");
        assertThat(faults("members: [anna]\noverflow: {queue: \"701\"}").toString())
                .contains("701", "no such queue");
        assertThat(faults("members: [anna]\noverflow: {queue: \"700\"}").toString())
                .contains("leads back to the same queue");
        assertThat(faults("members: [anna]\noverflow: {tiemout: callback}").toString())
                .contains("tiemout is not known", "Did you mean timeout?");
        assertThat(faults("members: [anna]\nhours: {mon-fry: \"09:00-18:00\"}").toString())
                .contains("mon-fry is not known");
        assertThat(faults("members: [anna]\nhours: {mon: \"18:00-09:00\"}").toString())
                .contains("09:00-18:00");
        assertThat(
                        faults("members: [anna]\nhours: {holidays: {\"2027-13-01\": closed}}")
                                .toString())
                .contains("2027-13-01 is no date");
        assertThat(faults("members: [anna]\nhours: {zone: Moskva}").toString())
                .contains("a time zone as Europe/Moscow");
        assertThat(faults("members: [anna]\ncallback: soon").toString())
                .contains("Write a group of keys");
        assertThat(faults("members: [anna]\ncallback: {key: \"12\"}").toString())
                .contains("a digit, * or #");
        assertThat(faults("members: [anna]\nskills: {english: 11}").toString()).contains("1 to 10");
        assertThat(faults("members: [anna]\nskills: english").toString())
                .contains("Write a group of levels");
        assertThat(faults("members: [anna]\nmusic: jazz").toString())
                .contains("names the prompt jazz, which is not there", "Add it under prompts:");
        assertThat(faults("members: [anna]\noverflow: {message: clsed}").toString())
                .contains("Did you mean closed?");
        assertThat(faults("members: [anna, anna]").toString()).contains("is there twice");
    }

    @Test
    @DisplayName("has agents with skills and habits of their own")
    void agents() {
        FloorSettings floor = read("breakReasons: [tea]\n");
        assertThat(floor.zone()).isEqualTo(ZoneId.of("Europe/Moscow"));
        assertThat(floor.breakReasons()).containsExactly("tea");
        assertThat(floor.agents())
                .containsExactly(
                        new AgentSettings(
                                new AgentId("anna"),
                                Map.of("english", 3, "sales", 10),
                                false,
                                3,
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(1)),
                        usual("1001"),
                        usual("1002"));
    }

    private static AgentSettings usual(String name) {
        return new AgentSettings(
                new AgentId(name),
                Map.of(),
                true,
                AgentSettings.MISSED_MAX,
                AgentSettings.AFTER_MISSED,
                AgentSettings.GRACE);
    }
}
