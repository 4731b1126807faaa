package io.jackfield.api.events;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.contactcenter.agent.AgentChange;
import io.jackfield.contactcenter.agent.AgentState;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.media.recording.RecordingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Makes of what happens inside what a CRM is told: {@code (what is known, event) → facts}. No
 * clock, thread or socket.
 *
 * <p>Confined to one thread. Memory is bounded: calls that are up, and the last {@value #OVER_MAX}
 * that are over, whose recordings become ready later.
 */
public final class Translator {
    /** A recording is ready within seconds of its call. */
    private static final int OVER_MAX = 2_000;

    /** More than the calls that can be up. A call whose end was missed makes room then. */
    private static final int UP_MAX = 10_000;

    private final Predicate<String> isAgent;
    private final Map<String, KnownCall> up = bounded(UP_MAX);
    private final Map<String, KnownCall> over = bounded(OVER_MAX);
    private final Map<Long, Offered> offers = bounded(UP_MAX);

    private record Offered(KnownCall call, String agent, String queue) {}

    /**
     * @param isAgent whether a name is an agent's, and not a trunk's
     */
    public Translator(Predicate<String> isAgent) {
        this.isAgent = isAgent;
    }

    private static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    /** Whether {@link #on(PbxEvent)} looks at such an event; messages and packets are too many. */
    public static boolean concerns(PbxEvent event) {
        return switch (event) {
            case PbxEvent.CallStarted _,
                    PbxEvent.LegStarted _,
                    PbxEvent.LegProgressed _,
                    PbxEvent.AgentJoined _,
                    PbxEvent.OfferMissed _,
                    PbxEvent.CallAnswered _,
                    PbxEvent.CallHeld _,
                    PbxEvent.Transferred _,
                    PbxEvent.TransferFailed _,
                    PbxEvent.JoinFailed _,
                    PbxEvent.MenuLeft _,
                    PbxEvent.CallEnded _,
                    PbxEvent.QualityJudged _,
                    PbxEvent.RecordingHappened _ ->
                    true;
            default -> false;
        };
    }

    // ---- calls

    /** What is to be told of that; often nothing. */
    public List<Fact> on(PbxEvent event) {
        return switch (event) {
            case PbxEvent.CallStarted started -> List.of(created(started));
            case PbxEvent.LegStarted(var call, var leg, var party) -> legStarted(call, leg, party);
            case PbxEvent.LegProgressed(var call, var leg, _) -> ringing(known(call), leg);
            case PbxEvent.AgentJoined(var call, var leg, var agent, _) -> {
                known(call).leg(leg, agent);
                known(call).agent = Optional.of(agent);
                yield List.of();
            }
            case PbxEvent.OfferMissed(_, var offer, var why) -> offerEnded(offer, word(why));
            case PbxEvent.CallAnswered(var call, var leg) -> List.of(answered(known(call), leg));
            case PbxEvent.CallHeld(var call, var leg, var held) -> {
                EventType type = held ? EventType.CALL_HELD : EventType.CALL_RESUMED;
                KnownCall it = known(call);
                yield List.of(it.fact(type).agent(it.agentOf(leg).or(() -> it.agent)));
            }
            case PbxEvent.Transferred(var call, var from, var to, var party) ->
                    List.of(transferred(known(call), from, to, party));
            case PbxEvent.TransferFailed(var call, _, var reason) ->
                    List.of(known(call).fact(EventType.TRANSFER_FAILED).with("reason", reason));
            case PbxEvent.JoinFailed(var call, var reason) ->
                    List.of(known(call).fact(EventType.JOIN_FAILED).with("reason", reason));
            case PbxEvent.MenuLeft(var call, var choices, var entered) -> {
                KnownCall it = known(call);
                it.menu = Optional.of(String.join(",", choices)).filter(c -> !c.isEmpty());
                it.entered = entered;
                yield List.of(menu(it.fact(EventType.CALL_MENU), it));
            }
            case PbxEvent.CallEnded(var call, var cdr) -> List.of(ended(call, cdr));
            case PbxEvent.QualityJudged judged -> List.of(judged(judged));
            case PbxEvent.RecordingHappened(var recording) -> recording(recording);
            default -> List.of();
        };
    }

    private KnownCall known(String call) {
        return up.computeIfAbsent(call, KnownCall::new);
    }

    private Fact created(PbxEvent.CallStarted started) {
        KnownCall call = known(started.callId());
        call.ref = started.reference();
        call.caller = started.caller();
        call.callee = started.callee();
        call.callerName = started.callerName();
        call.direction = word(started.direction());
        if (call.number.isEmpty()) {
            boolean inbound = started.direction() == Cdr.Direction.INBOUND;
            call.number =
                    Optional.of(inbound ? started.caller() : started.callee())
                            .filter(n -> !n.isEmpty());
        }
        if (call.agent.isEmpty() && isAgent.test(started.caller())) {
            call.agent = Optional.of(started.caller());
        }
        return parties(call.fact(EventType.CALL_CREATED), call);
    }

    private static Fact parties(Fact fact, KnownCall call) {
        return fact.with("direction", call.direction)
                .with("caller", call.caller)
                .with("callee", call.callee)
                .maybe("name", call.callerName);
    }

    /** What the caller has said in menus, if there were any. */
    private static Fact menu(Fact fact, KnownCall call) {
        Fact said = call.menu.isPresent() ? fact.maybe("menu", call.menu) : fact;
        for (Map.Entry<String, String> field : new TreeMap<>(call.entered).entrySet()) {
            said = said.with("entered_" + field.getKey(), field.getValue());
        }
        return said;
    }

    /** An agent who is called without a queue is offered the call as well. */
    private List<Fact> legStarted(String id, String leg, String party) {
        if (!isAgent.test(party)) {
            return List.of();
        }
        KnownCall call = known(id);
        call.leg(leg, party);
        if (party.equals(call.caller) || !call.offered.add(party)) {
            return List.of();
        }
        return List.of(offer(call, party, 0, false));
    }

    private static Fact offer(KnownCall call, String agent, long waitedMillis, boolean callback) {
        return menu(parties(call.fact(EventType.CALL_OFFERED).agent(agent), call), call)
                .with("waited_ms", waitedMillis)
                .with("callback", callback);
    }

    private static List<Fact> ringing(KnownCall call, String leg) {
        Optional<String> agent = call.agentOf(leg);
        if (!call.rang.add(agent.orElse(""))) {
            return List.of();
        }
        return List.of(call.fact(EventType.CALL_RINGING).agent(agent.or(() -> call.agent)));
    }

    private static Fact answered(KnownCall call, String leg) {
        call.agentOf(leg).ifPresent(agent -> call.agent = Optional.of(agent));
        return call.fact(EventType.CALL_ANSWERED);
    }

    private Fact transferred(KnownCall call, String from, String to, String party) {
        Optional<String> before = call.agentOf(from);
        if (isAgent.test(party)) {
            call.leg(to, party);
            call.agent = Optional.of(party);
        }
        return call.fact(EventType.CALL_TRANSFERRED).maybe("from", before).with("to", party);
    }

    private Fact ended(String id, Cdr cdr) {
        KnownCall call = known(id);
        up.remove(id);
        over.put(id, call);
        offers.values().removeIf(offer -> offer.call() == call);
        return parties(call.fact(EventType.CALL_ENDED), call)
                .with("started_at", cdr.startedAt().toString())
                .with("ring_ms", cdr.ringMillis())
                .with("talk_ms", cdr.talkMillis())
                .with("answered", cdr.answeredBy().isPresent())
                .with("hangup_side", word(cdr.hangupSide()))
                .with("cause", cdr.cause())
                .with("sip_status", (long) cdr.sipStatus())
                .maybe("recording", cdr.recording());
    }

    private Fact judged(PbxEvent.QualityJudged judged) {
        return ofAny(judged.callId())
                .fact(EventType.QUALITY_READY)
                .with("verdict", judged.verdict())
                .maybe("link", judged.link())
                .maybe("party", judged.party())
                .with("judged_s", judged.judgedSeconds())
                .with("bad_s", judged.badSeconds())
                .with("worst_run_s", judged.worstRunSeconds());
    }

    /** One that is up, or over. */
    private KnownCall ofAny(String id) {
        return up.getOrDefault(id, over.getOrDefault(id, new KnownCall(id)));
    }

    private List<Fact> recording(RecordingEvent event) {
        return switch (event) {
            case RecordingEvent.Started(var id) ->
                    List.of(recording(id, EventType.RECORDING_STARTED));
            case RecordingEvent.Ready(var id, _, var length, var bytes, var lost, var dropped) ->
                    List.of(
                            recording(id, EventType.RECORDING_READY)
                                    .with("length_ms", length.toMillis())
                                    .with("bytes", bytes)
                                    .with("lost", lost)
                                    .with("dropped", dropped));
            case RecordingEvent.Failed(var id, var reason) ->
                    List.of(recording(id, EventType.RECORDING_FAILED).with("reason", reason));
            case RecordingEvent.StorageFailing _, RecordingEvent.StorageWell _ -> List.of();
        };
    }

    private Fact recording(String id, EventType type) {
        return ofAny(id).fact(type).with("recording", id);
    }

    // ---- the floor

    /** What is to be told of that; often nothing. */
    public List<Fact> on(FloorEffect effect) {
        return switch (effect) {
            case FloorEffect.Park(var call, var queue, _) -> {
                KnownCall it = known(call.value());
                it.queue = Optional.of(queue.number());
                yield List.of(it.fact(EventType.QUEUE_ENTERED));
            }
            case FloorEffect.Offer offer -> offered(offer);
            case FloorEffect.CancelOffer(var offer) -> offerEnded(offer, "withdrawn");
            case FloorEffect.PromiseCallback(var call, _, var number) ->
                    List.of(known(call.value()).fact(EventType.CALLBACK_PROMISED).number(number));
            case FloorEffect.StartCallback(var call, var queue, var number, var agent) -> {
                KnownCall it = known(call.value());
                it.queue = Optional.of(queue.number());
                it.number = Optional.of(number);
                yield List.of(it.fact(EventType.CALLBACK_DUE).agent(agent.map(a -> a.name())));
            }
            case FloorEffect.AgentChanged(var change) -> List.of(agent(change));
            case FloorEffect.VisitEnded visit -> List.of(left(visit));
            case FloorEffect.CallbackEnded(var queue, _, var number, var outcome, _) ->
                    List.of(
                            Fact.of(EventType.CALLBACK_ENDED)
                                    .queue(queue.number())
                                    .number(number)
                                    .with("outcome", word(outcome)));
            default -> List.of();
        };
    }

    private List<Fact> offered(FloorEffect.Offer wanted) {
        if (wanted.offer().reserved()) {
            return List.of();
        }
        KnownCall call = known(wanted.offer().call().value());
        String agent = wanted.offer().agent().name();
        String queue = wanted.offer().queue().number();
        call.queue = Optional.of(queue);
        if (!wanted.number().isEmpty()) {
            call.number = Optional.of(wanted.number());
        }
        call.withdrawn(agent);
        call.offered.add(agent);
        offers.put(wanted.offer().id(), new Offered(call, agent, queue));
        return List.of(offer(call, agent, wanted.waited().toMillis(), wanted.isCallback()));
    }

    private List<Fact> offerEnded(long id, String why) {
        Offered offer = offers.remove(id);
        if (offer == null) {
            return List.of();
        }
        offer.call().withdrawn(offer.agent());
        return List.of(
                offer.call()
                        .fact(EventType.CALL_OFFER_ENDED)
                        .agent(offer.agent())
                        .queue(offer.queue())
                        .with("reason", why));
    }

    private Fact left(FloorEffect.VisitEnded visit) {
        KnownCall call =
                up.getOrDefault(
                        visit.call().value(),
                        over.getOrDefault(
                                visit.call().value(), new KnownCall(visit.call().value())));
        return call.fact(EventType.QUEUE_LEFT)
                .queue(visit.queue().number())
                .number(visit.number())
                .with("outcome", word(visit.outcome()))
                .maybe("cause", visit.cause().map(Translator::word))
                .with("waited_ms", visit.waited().toMillis());
    }

    private Fact agent(AgentChange change) {
        Optional<String> call = callOf(change.to());
        Fact fact =
                call.map(up::get)
                        .map(it -> it.fact(EventType.AGENT_STATE))
                        .orElse(Fact.of(EventType.AGENT_STATE).call(call));
        return fact.agent(change.agent().name())
                .with("state", word(change.to().status()))
                .with("before", word(change.from().status()))
                .with("cause", word(change.cause()))
                .maybe("reason", reason(change.to()))
                .with("lasted_ms", change.lasted().toMillis());
    }

    private static Optional<String> reason(AgentState state) {
        return state instanceof AgentState.OnBreak(var reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private Optional<String> callOf(AgentState state) {
        return switch (state) {
            case AgentState.OnCall on -> Optional.of(on.conversations().getLast().call().value());
            case AgentState.WrapUp wrap -> Optional.of(wrap.call().value());
            case AgentState.Reserved(var offer, _) -> callOf(offer);
            case AgentState.Ringing(var offer, _) -> callOf(offer);
            case AgentState.Offline _,
                    AgentState.Ready _,
                    AgentState.OnBreak _,
                    AgentState.NetworkLost _ ->
                    Optional.empty();
        };
    }

    private Optional<String> callOf(long offer) {
        return Optional.ofNullable(offers.get(offer)).map(it -> it.call().id);
    }

    /** Calls and offers that are remembered. */
    int remembered() {
        return up.size() + over.size() + offers.size();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
