package io.jackfield.server;

import io.jackfield.call.Pii;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.event.Events;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.calls.FloorCalls;
import io.jackfield.contactcenter.calls.FloorEvents;
import io.jackfield.contactcenter.calls.SiteFloor;
import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.floor.FloorFigures;
import io.jackfield.contactcenter.runner.FloorRunner;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Supplier;

/** The contact centre: the floor, and its ties to calls and phones. */
final class FloorPart implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.jackfield.event");

    /** Whoever may use the API may do what a supervisor may. */
    private static final AskedBy BY_API = new AskedBy(AskedBy.Role.SUPERVISOR, "api");

    private final FloorRunner floor;
    private final ZoneId zone;

    private FloorPart(FloorRunner floor, ZoneId zone) {
        this.floor = floor;
        this.zone = zone;
    }

    /** Starts an empty floor; {@link #replace} says who works there. */
    static FloorPart start(Calls calls, Supplier<Site> site, Registrar registrar, Events events) {
        ZoneId zone = ZoneId.systemDefault();
        Mailbox mailbox = new Mailbox();
        FloorCalls port = new FloorCalls(calls::tell, site, event -> mailbox.to.offer(event));
        FloorRunner floor =
                new FloorRunner(
                        Floor.of(SiteFloor.of(site.get(), zone), Instant.now()),
                        port,
                        FloorPart::told,
                        _ -> {},
                        System::nanoTime,
                        Instant::now);
        mailbox.to = floor;
        FloorEvents into =
                new FloorEvents(floor::offer, port, agent -> !registrar.bindings(agent).isEmpty());
        events.listen(into::on);
        floor.start();
        return new FloorPart(floor, zone);
    }

    /** What the port answers goes to the runner, which is made with the port. */
    private static final class Mailbox {
        @SuppressWarnings("NullAway.Init")
        private volatile FloorRunner to;
    }

    /** Goes over to another site; calls and places in line stay. */
    void replace(Site next) {
        floor.offer(new FloorEvent.SettingsReplaced(SiteFloor.of(next, zone)));
    }

    /** Queues and agents at this moment. */
    FloorFigures figures() {
        return FloorFigures.of(floor.floor(), Instant.now());
    }

    /** Asks for a state of an agent's; false where the floor has too much to do. */
    boolean ask(AgentId agent, AgentRequest request) {
        return floor.offer(new FloorEvent.AgentAsked(agent, request, BY_API));
    }

    private static void told(FloorEffect.Told what) {
        switch (what) {
            case FloorEffect.AgentChanged(var change) -> LOG.log(Level.INFO, words(change));
            case FloorEffect.VisitEnded visit ->
                    LOG.log(
                            Level.INFO,
                            "call="
                                    + visit.call().value()
                                    + " left queue="
                                    + visit.queue().number()
                                    + " outcome="
                                    + visit.outcome().name().toLowerCase(Locale.ROOT)
                                    + " waited_ms="
                                    + visit.waited().toMillis());
            case FloorEffect.RequestRefused(var agent, _, _, var reason) ->
                    LOG.log(
                            Level.INFO,
                            "agent="
                                    + Pii.of(agent.name())
                                    + " state refused reason=\""
                                    + reason
                                    + "\"");
            case FloorEffect.CallbackEnded _, FloorEffect.Figures _ -> {}
        }
    }

    private static String words(AgentChange change) {
        return "agent="
                + Pii.of(change.agent().name())
                + " state="
                + change.to().status().name().toLowerCase(Locale.ROOT)
                + " cause="
                + change.cause().name().toLowerCase(Locale.ROOT)
                + " lasted_ms="
                + change.lasted().toMillis();
    }

    @Override
    public void close() {
        floor.stop();
    }
}
