package io.jackfield.server;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.Calls;
import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.event.Events;
import io.jackfield.call.registrar.Registrar;
import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.agent.AgentRequest;
import io.jackfield.contactcenter.agent.AskedBy;
import io.jackfield.contactcenter.agent.Grade;
import io.jackfield.contactcenter.calls.FloorCalls;
import io.jackfield.contactcenter.calls.FloorEvents;
import io.jackfield.contactcenter.floor.Floor;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.floor.FloorFigures;
import io.jackfield.contactcenter.runner.FloorRunner;
import io.jackfield.contactcenter.runner.House;
import io.jackfield.contactcenter.site.FloorSettings;
import io.jackfield.storage.StorageException;
import io.jackfield.storage.floor.FloorFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The contact centre: the floor, and its ties to calls and phones. */
final class FloorPart implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FloorPart.class.getName());

    /** Whoever may use the API may do what a supervisor may. */
    private static final AskedBy BY_API = new AskedBy(AskedBy.Role.SUPERVISOR, "api");

    private final FloorRunner floor;
    private final FloorFile file;
    private final ScheduledExecutorService later;

    private FloorPart(FloorRunner floor, FloorFile file, ScheduledExecutorService later) {
        this.later = later;
        this.floor = floor;
        this.file = file;
    }

    /**
     * Starts the floor that was left, or an empty one; {@link #replace} says who works there.
     *
     * @param listener hears on the floor's thread all that the floor wants and tells; must not wait
     * @param listened whether somebody wants to hear of an offer before the phone rings
     * @throws StorageException when the file's folder cannot be used
     */
    static FloorPart start(
            Path folder,
            Calls calls,
            House house,
            Registrar registrar,
            Events events,
            Consumer<FloorEffect> listener,
            BooleanSupplier listened) {
        FloorFile file = FloorFile.open(folder);
        Optional<Floor> left = file.read();
        Mailbox mailbox = new Mailbox();
        FloorCalls port =
                new FloorCalls(
                        engine(calls), house, event -> mailbox.to.offer(event), Instant::now);
        ScheduledExecutorService later =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("head-start").factory());
        HeadStart calledLater =
                new HeadStart(
                        port,
                        listened,
                        (what, after) -> {
                            var _ = later.schedule(what, after.toMillis(), TimeUnit.MILLISECONDS);
                        });
        FloorRunner floor =
                new FloorRunner(
                        left.orElseGet(() -> Floor.of(house.floor(), Instant.now())),
                        effect -> {
                            // before the call hears of it: a screen pops before the phone rings
                            listener.accept(effect);
                            calledLater.perform(effect);
                        },
                        listener::accept,
                        file,
                        System::nanoTime,
                        Instant::now);
        mailbox.to = floor;
        FloorEvents into =
                new FloorEvents(floor::offer, port, agent -> !registrar.bindings(agent).isEmpty());
        left.ifPresent(_ -> floor.offer(new FloorEvent.Restarted(Set.of())));
        events.listen(into::on);
        floor.start();
        return new FloorPart(floor, file, later);
    }

    private static FloorCalls.CallEngine engine(Calls calls) {
        return new FloorCalls.CallEngine() {
            @Override
            public boolean tell(String callId, CallEvent.Command command) {
                return calls.tell(callId, command);
            }

            @Override
            public boolean start(NewCall call) {
                return calls.start(call);
            }
        };
    }

    /** What the port answers goes to the runner, which is made with the port. */
    private static final class Mailbox {
        @SuppressWarnings("NullAway.Init")
        private volatile FloorRunner to;
    }

    /** Goes over to another site; calls and places in line stay. */
    void replace(FloorSettings next) {
        floor.offer(new FloorEvent.SettingsReplaced(next));
    }

    /** Queues and agents at this moment. */
    FloorFigures figures() {
        return FloorFigures.of(floor.floor(), Instant.now());
    }

    /** Asks for a state of an agent's; false where the floor has too much to do. */
    boolean ask(AgentId agent, AgentRequest request) {
        return floor.offer(new FloorEvent.AgentAsked(agent, request, BY_API));
    }

    /** Tells how good an agent's network is. */
    void graded(AgentId agent, Grade grade) {
        if (!floor.offer(new FloorEvent.AgentGraded(agent, grade))) {
            LOG.log(System.Logger.Level.WARNING, "the floor has too much to do for a grade");
        }
    }

    @Override
    public void close() {
        floor.stop();
        later.shutdownNow();
        file.close();
    }
}
