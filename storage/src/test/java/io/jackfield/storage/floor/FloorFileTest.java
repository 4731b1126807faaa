package io.jackfield.storage.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.floor.FloorAgent;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.floor.FloorRules;
import io.jackfield.contactcenter.floor.FloorStep;
import io.jackfield.contactcenter.queue.Place;
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
import io.jackfield.contactcenter.site.WaitSettings;
import io.jackfield.contactcenter.site.WrapUpSettings;
import io.jackfield.media.prompt.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file of the floor")
class FloorFileTest {
    private static final Instant THEN = Instant.parse("2026-11-23T07:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Moscow");
    private static final List<String> AGENTS = List.of("1001", "1002", "1003");
    private static final List<String> QUEUES = List.of("700", "701");

    @TempDir Path folder;

    // ---- a floor on which anything has happened

    private static QueueSettings queue(String number, CallbackSettings.Order order) {
        return new QueueSettings(
                new QueueId(number),
                AGENTS.stream().map(MemberSettings::of).toList(),
                OfferSettings.DEFAULT,
                new WrapUpSettings(Duration.ofSeconds(20), Duration.ofSeconds(10), 1, true),
                new WaitSettings(
                        5,
                        Duration.ofMinutes(2),
                        "default",
                        Language.RUSSIAN,
                        Optional.of(
                                new WaitSettings.Announcements(
                                        Duration.ofSeconds(5), Duration.ofSeconds(20), true, true)),
                        Optional.of(
                                new WaitSettings.Comfort(
                                        Duration.ofSeconds(15), List.of("a", "b")))),
                Staffing.ANY,
                Staffing.ANY,
                new OpeningHours(
                        ZONE,
                        OpeningHours.ALWAYS.week(),
                        Map.of(LocalDate.of(2027, 1, 1), List.of())),
                Map.of(
                        OverflowCause.TIMEOUT, new OverflowTarget.ToCallback(),
                        OverflowCause.FULL, new OverflowTarget.ToNumber("1003"),
                        OverflowCause.CLOSED, new OverflowTarget.ToMessage("closed")),
                Optional.of(
                        new CallbackSettings(
                                '1',
                                order,
                                3,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(20),
                                Duration.ofHours(1),
                                10)),
                ServiceSettings.DEFAULT,
                new Need(2, 3, Map.of("english", 4)));
    }

    private static AgentSettings agent(String name) {
        AgentSettings usual = AgentSettings.of(name);
        return new AgentSettings(
                usual.id(),
                Map.of("english", 5),
                usual.readyAtLogin(),
                usual.missedMax(),
                usual.afterMissed(),
                usual.grace());
    }

    private static Floor opened() {
        return Floor.of(
                new FloorSettings(
                        ZONE,
                        AGENTS.stream().map(FloorFileTest::agent).toList(),
                        List.of(
                                queue("700", CallbackSettings.Order.AGENT_FIRST),
                                queue("701", CallbackSettings.Order.CUSTOMER_FIRST)),
                        Set.of("lunch")),
                THEN);
    }

    /** Steps at random; what was put out is answered by some of the events. */
    private static final class Day {
        private final Random random;
        private final List<CallId> calls = new ArrayList<>();
        private final List<Long> offers = new ArrayList<>();
        private Floor floor = opened();
        private Instant now = THEN;

        Day(long seed) {
            random = new Random(seed);
            calls.add(new CallId("c0"));
            offers.add(0L);
        }

        Floor next() {
            now = now.plusMillis(random.nextInt(4_000));
            FloorStep step = FloorRules.step(floor, event(), now);
            floor = step.next();
            for (FloorEffect effect : step.effects()) {
                switch (effect) {
                    case FloorEffect.Offer offer -> offers.add(offer.offer().id());
                    case FloorEffect.StartCallback started -> calls.add(started.call());
                    default -> {}
                }
            }
            return floor;
        }

        private <T> T one(List<T> of) {
            return of.get(of.size() - 1 - random.nextInt(Math.min(of.size(), 4)));
        }

        private FloorEvent event() {
            AgentId agent = new AgentId(one(AGENTS));
            return switch (random.nextInt(14)) {
                case 0, 1 -> {
                    calls.add(new CallId("c" + calls.size()));
                    yield new FloorEvent.CallerEntered(
                            calls.getLast(), new QueueId(one(QUEUES)), "74950000", Need.ORDINARY);
                }
                case 2 -> new FloorEvent.CallerLeft(one(calls));
                case 3 -> new FloorEvent.CallbackAsked(one(calls), Optional.empty());
                case 4 -> new FloorEvent.CustomerAnswered(one(calls));
                case 5, 6 -> new FloorEvent.AgentAnswered(one(offers));
                case 7 -> new FloorEvent.AgentRings(one(offers));
                case 8 -> new FloorEvent.AgentMissed(one(offers), Miss.BUSY);
                case 9 -> new FloorEvent.PhoneRegistered(agent);
                case 10 ->
                        random.nextInt(4) == 0
                                ? new FloorEvent.PhoneGone(agent)
                                : new FloorEvent.AgentCallEnded(agent, one(calls));
                case 11 -> new FloorEvent.AgentCallHeld(agent, one(calls), random.nextBoolean());
                case 12 ->
                        new FloorEvent.AgentAsked(
                                agent,
                                random.nextInt(3) == 0
                                        ? new AgentRequest.Break("lunch")
                                        : new AgentRequest.Ready(),
                                new AskedBy(AskedBy.Role.AGENT, agent.name()));
                default -> new FloorEvent.Tick();
            };
        }
    }

    @Test
    @DisplayName("gives back the floor that was written, whatever has happened on it")
    void writtenAndRead() {
        Set<Class<?>> seen = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Day day = new Day(seed);
            for (int step = 0; step < 200; step++) {
                Floor floor = day.next();
                assertThat(FloorJson.read(FloorJson.write(floor))).isEqualTo(floor);
                floor.agents().values().stream()
                        .map(FloorAgent::agent)
                        .map(Agent::state)
                        .map(Object::getClass)
                        .forEach(seen::add);
                floor.queues().values().stream()
                        .flatMap(q -> q.line().stream())
                        .map(Object::getClass)
                        .forEach(seen::add);
                floor.queues().values().stream()
                        .flatMap(q -> q.callbacks().stream())
                        .flatMap(c -> c.dialling().stream())
                        .map(Object::getClass)
                        .forEach(seen::add);
            }
        }
        assertThat(seen)
                .contains(
                        AgentState.Offline.class,
                        AgentState.Ready.class,
                        AgentState.OnBreak.class,
                        AgentState.WrapUp.class,
                        AgentState.Reserved.class,
                        AgentState.Ringing.class,
                        AgentState.OnCall.class,
                        AgentState.NetworkLost.class,
                        Place.Caller.class,
                        Place.Callback.class,
                        Place.Dialling.class);
    }

    @Test
    @DisplayName("has the newest floor once it is closed, readable by its owner alone")
    void newest() throws Exception {
        Day day = new Day(1);
        Floor last = opened();
        try (FloorFile file = FloorFile.open(folder.resolve("floor"))) {
            assertThat(file.read()).isEmpty();
            for (int step = 0; step < 300; step++) {
                last = day.next();
                file.changed(last);
            }
        }
        try (FloorFile again = FloorFile.open(folder.resolve("floor"))) {
            assertThat(again.read()).contains(last);
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("floor/floor.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    @DisplayName("that cannot be read is put aside, and the floor begins empty")
    void unreadable() throws Exception {
        for (String broken : List.of("", "{\"format\":1,\"floor\":{\"zo", "[]", "{\"format\":2}")) {
            Files.writeString(folder.resolve("floor.json"), broken);
            try (FloorFile file = FloorFile.open(folder)) {
                assertThat(file.read()).as(broken).isEmpty();
                assertThat(file.read()).isEmpty();
            }
            assertThat(Files.readString(folder.resolve("floor.json.unreadable"))).isEqualTo(broken);
        }
    }

    @Test
    @DisplayName("of a newer version is read without what this one does not know")
    void newer() throws IOException {
        Floor floor = new Day(2).next();
        String json = new String(FloorJson.write(floor), StandardCharsets.UTF_8);
        String newer = json.replaceFirst("\"zone\":", "\"later\":{\"a\":[1]},\"zone\":");
        assertThat(newer).isNotEqualTo(json);
        assertThat(FloorJson.read(newer.getBytes(StandardCharsets.UTF_8))).isEqualTo(floor);
    }

    @Test
    @DisplayName("of an older version is read, where what it lacks may be absent")
    void older() throws IOException {
        Floor floor = opened();
        String json = new String(FloorJson.write(floor), StandardCharsets.UTF_8);
        String older = json.replace(",\"wish\":null", "");
        assertThat(older).isNotEqualTo(json);
        assertThat(FloorJson.read(older.getBytes(StandardCharsets.UTF_8))).isEqualTo(floor);
    }
}
