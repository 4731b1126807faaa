package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.QueueId;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.queue.LostCall;
import io.jackfield.contactcenter.queue.Outcome;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import io.jackfield.contactcenter.site.Need;
import io.jackfield.contactcenter.site.OfferSettings;
import io.jackfield.contactcenter.site.OverflowCause;
import io.jackfield.contactcenter.site.OverflowTarget;
import io.jackfield.contactcenter.site.QueueSettings;
import io.jackfield.contactcenter.site.WaitSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What happens to those who wait. Confined to one step. */
final class Callers {
    /** Queues one after the other; a ring of overflows ends there. */
    static final int HOPS_MAX = 5;

    /** A caller, and the queue in which they wait. */
    record Waiting(QueueState queue, Place.Caller place) {
        QueueId id() {
            return queue.settings().id();
        }
    }

    private final Draft draft;

    Callers(Draft draft) {
        this.draft = draft;
    }

    // ---- coming in

    void entered(CallId call, QueueId queue, String number, Need need) {
        if (find(call).isPresent()) {
            return;
        }
        Optional<QueueState> known = draft.queues().find(queue);
        if (known.isEmpty()) {
            draft.effect(new FloorEffect.HangUp(call));
            return;
        }
        QueueSettings settings = known.get().settings();
        Need brought = need.equals(Need.ORDINARY) ? settings.need() : need;
        enter(known.get(), newPlace(settings, draft.ticket(), brought, number, call, 0, false));
    }

    private Place.Caller newPlace(
            QueueSettings queue,
            long ticket,
            Need need,
            String number,
            CallId call,
            int hops,
            boolean calledBack) {
        WaitSettings waiting = queue.waiting();
        Instant now = draft.now();
        return new Place.Caller(
                ticket,
                need,
                number,
                now,
                call,
                now.plus(waiting.waitMax()),
                waiting.announcements().map(a -> now.plus(a.first())),
                waiting.comfort().map(c -> now.plus(c.every())),
                0,
                hops,
                calledBack,
                choosyUntil(queue.offers(), need));
    }

    private Optional<Instant> choosyUntil(OfferSettings how, Need need) {
        return how.isImportant(need) && how.networkWait().isPositive()
                ? Optional.of(draft.now().plus(how.networkWait()))
                : Optional.empty();
    }

    private void enter(QueueState queue, Place.Caller place) {
        draft.count(queue.settings().id(), Count.ENTERED);
        Optional<OverflowCause> refused = refusal(queue);
        if (refused.isPresent()) {
            overflow(new Waiting(queue, place), refused.get());
        } else {
            stand(queue, place);
        }
    }

    private void stand(QueueState queue, Place.Caller place) {
        QueueId id = queue.settings().id();
        draft.change(id, q -> q.with(place));
        draft.effect(new FloorEffect.Park(place.call(), id, queue.settings().waiting().music()));
    }

    private Optional<OverflowCause> refusal(QueueState queue) {
        QueueSettings settings = queue.settings();
        if (queue.retired() || !settings.hours().isOpen(draft.now())) {
            return Optional.of(OverflowCause.CLOSED);
        }
        if (queue.callers().size() >= settings.waiting().lengthMax()) {
            return Optional.of(OverflowCause.FULL);
        }
        return draft.staff().enough(settings, settings.join())
                ? Optional.empty()
                : Optional.of(OverflowCause.JOIN_EMPTY);
    }

    /** A customer who was called back is there before the agent: they wait at their old place. */
    void standAgain(QueueState queue, Place.Callback before, CallId call) {
        draft.count(queue.settings().id(), Count.ENTERED);
        stand(
                queue,
                newPlace(
                        queue.settings(),
                        before.ticket(),
                        before.need(),
                        before.number(),
                        call,
                        0,
                        true));
    }

    // ---- finding

    Optional<Waiting> find(CallId call) {
        return draft.queues().all().stream()
                .flatMap(q -> q.caller(call).map(place -> new Waiting(q, place)).stream())
                .findFirst();
    }

    // ---- going

    void left(CallId call) {
        find(call).ifPresent(this::abandoned);
        draft.callbacks().notReached(call);
    }

    void abandoned(Waiting caller) {
        QueueId id = caller.id();
        Place.Caller place = caller.place();
        end(caller, Outcome.ABANDONED, Optional.empty());
        draft.count(id, Count.ABANDONED);
        boolean isShort =
                waited(place).compareTo(caller.queue().settings().service().shortAbandon()) < 0;
        if (isShort) {
            draft.count(id, Count.ABANDONED_SHORT);
        }
        draft.change(
                id,
                q ->
                        q.losing(
                                new LostCall(
                                        draft.now(),
                                        place.call(),
                                        place.number(),
                                        waited(place),
                                        place.calledBack())));
    }

    /** An agent has answered; the offers are seen to by whoever tells it. */
    void answered(Waiting caller) {
        QueueId id = caller.id();
        Place.Caller place = caller.place();
        end(caller, Outcome.ANSWERED, Optional.empty());
        Duration waited = waited(place);
        draft.count(id, Count.ANSWERED);
        draft.change(id, q -> q.count(Count.WAITED_MILLIS, waited.toMillis()));
        if (place.calledBack()) {
            draft.count(id, Count.ANSWERED_CALLBACKS);
        } else if (waited.compareTo(caller.queue().settings().service().answerWithin()) <= 0) {
            draft.count(id, Count.ANSWERED_IN_TIME);
        }
    }

    private Duration waited(Place place) {
        return Duration.between(place.since(), draft.now());
    }

    /** The place is free, nobody is rung for it any more. */
    private void end(Waiting caller, Outcome outcome, Optional<OverflowCause> cause) {
        Place.Caller place = caller.place();
        draft.offering().withdrawAll(place.ticket());
        draft.change(caller.id(), q -> q.without(place.ticket()));
        draft.effect(
                new FloorEffect.VisitEnded(
                        caller.id(),
                        place.ticket(),
                        place.call(),
                        place.number(),
                        outcome,
                        cause,
                        waited(place),
                        draft.now()));
    }

    // ---- to be called back instead

    /** Who waits has pressed a key; only the one for a call back means anything. */
    void pressed(CallId call, char key) {
        boolean wantsCallback =
                find(call)
                        .flatMap(c -> c.queue().settings().callback())
                        .filter(c -> c.key() == key)
                        .isPresent();
        if (wantsCallback) {
            asksForCallback(call, Optional.empty());
        }
    }

    void asksForCallback(CallId call, Optional<String> number) {
        find(call).ifPresent(c -> promise(c, number.orElse(c.place().number()), Optional.empty()));
    }

    /** False when the queue can't: it calls nobody back, has too many, or knows no number. */
    private boolean promise(Waiting caller, String number, Optional<OverflowCause> cause) {
        QueueState queue = draft.queues().find(caller.id()).orElseThrow();
        boolean possible =
                !number.isEmpty()
                        && !queue.retired()
                        && queue.settings()
                                .callback()
                                .filter(c -> queue.callbacks().size() < c.pendingMax())
                                .isPresent();
        if (!possible) {
            return false;
        }
        end(caller, Outcome.CALLED_BACK, cause);
        draft.count(caller.id(), Count.CALLED_BACK);
        draft.effect(new FloorEffect.PromiseCallback(caller.place().call(), caller.id(), number));
        draft.callbacks().promised(queue.settings(), caller.place(), number);
        return true;
    }

    // ---- overflow

    void overflow(Waiting caller, OverflowCause cause) {
        OverflowTarget target = caller.queue().settings().overflowOf(cause);
        switch (target) {
            case OverflowTarget.ToQueue(var next) -> moveTo(caller, cause, next);
            case OverflowTarget.ToCallback() -> {
                if (!promise(caller, caller.place().number(), cause(cause))) {
                    leaveFor(caller, cause, new OverflowTarget.HangUp());
                }
            }
            case OverflowTarget.ToNumber _, OverflowTarget.ToMessage _, OverflowTarget.HangUp _ ->
                    leaveFor(caller, cause, target);
        }
    }

    private static Optional<OverflowCause> cause(OverflowCause cause) {
        return Optional.of(cause);
    }

    private void leaveFor(Waiting caller, OverflowCause cause, OverflowTarget target) {
        overflowed(caller, cause);
        draft.effect(new FloorEffect.Overflow(caller.place().call(), caller.id(), cause, target));
    }

    private void overflowed(Waiting caller, OverflowCause cause) {
        end(caller, Outcome.OVERFLOWED, cause(cause));
        draft.count(caller.id(), Count.OVERFLOWED);
    }

    private void moveTo(Waiting caller, OverflowCause cause, QueueId next) {
        Place.Caller place = caller.place();
        Optional<QueueState> queue = draft.queues().find(next);
        if (queue.isEmpty() || place.hops() >= HOPS_MAX) {
            leaveFor(caller, cause, new OverflowTarget.HangUp());
            return;
        }
        overflowed(caller, cause);
        enter(
                queue.get(),
                newPlace(
                        queue.get().settings(),
                        place.ticket(),
                        place.need(),
                        place.number(),
                        place.call(),
                        place.hops() + 1,
                        place.calledBack()));
    }

    /** Where nobody is left to answer, those who wait are sent on, where the queue says so. */
    void leaveEmptyQueues() {
        for (int round = 0; round <= HOPS_MAX; round++) {
            draft.queues().all().stream()
                    .filter(q -> !q.callers().isEmpty())
                    .filter(q -> !draft.staff().enough(q.settings(), q.settings().leave()))
                    .forEach(q ->
                            q.callers()
                                    .forEach(c ->
                                            overflow(
                                                    new Waiting(q, c), OverflowCause.LEAVE_EMPTY)));
        }
    }
}
