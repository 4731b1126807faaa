package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.auth.TrunkSources;
import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.Transport;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.DialledNumber;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.TransactionUser;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All calls of a node in virtual time, on one thread: {@link Calls} and its runners as they are,
 * our transactions, a network, and stations with transactions and dialogs of their own.
 *
 * <p>Datagrams meet the network's weather; what goes over a connection only takes as long.
 */
final class CallsBench {
    private static final int STEPS_MAX = 200_000;
    private static final int CALLS_MAX = 100;

    private record Packet(Wire wire, byte[] bytes) {}

    private final VirtualClock clock = new VirtualClock();
    private final Identifiers identifiers = new CountedIdentifiers("bench-");
    private final List<CallRunner> runners = new ArrayList<>();
    private final Set<CallRunner> begun = new HashSet<>();
    private final Map<Wire, Station> stations = new LinkedHashMap<>();
    private final Map<String, Destination> numbers = new HashMap<>();
    private final Map<ClientTransactionId, TransactionUser> users = new HashMap<>();
    private final Transactions<Flow> transactions =
            new Transactions<>(TransactionSettings.DEFAULT, identifiers);
    private final TrunkSources trunkSources = new TrunkSources(_ -> List.of());
    private final SimulatedNetwork<Packet> datagramsIn;
    private final SimulatedNetwork<Packet> datagramsOut;
    private final SimulatedNetwork<Packet> streamsIn;
    private final SimulatedNetwork<Packet> streamsOut;
    private final PlantedBug inRules = new PlantedBug();
    private final PlantedBug inServices = new PlantedBug();
    private final BenchContext context = new BenchContext(inRules);
    private final FakeMedia media = new FakeMedia(inServices::use);
    private final List<Cdr> records = new ArrayList<>();
    private final List<PbxEvent> events = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> heardOf = new HashSet<>();
    private final Calls calls;
    private int made;
    private boolean draining;

    CallsBench() {
        this(NetworkConditions.PERFECT, new Seed(1));
    }

    CallsBench(NetworkConditions weather, Seed seed) {
        datagramsIn = new SimulatedNetwork<>(weather, seed.part(1));
        datagramsOut = new SimulatedNetwork<>(weather, seed.part(2));
        NetworkConditions slow = NetworkConditions.PERFECT.withDelay(weather.delay());
        streamsIn = new SimulatedNetwork<>(slow, seed.part(3));
        streamsOut = new SimulatedNetwork<>(slow, seed.part(4));
        Events published = new Events();
        published.listen(events::add);
        CallServices services =
                new CallServices(
                        new Out(),
                        media,
                        Recordings.NONE,
                        records::add,
                        published,
                        (trunk, failed) -> reports.add(trunk.name() + " " + failed),
                        (callId, bug, _) -> failures.add(callId + " " + bug.getMessage()),
                        clock::nanos);
        calls = new Calls(services, context, runners::add, CALLS_MAX);
    }

    // ---- who is there

    BenchContext context() {
        return context;
    }

    FakeMedia media() {
        return media;
    }

    Calls calls() {
        return calls;
    }

    Identifiers identifiers() {
        return identifiers;
    }

    /** A registered phone of that agent, who is dialled by name. */
    Station phone(String agent, String id) {
        Wire wire = browserWire(id);
        Optional<String> instance = Optional.of(instance(id));
        Station station =
                new Station(id, new Party.Phone(agent, Optional.empty(), instance), wire, this);
        stations.put(wire, station);
        context.registered(agent, wire, instance);
        numbers.put(agent, new Destination.Agents(List.of(CallBench.agent(agent))));
        return station;
    }

    static String instance(String id) {
        return "<urn:uuid:" + id + ">";
    }

    Wire browserWire(String id) {
        return new Wire(id, Transport.WSS, "198.51.100.7", 40000, this::toStation);
    }

    /** A carrier at that address, who is dialled by the trunk's name and calls from there. */
    Station carrier(Trunk trunk, String address) {
        Wire wire = new Wire(trunk.name(), trunk.transport(), address, 5060, this::toStation);
        Station station =
                new Station(
                        trunk.name(),
                        new Party.Customer(trunk, "74951234567", Optional.empty()),
                        wire,
                        this);
        stations.put(wire, station);
        context.leadsTo(trunk, wire);
        numbers.put(trunk.name(), CallBench.over(trunk));
        return station;
    }

    /** Another way by which that station may speak. */
    Wire anotherWire(Station station, String id, Transport transport, String address, int port) {
        Wire wire = new Wire(id, transport, address, port, this::toStation);
        stations.put(wire, station);
        return wire;
    }

    void number(String dialled, Destination destination) {
        numbers.put(dialled, destination);
    }

    // ---- what happens

    /** From now on new calls are refused. */
    void drain() {
        draining = true;
    }

    /** The station's connection drops: both ends notice. */
    void drops(Station station) {
        Wire gone = station.wire();
        gone.close();
        context.unregistered(gone);
        station.lost(gone);
        calls.flowClosed(gone);
        perform(transactions.transportFailed(gone, clock.nanos()));
        settle();
    }

    /** The phone is back over a new connection, and has registered. */
    void returns(Station station, String id) {
        Party.Phone phone = (Party.Phone) station.party();
        Wire fresh = browserWire(id);
        stations.put(fresh, station);
        station.speaksOver(fresh);
        Binding binding = context.registered(phone.agent(), fresh, phone.instance());
        calls.phoneReturned(binding);
        settle();
    }

    /** A bug in the rules: whatever they ask of their surroundings may throw. */
    PlantedBug inRules() {
        return inRules;
    }

    /** A bug in what the rules act upon: SIP, media or records. */
    PlantedBug inServices() {
        return inServices;
    }

    // ---- time

    long nowNanos() {
        return clock.nanos();
    }

    /** Does all that is to be done now. */
    void settle() {
        pass(Duration.ZERO);
    }

    /** Lets time pass, and everything happen on the way. */
    void pass(Duration time) {
        long end = clock.nanos() + time.toNanos();
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            runCalls();
            OptionalLong next = nextNanos();
            if (next.isEmpty() || next.getAsLong() - end > 0) {
                clock.advanceTo(end);
                return;
            }
            clock.advanceTo(next.getAsLong());
            happen();
        }
        throw new AssertionError("it never comes to rest");
    }

    private OptionalLong nextNanos() {
        Stream<OptionalLong> networks =
                Stream.of(
                        datagramsIn.deadlineNanos(),
                        datagramsOut.deadlineNanos(),
                        streamsIn.deadlineNanos(),
                        streamsOut.deadlineNanos(),
                        transactions.deadlineNanos());
        Stream<OptionalLong> machines =
                Stream.concat(
                        stations.values().stream().distinct().map(Station::deadlineNanos),
                        runners.stream().map(CallRunner::deadlineNanos));
        return Stream.concat(networks, machines).reduce(OptionalLong.empty(), Deadlines::earlier);
    }

    private void happen() {
        long now = clock.nanos();
        for (Packet packet : arrived(datagramsIn, streamsIn, now)) {
            if (packet.wire().isOpen()) {
                receive(SipText.parse(packet.bytes()), packet.wire(), now);
            }
        }
        for (Packet packet : arrived(datagramsOut, streamsOut, now)) {
            stations.get(packet.wire()).receive(packet.wire(), packet.bytes());
        }
        perform(transactions.tick(now));
        List.copyOf(stations.values()).stream().distinct().forEach(Station::tick);
    }

    private void receive(SipMessage message, Wire wire, long now) {
        List<TransactionOutput<Flow>> outputs = transactions.receive(message, wire, now);
        boolean awaited = outputs.stream().noneMatch(TransactionOutput.Stray.class::isInstance);
        if (awaited && message instanceof SipResponse) {
            heardOf.add(message.headers().callId());
        }
        perform(outputs);
    }

    private static List<Packet> arrived(
            SimulatedNetwork<Packet> one, SimulatedNetwork<Packet> other, long now) {
        return Stream.concat(one.poll(now).stream(), other.poll(now).stream()).toList();
    }

    private void runCalls() {
        for (CallRunner runner : List.copyOf(runners)) {
            if (begun.add(runner)) {
                runner.begin();
            }
            run(runner);
            if (runner.ended()) {
                runner.close();
                runners.remove(runner);
            }
        }
    }

    private void run(CallRunner runner) {
        try {
            for (int i = 0; i < STEPS_MAX && !runner.ended(); i++) {
                Optional<CallEvent> event = runner.next(0);
                boolean due = Deadlines.due(runner.deadlineNanos(), clock.nanos());
                if (event.isEmpty() && !due) {
                    return;
                }
                runner.handle(event.orElseGet(CallEvent.Tick::new));
            }
            assertThat(runner.ended()).as("the call spins").isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    // ---- the network

    private void toStation(Wire wire, byte[] message) {
        (wire.reliable() ? streamsOut : datagramsOut)
                .send(clock.nanos(), new Packet(wire, message));
    }

    void fromStation(Wire wire, byte[] message) {
        if (wire.isOpen()) {
            (wire.reliable() ? streamsIn : datagramsIn)
                    .send(clock.nanos(), new Packet(wire, message));
        }
    }

    // ---- our signalling loop

    private void perform(List<TransactionOutput<Flow>> outputs) {
        for (TransactionOutput<Flow> output : outputs) {
            switch (output) {
                case TransactionOutput.Send<Flow>(var message, var flow) -> {
                    if (!flow.send(message.encode())) {
                        perform(transactions.transportFailed(flow, clock.nanos()));
                    }
                }
                case TransactionOutput.RequestArrived<Flow>(var id, var request, var flow) ->
                        arrived(id, request, flow);
                case TransactionOutput.AckArrived<Flow>(var ack, var flow) ->
                        calls.ack(ack, sender(flow));
                case TransactionOutput.CancelArrived<Flow>(var invite, var cancel, _) ->
                        calls.cancel(invite, cancel);
                case TransactionOutput.ResponseArrived<Flow>(var id, var response, _) ->
                        user(id).ifPresent(u -> u.onResponse(id, response));
                case TransactionOutput.RequestTimedOut<Flow>(var id) ->
                        user(id).ifPresent(u -> u.onFailure(id, TransactionUser.Failure.TIMEOUT));
                case TransactionOutput.RequestNotSent<Flow>(var id) ->
                        user(id).ifPresent(u -> u.onFailure(id, TransactionUser.Failure.TRANSPORT));
                case TransactionOutput.ResponseNotSent<Flow> _,
                        TransactionOutput.AckTimedOut<Flow> _,
                        TransactionOutput.Stray<Flow> _,
                        TransactionOutput.Refused<Flow> _ -> {}
            }
        }
    }

    private Optional<TransactionUser> user(ClientTransactionId id) {
        return Optional.ofNullable(users.get(id));
    }

    private Sender sender(Flow flow) {
        return new Sender(flow, context.agentsOn(flow), trunk -> trunkSources.isFrom(trunk, flow));
    }

    private void arrived(ServerTransactionId id, SipRequest request, Flow flow) {
        boolean taken =
                request.headers().to().tag().isPresent()
                        ? calls.request(id, request, sender(flow))
                        : request.method().equals(SipMethod.INVITE)
                                && !draining
                                && start(id, request, flow);
        if (!taken) {
            SipResponse response = SipResponses.to(request, 481, identifiers.tag());
            perform(transactions.respond(id, response, clock.nanos()));
        }
    }

    private boolean start(ServerTransactionId id, SipRequest invite, Flow flow) {
        Party caller = stations.get(flow).party();
        String dialled = DialledNumber.of(invite.uri()).orElse("");
        Destination destination = numbers.getOrDefault(dialled, new Destination.Unknown());
        made++;
        return calls.start(
                new NewCall(
                        "call" + made,
                        invite,
                        id,
                        flow,
                        caller,
                        dialled,
                        destination,
                        caller instanceof Party.Phone
                                ? Cdr.Direction.INTERNAL
                                : Cdr.Direction.INBOUND,
                        Optional.empty(),
                        Instant.ofEpochSecond(1_800_000_000L)));
    }

    /** What calls send goes to the transactions. */
    private final class Out implements SipOut {
        @Override
        public void send(
                ClientTransactionId id, SipRequest request, Flow flow, TransactionUser user) {
            inServices.use();
            users.put(id, user);
            perform(transactions.send(request, flow, clock.nanos()));
        }

        @Override
        public void sendAck(SipRequest ack, Flow flow) {
            inServices.use();
            flow.send(ack.encode());
        }

        @Override
        public void respond(ServerTransactionId id, SipResponse response) {
            inServices.use();
            perform(transactions.respond(id, response, clock.nanos()));
        }

        @Override
        public void cancel(ClientTransactionId invite, String callId, Optional<String> reason) {
            inServices.use();
            perform(transactions.cancel(invite, reason, clock.nanos()));
        }
    }

    // ---- what has become of it

    List<Cdr> records() {
        return List.copyOf(records);
    }

    /** The one record that there is. */
    Cdr record() {
        assertThat(records).as("call detail records").hasSize(1);
        return records.getFirst();
    }

    <E extends PbxEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How calls over trunks went: name of the trunk, and whether it failed. */
    List<String> reports() {
        return reports;
    }

    /** True once a response came through to a request of ours in that dialog, in time. */
    boolean hasHeardOf(String sipCallId) {
        return heardOf.contains(sipCallId);
    }

    /** Transactions of ours that have not ended. */
    int remembered() {
        return transactions.size();
    }

    /** Names of the stations that are called or talk. */
    List<String> stationsBusy() {
        return stations.values().stream().filter(Station::isBusy).map(Station::name).toList();
    }

    /** Calls that failed by a mistake of ours, as they were logged. */
    List<String> failures() {
        return failures;
    }

    /**
     * What must be true when all calls are over, however they went: one record and one end for each
     * that began, no media open, nothing remembered.
     */
    void assertAllOver() {
        assertThat(calls.size()).as("calls that are up").isZero();
        assertThat(calls.remembered()).as("dialogs and INVITEs of calls that are over").isZero();
        assertThat(records).as("records").hasSize(made);
        assertThat(records.stream().map(Cdr::id).distinct()).as("calls recorded").hasSize(made);
        assertThat(events(PbxEvent.CallEnded.class)).as("ends told").hasSize(made);
        assertThat(media.open()).as("media legs that are still open").isEmpty();
    }
}
