package io.jackfield.contactcenter.calls;

import io.jackfield.call.b2bua.CallEvent;
import io.jackfield.call.b2bua.CallEvent.Command;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.routing.Router;
import io.jackfield.call.routing.Site;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.contactcenter.floor.FloorEvent;
import io.jackfield.contactcenter.runner.CallPort;
import io.jackfield.contactcenter.site.OverflowTarget;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells calls what the floor wants of them.
 *
 * <p>Thread-safety: {@link #perform} on the floor's thread, {@link #forget} from any. Nothing
 * waits.
 */
public final class FloorCalls implements CallPort {
    private final BiPredicate<String, Command> calls;
    private final Supplier<Site> site;
    private final Consumer<FloorEvent> answers;

    /** Which call each offer belongs to, until it is connected or over. */
    private final Map<Long, CallId> offers = new ConcurrentHashMap<>();

    /**
     * @param calls tells a call something; false when there is none of that name
     * @param answers takes what the floor is to know
     */
    public FloorCalls(
            BiPredicate<String, Command> calls, Supplier<Site> site, Consumer<FloorEvent> answers) {
        this.calls = calls;
        this.site = site;
        this.answers = answers;
    }

    @Override
    public void perform(FloorEffect.ForCalls effect) {
        switch (effect) {
            case FloorEffect.Park(var call, _, _) -> tell(call, new CallEvent.Park());
            case FloorEffect.Offer offer -> offer(offer);
            case FloorEffect.CancelOffer(var offer) ->
                    Optional.ofNullable(offers.remove(offer))
                            .ifPresent(call -> tell(call, new CallEvent.CancelOffer(offer)));
            case FloorEffect.Connect(var offer, var call, _) -> {
                offers.remove(offer);
                tell(call, new CallEvent.Connect(offer));
            }
            case FloorEffect.Overflow(var call, var cause, var target) ->
                    overflow(call, "queue: " + cause.name().toLowerCase(Locale.ROOT), target);
            case FloorEffect.HangUp(var call) -> tell(call, new CallEvent.HangUp("no such queue"));
            case FloorEffect.PromiseCallback(var call, _) ->
                    tell(call, new CallEvent.HangUp("to be called back"));
            case FloorEffect.StartCallback(var call, _, _, _) ->
                    answers.accept(new FloorEvent.CustomerNotReached(call));
            case FloorEffect.CancelCallback _,
                    FloorEffect.ReleaseAgent _,
                    FloorEffect.Play _,
                    FloorEffect.Announce _ -> {}
        }
    }

    private void offer(FloorEffect.Offer wanted) {
        long id = wanted.offer().id();
        Optional<Agent> agent = site.get().agent(wanted.offer().agent().name());
        offers.put(id, wanted.offer().call());
        boolean told =
                !wanted.isCallback()
                        && agent.isPresent()
                        && tell(wanted.offer().call(), new CallEvent.Offer(id, agent.get()));
        if (!told) {
            offers.remove(id);
            answers.accept(new FloorEvent.AgentMissed(id, Miss.UNREACHABLE));
        }
    }

    private void overflow(CallId call, String cause, OverflowTarget target) {
        switch (target) {
            case OverflowTarget.ToNumber(var number) ->
                    tell(call, new CallEvent.RouteOn(destination(number)));
            case OverflowTarget.HangUp _,
                    OverflowTarget.ToMessage _,
                    OverflowTarget.ToCallback _,
                    OverflowTarget.ToQueue _ ->
                    tell(call, new CallEvent.HangUp(cause));
        }
    }

    /** The site itself has asked for that number: no call token is wanted. */
    private Destination destination(String number) {
        Destination found = Router.fromAgent(site.get(), number);
        return found instanceof Destination.WithToken guarded ? guarded.trunks() : found;
    }

    /** That offer has come to nothing by itself. */
    void forget(long offer) {
        offers.remove(offer);
    }

    /** Offers that are remembered: none when no agent rings. */
    int remembered() {
        return offers.size();
    }

    private boolean tell(CallId call, Command command) {
        return calls.test(call.value(), command);
    }
}
