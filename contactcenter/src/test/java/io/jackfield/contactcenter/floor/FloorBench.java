package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Agent;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AgentStatus;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.queue.Counts;
import io.jackfield.contactcenter.site.AgentSettings;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.QueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A floor in virtual time, and all that it has put out. */
final class FloorBench {
    static final AskedBy SELF = new AskedBy(AskedBy.Role.AGENT, "self");

    /** A Monday, 10 o'clock in Moscow. */
    static final Instant START = Instant.parse("2026-11-23T07:00:00Z");

    private Instant now = START;
    private Floor floor;
    private final List<FloorEffect> effects = new ArrayList<>();

    FloorBench(FloorSettings settings) {
        floor = Floor.of(settings, now);
    }

    /** Agents with default settings, no pause after a missed offer, and these queues. */
    static FloorBench of(List<String> agents, QueueSettings... queues) {
        return new FloorBench(settings(agents, queues));
    }

    static FloorSettings settings(List<String> agents, QueueSettings... queues) {
        return new FloorSettings(
                ZoneId.of("Europe/Moscow"),
                agents.stream().map(AgentSettings::of).toList(),
                List.of(queues),
                Set.of("lunch"));
    }

    // ---- what happens

    void on(FloorEvent event) {
        Floor before = floor;
        FloorStep step = FloorRules.step(floor, event, now);
        floor = step.next();
        Invariants.check(before, floor, now);
        effects.addAll(step.effects());
    }

    /** Moves on by that much, stopping at every deadline on the way. */
    void advance(Duration by) {
        Instant end = now.plus(by);
        while (!floor.deadline().isAfter(end)) {
            now = floor.deadline();
            on(new FloorEvent.Tick());
        }
        now = end;
    }

    void seconds(int seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    void ready(String... agents) {
        for (String agent : agents) {
            on(new FloorEvent.PhoneRegistered(new AgentId(agent)));
            asks(agent, new AgentRequest.Ready());
            seconds(1);
        }
    }

    void asks(String agent, AgentRequest request) {
        on(new FloorEvent.AgentAsked(new AgentId(agent), request, SELF));
    }

    void enters(String call, String queue) {
        enters(call, queue, Need.ORDINARY);
    }

    void enters(String call, String queue, Need need) {
        on(new FloorEvent.CallerEntered(new CallId(call), new QueueId(queue), "74951112233", need));
    }

    void leaves(String call) {
        on(new FloorEvent.CallerLeft(new CallId(call)));
    }

    /** The agent's phone rings and is answered. */
    void answers(String agent) {
        long offer = agent(agent).offer().orElseThrow();
        on(new FloorEvent.AgentRings(offer));
        on(new FloorEvent.AgentAnswered(offer));
    }

    void hangsUp(String agent, String call) {
        on(new FloorEvent.AgentCallEnded(new AgentId(agent), new CallId(call)));
    }

    // ---- what is

    Instant now() {
        return now;
    }

    Floor floor() {
        return floor;
    }

    void goOnWith(Floor stored) {
        floor = stored;
    }

    Agent agent(String name) {
        return floor.agent(new AgentId(name)).orElseThrow();
    }

    AgentStatus status(String agent) {
        return agent(agent).status();
    }

    long count(String queue, Counts.Count what) {
        return floor.queue(new QueueId(queue)).orElseThrow().counts().of(what);
    }

    int waiting(String queue) {
        return floor.queue(new QueueId(queue)).orElseThrow().callers().size();
    }

    // ---- what was put out

    void forget() {
        effects.clear();
    }

    List<FloorEffect> effects() {
        return effects;
    }

    <T extends FloorEffect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Whom it rang for which call, as {@code call-agent}. */
    List<String> rung() {
        return all(FloorEffect.Offer.class).stream()
                .map(FloorEffect.Offer::offer)
                .map(o -> o.call() + "-" + o.agent())
                .toList();
    }
}
