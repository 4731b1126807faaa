package io.jackfield.contactcenter.calls;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.CallEvent.Command;
import io.jackfield.call.b2bua.NewCall;
import io.jackfield.call.b2bua.NewCall.First;
import io.jackfield.call.b2bua.Party;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.runner.CallPort;
import io.jackfield.contactcenter.runner.House;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.media.prompt.Language;
import io.jackfield.media.prompt.Phrases;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.prompt.PromptSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells calls what the floor wants of them.
 *
 * <p>Thread-safety: {@link #perform} on the floor's thread, {@link #forget} from any. Nothing
 * waits.
 */
public final class FloorCalls implements CallPort {
    /** The calls that are up, and those that begin. */
    public interface CallEngine {
        /** Tells a call something; false when there is none of that name. */
        boolean tell(String callId, Command command);

        /** Begins a call; false when there are too many already. */
        boolean start(NewCall call);
    }

    /** For a house without any sound: ten seconds of nothing, over and over. */
    private static final Prompt SILENCE = new Prompt(new short[10 * Prompt.RATE]);

    private final CallEngine calls;
    private final House house;
    private final Consumer<FloorEvent> answers;
    private final Supplier<Instant> wallClock;

    /** Which call each offer belongs to, until it is connected or over. */
    private final Map<Long, CallId> offers = new ConcurrentHashMap<>();

    /** Callers who wait, or did and talk now: some keys of theirs mean something. */
    private final Set<CallId> parked = ConcurrentHashMap.newKeySet();

    /** Calls in which a customer is being rung. */
    private final Set<CallId> dialling = ConcurrentHashMap.newKeySet();

    /**
     * @param answers takes what the floor is to know
     */
    public FloorCalls(
            CallEngine calls,
            House house,
            Consumer<FloorEvent> answers,
            Supplier<Instant> wallClock) {
        this.calls = calls;
        this.house = house;
        this.answers = answers;
        this.wallClock = wallClock;
    }

    @Override
    public void perform(FloorEffect.ForCalls effect) {
        switch (effect) {
            case FloorEffect.Park(var call, var queue, var music) -> {
                parked.add(call);
                tell(call, new CallEvent.Park(music(queue, music)));
            }
            case FloorEffect.Offer offer -> offer(offer);
            case FloorEffect.CancelOffer(var offer) ->
                    Optional.ofNullable(offers.remove(offer))
                            .ifPresent(call -> tell(call, new CallEvent.CancelOffer(offer)));
            case FloorEffect.Connect(var offer, var call, _) -> {
                offers.remove(offer);
                tell(call, new CallEvent.Connect(offer));
            }
            case FloorEffect.Overflow overflow -> overflow(overflow);
            case FloorEffect.HangUp(var call) -> tell(call, new CallEvent.HangUp("no such queue"));
            case FloorEffect.PromiseCallback(var call, var queue, _) ->
                    end(call, queue, Phrases.CALLED_BACK, "to be called back");
            case FloorEffect.StartCallback callback -> startCallback(callback);
            case FloorEffect.CancelCallback(var call) -> {
                dialling.remove(call);
                tell(call, new CallEvent.HangUp("customer not reached"));
            }
            case FloorEffect.ReleaseAgent(_, var call) ->
                    tell(call, new CallEvent.HangUp("customer not reached"));
            case FloorEffect.Play(var call, var queue, var prompt) ->
                    say(call, queue, List.of(prompt));
            case FloorEffect.Announce announce ->
                    say(announce.call(), announce.queue(), words(announce));
        }
    }

    private void offer(FloorEffect.Offer wanted) {
        long id = wanted.offer().id();
        Optional<Agent> agent = house.site().agent(wanted.offer().agent().name());
        offers.put(id, wanted.offer().call());
        boolean told = agent.isPresent() && offer(wanted, agent.get());
        if (!told) {
            offers.remove(id);
            answers.accept(new FloorEvent.AgentMissed(id, Miss.UNREACHABLE));
        }
    }

    private boolean offer(FloorEffect.Offer wanted, Agent agent) {
        long id = wanted.offer().id();
        CallId call = wanted.offer().call();
        if (!wanted.isCallback()) {
            return tell(call, new CallEvent.Offer(id, agent));
        }
        return calls.start(
                NewCall.offered(
                        call.value(),
                        new First.Offered(id, agent),
                        wanted.number(),
                        Router.bySite(house.site(), wanted.number()),
                        wallClock.get()));
    }

    // ---- call backs

    private void startCallback(FloorEffect.StartCallback wanted) {
        CallId call = wanted.call();
        offers.values().remove(call);
        dialling.add(call);
        if (!dial(wanted, Router.bySite(house.site(), wanted.number()))) {
            dialling.remove(call);
            answers.accept(new FloorEvent.CustomerNotReached(call));
        }
    }

    /** Only people are called back: a number that is a queue or an echo here is nobody's. */
    private boolean dial(FloorEffect.StartCallback wanted, Destination customer) {
        Party party;
        switch (customer) {
            case Destination.Trunks(var attempts) ->
                    party =
                            new Party.Customer(
                                    attempts.getFirst().trunk(), wanted.number(), Optional.empty());
            case Destination.Agents(var agents) ->
                    party = Party.Phone.of(agents.getFirst(), Optional.empty());
            case Destination.Echo _,
                    Destination.QualityEcho _,
                    Destination.Waiting _,
                    Destination.InMenu _,
                    Destination.WithToken _,
                    Destination.Unknown _ -> {
                return false;
            }
        }
        return wanted.agent().isPresent()
                ? tell(wanted.call(), new CallEvent.RouteOn(customer))
                : calls.start(
                        NewCall.calledBack(
                                wanted.call().value(),
                                party,
                                customer,
                                wanted.queue().number(),
                                wallClock.get()));
    }

    /** Whether that is the answer of a customer who was being rung; said once. */
    boolean reached(CallId call) {
        return dialling.remove(call);
    }

    // ---- the end of waiting

    private void overflow(FloorEffect.Overflow overflow) {
        CallId call = overflow.call();
        String cause = "queue: " + overflow.cause().name().toLowerCase(Locale.ROOT);
        switch (overflow.target()) {
            case OverflowTarget.ToNumber(var number) ->
                    tell(call, new CallEvent.RouteOn(Router.bySite(house.site(), number)));
            case OverflowTarget.ToMessage(var prompt) -> end(call, overflow.queue(), prompt, cause);
            case OverflowTarget.HangUp _, OverflowTarget.ToCallback _, OverflowTarget.ToQueue _ ->
                    tell(call, new CallEvent.HangUp(cause));
        }
    }

    /** With last words, where there are any. */
    private void end(CallId call, QueueId queue, String prompt, String cause) {
        Command end =
                house.prompts()
                        .find(prompt, language(queue))
                        .<Command>map(words -> new CallEvent.LastWords(words, cause))
                        .orElse(new CallEvent.HangUp(cause));
        tell(call, end);
    }

    // ---- what is heard

    private Prompt music(QueueId queue, String name) {
        Language language = language(queue);
        return house.prompts()
                .find(name, language)
                .or(() -> house.prompts().find(PromptSet.DEFAULT_MUSIC, language))
                .orElse(SILENCE);
    }

    private List<String> words(FloorEffect.Announce announce) {
        Language language = language(announce.queue());
        List<String> words = new ArrayList<>();
        announce.position().ifPresent(p -> words.addAll(Phrases.position(p, language)));
        announce.estimate().ifPresent(e -> words.addAll(Phrases.estimate(e, language)));
        house.floor()
                .queue(announce.queue())
                .flatMap(QueueSettings::callback)
                .ifPresent(c -> words.addAll(Phrases.callBack(c.key())));
        return words;
    }

    private void say(CallId call, QueueId queue, List<String> names) {
        house.prompts()
                .say(names, language(queue))
                .ifPresent(prompt -> tell(call, new CallEvent.Announce(prompt)));
    }

    private Language language(QueueId queue) {
        return house.floor().queue(queue).map(q -> q.waiting().language()).orElse(Language.ENGLISH);
    }

    /** That offer has come to nothing by itself. */
    void forget(long offer) {
        offers.remove(offer);
    }

    /** That call is over. */
    void forget(CallId call) {
        parked.remove(call);
        dialling.remove(call);
        offers.values().remove(call);
    }

    /** Whether that one waits, or has waited. */
    boolean hasWaited(CallId call) {
        return parked.contains(call);
    }

    /** Offers, callers and call backs that are remembered: none when no call is up. */
    int remembered() {
        return offers.size() + dialling.size() + parked.size();
    }

    private boolean tell(CallId call, Command command) {
        return calls.tell(call.value(), command);
    }
}
