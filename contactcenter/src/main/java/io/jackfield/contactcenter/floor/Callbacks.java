package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.agent.AgentEvent;
import io.jackfield.contactcenter.queue.CallbackOutcome;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.queue.LostCall;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.CallbackSettings;
import io.jackfield.contactcenter.site.QueueSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Calling back those who did not want to wait. They keep their place in the line until they are
 * reached, or given up.
 *
 * <p>Confined to one step.
 */
final class Callbacks {
    /** A promise whose customer is being rung. */
    private record Pending(QueueState queue, Place.Callback place, Place.Dialling dialling) {
        QueueId id() {
            return queue.settings().id();
        }
    }

    private final Draft draft;

    Callbacks(Draft draft) {
        this.draft = draft;
    }

    // ---- promising

    void promised(QueueSettings queue, Place.Caller caller, String number) {
        draft.count(queue.id(), Count.CALLBACKS_PROMISED);
        Place.Callback place =
                new Place.Callback(
                        caller.ticket(),
                        caller.need(),
                        number,
                        caller.since(),
                        draft.now().plus(settings(queue).keepFor()),
                        Optional.empty(),
                        0,
                        Optional.empty());
        draft.change(queue.id(), q -> q.with(place));
    }

    boolean customerFirst(QueueState queue) {
        return settings(queue.settings()).order() == CallbackSettings.Order.CUSTOMER_FIRST;
    }

    /** A queue that calls nobody back any more still keeps what it has promised. */
    private static CallbackSettings settings(QueueSettings queue) {
        return queue.callback().orElse(CallbackSettings.DEFAULT);
    }

    // ---- calling

    /**
     * Calls the customer.
     *
     * @param call what it is named
     * @param agent who is reserved, or waits in the call already
     * @param inCall the same one in the second case
     */
    Place.Dialling dial(
            QueueSettings queue,
            Place.Callback place,
            CallId call,
            AgentId agent,
            Optional<AgentId> inCall) {
        Place.Dialling dialling =
                new Place.Dialling(call, agent, draft.now().plus(settings(queue).ringFor()));
        draft.change(queue.id(), q -> q.with(place.dialling(dialling)));
        draft.effect(
                new FloorEffect.StartCallback(dialling.call(), queue.id(), place.number(), inCall));
        return dialling;
    }

    private Optional<Pending> find(CallId call) {
        return draft.queues().all().stream()
                .flatMap(q -> q.callbacks().stream().flatMap(c -> pending(q, c).stream()))
                .filter(p -> p.dialling().call().equals(call))
                .findFirst();
    }

    private static Optional<Pending> pending(QueueState queue, Place.Callback place) {
        return place.dialling().map(d -> new Pending(queue, place, d));
    }

    private Optional<QueueOffer> reservation(Pending pending) {
        return draft.offersFor(pending.place().ticket()).stream()
                .filter(QueueOffer::reserved)
                .findFirst();
    }

    // ---- what came of it

    void reached(CallId call) {
        find(call).ifPresentOrElse(this::reached, () -> draft.effect(new FloorEffect.HangUp(call)));
    }

    private void reached(Pending pending) {
        CallId call = pending.dialling().call();
        end(pending.id(), pending.place(), CallbackOutcome.REACHED);
        Optional<QueueOffer> reserved = reservation(pending);
        if (reserved.isPresent()) {
            draft.callers().standAgain(pending.queue(), pending.place(), call);
            draft.offering().makeReal(reserved.get(), pending.queue(), pending.place());
        } else {
            draft.effect(new FloorEffect.Connect(0, call, pending.dialling().agent()));
        }
    }

    void notReached(CallId call) {
        find(call).ifPresent(this::notReached);
    }

    private void notReached(Pending pending) {
        AgentId agent = pending.dialling().agent();
        CallId call = pending.dialling().call();
        tryLater(pending);
        Optional<QueueOffer> reserved = reservation(pending);
        if (reserved.isPresent()) {
            draft.offering().withdraw(reserved.get());
        } else {
            draft.effect(new FloorEffect.ReleaseAgent(agent, call));
            draft.staff().tell(agent, new AgentEvent.CallFailed(call));
        }
    }

    void ringTimeOver(Place.Dialling dialling) {
        draft.effect(new FloorEffect.CancelCallback(dialling.call()));
        notReached(dialling.call());
    }

    /** True when that agent was the one whom the customer was being called for. */
    boolean agentLeft(AgentId agent, CallId call) {
        Optional<Pending> pending = find(call).filter(p -> p.dialling().agent().equals(agent));
        pending.ifPresent(p -> {
            draft.effect(new FloorEffect.CancelCallback(call));
            tryLater(p);
        });
        return pending.isPresent();
    }

    private void tryLater(Pending pending) {
        CallbackSettings settings = settings(pending.queue().settings());
        Place.Callback place = pending.place();
        int made = place.attempts() + 1;
        if (made >= settings.attemptsMax()) {
            end(pending.id(), place, CallbackOutcome.NOT_REACHED);
        } else {
            Place.Callback waiting =
                    place.waiting(Optional.of(draft.now().plus(settings.retryAfter())), made);
            draft.change(pending.id(), q -> q.with(waiting));
        }
    }

    void expired(QueueState queue, Place.Callback place) {
        draft.offering().withdrawAll(place.ticket());
        end(queue.settings().id(), place, CallbackOutcome.EXPIRED);
    }

    private void end(QueueId queue, Place.Callback place, CallbackOutcome outcome) {
        draft.change(queue, q -> q.without(place.ticket()));
        draft.effect(
                new FloorEffect.CallbackEnded(
                        queue, place.ticket(), place.number(), outcome, draft.now()));
        if (outcome == CallbackOutcome.REACHED) {
            draft.count(queue, Count.CALLBACKS_REACHED);
            return;
        }
        draft.count(queue, Count.CALLBACKS_FAILED);
        Duration waited = Duration.between(place.since(), draft.now());
        LostCall lost =
                new LostCall(
                        draft.now(), place.callOf(0, place.since()), place.number(), waited, true);
        draft.change(queue, q -> q.losing(lost));
    }

    /** Lets go of what was being tried, and begins anew without counting it. */
    void startAgain(QueueState queue, Place.Callback place) {
        Place.Callback waiting = place.waiting(Optional.empty(), place.attempts());
        draft.change(queue.settings().id(), q -> q.with(waiting));
        place.dialling()
                .ifPresent(d -> {
                    draft.effect(new FloorEffect.CancelCallback(d.call()));
                    draft.effect(new FloorEffect.ReleaseAgent(d.agent(), d.call()));
                    draft.staff().tell(d.agent(), new AgentEvent.CallFailed(d.call()));
                });
    }
}
