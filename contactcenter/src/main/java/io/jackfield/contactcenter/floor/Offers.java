package io.jackfield.contactcenter.floor;

import io.jackfield.contactcenter.AgentId;
import io.jackfield.contactcenter.CallId;
import io.jackfield.contactcenter.agent.AgentEvent;
import io.jackfield.contactcenter.agent.Conversation;
import io.jackfield.contactcenter.agent.Miss;
import io.jackfield.contactcenter.agent.MissedOffer;
import io.jackfield.contactcenter.queue.Counts.Count;
import io.jackfield.contactcenter.queue.Place;
import io.jackfield.contactcenter.queue.QueueState;
import java.time.Duration;
import java.util.Optional;

/** Who is rung for whom. Confined to one step. */
final class Offers {
    private final Draft draft;

    Offers(Draft draft) {
        this.draft = draft;
    }

    // ---- making

    /** Rings a free agent for a place, or reserves them while the customer is called. */
    void make(QueueState queue, Place place, AgentId agent) {
        switch (place) {
            case Place.Caller caller -> {
                long id = draft.offerId();
                ring(queue, caller, caller.call(), id, agent);
            }
            case Place.Callback callback -> {
                if (draft.callbacks().customerFirst(queue)) {
                    reserve(queue, callback, agent);
                } else {
                    long id = draft.offerId();
                    ring(queue, callback, callback.callOf(id, draft.now()), id, agent);
                }
            }
        }
    }

    private void ring(QueueState queue, Place place, CallId call, long id, AgentId agent) {
        QueueOffer offer =
                new QueueOffer(
                        id,
                        place.ticket(),
                        call,
                        queue.settings().id(),
                        agent,
                        draft.now().plus(queue.settings().offers().ringFor()),
                        false);
        hold(offer);
        tellPhone(offer, place, place instanceof Place.Callback);
    }

    private void reserve(QueueState queue, Place.Callback callback, AgentId agent) {
        long id = draft.offerId();
        Place.Dialling dialling =
                draft.callbacks()
                        .dial(
                                queue.settings(),
                                callback,
                                callback.callOf(id, draft.now()),
                                agent,
                                Optional.empty());
        hold(
                new QueueOffer(
                        id,
                        callback.ticket(),
                        dialling.call(),
                        queue.settings().id(),
                        agent,
                        dialling.until(),
                        true));
    }

    private void hold(QueueOffer offer) {
        draft.offers().put(offer.id(), offer);
        draft.staff().tell(offer.agent(), new AgentEvent.Offered(offer.id()));
    }

    private void tellPhone(QueueOffer offer, Place place, boolean isCallback) {
        Duration waited = Duration.between(place.since(), draft.now());
        draft.effect(new FloorEffect.Offer(offer, place.number(), waited, isCallback));
    }

    /** The customer is there, so the agent who was reserved is rung. */
    void makeReal(QueueOffer reserved, QueueState queue, Place.Callback place) {
        QueueOffer offer = reserved.real(draft.now().plus(queue.settings().offers().ringFor()));
        draft.offers().put(offer.id(), offer);
        tellPhone(offer, place, false);
    }

    // ---- what the phone says

    void rings(long id) {
        real(id).ifPresent(o -> draft.staff().tell(o.agent(), new AgentEvent.Rings(id)));
    }

    private Optional<QueueOffer> real(long id) {
        return draft.offers().find(id).filter(o -> !o.reserved());
    }

    /** Who answers what is offered no more, because another was quicker, is hung up on. */
    void answered(long id) {
        real(id).ifPresentOrElse(
                        this::answered, () -> draft.effect(new FloorEffect.CancelOffer(id)));
    }

    private void answered(QueueOffer offer) {
        draft.offers().remove(offer.id());
        QueueState queue = draft.queues().find(offer.queue()).orElseThrow();
        Conversation conversation =
                new Conversation(
                        offer.call(),
                        Optional.of(offer.queue()),
                        draft.now(),
                        false,
                        queue.settings().wrapUp());
        draft.staff().tell(offer.agent(), new AgentEvent.Answered(offer.id(), conversation));
        withdrawAll(offer.ticket());
        switch (queue.place(offer.ticket()).orElseThrow()) {
            case Place.Caller caller -> {
                draft.callers().answered(new Callers.Waiting(queue, caller));
                draft.effect(new FloorEffect.Connect(offer.id(), caller.call(), offer.agent()));
            }
            case Place.Callback callback ->
                    draft.callbacks()
                            .dial(
                                    queue.settings(),
                                    callback,
                                    offer.call(),
                                    offer.agent(),
                                    Optional.of(offer.agent()));
        }
    }

    void missed(long id, Miss why) {
        real(id).ifPresent(offer -> missed(offer, why));
    }

    /** Nobody answered in time: the phone has to be told. */
    void ringTimeOver(QueueOffer offer) {
        draft.effect(new FloorEffect.CancelOffer(offer.id()));
        missed(offer, Miss.NO_ANSWER);
    }

    private void missed(QueueOffer offer, Miss why) {
        draft.offers().remove(offer.id());
        draft.count(offer.queue(), Count.OFFERS_MISSED);
        String number = draft.place(offer.queue(), offer.ticket()).map(Place::number).orElse("");
        draft.agents()
                .find(offer.agent())
                .ifPresent(a ->
                        draft.agents()
                                .put(
                                        offer.agent(),
                                        a.with(a.agent().missing(note(offer, number, why)))));
        draft.staff().tell(offer.agent(), new AgentEvent.Missed(offer.id(), why));
    }

    private MissedOffer note(QueueOffer offer, String number, Miss why) {
        return new MissedOffer(draft.now(), offer.queue(), offer.call(), number, why);
    }

    // ---- taking back

    /** Rings nobody for that place any more. */
    void withdrawAll(long ticket) {
        draft.offersFor(ticket).forEach(this::withdraw);
    }

    void withdraw(QueueOffer offer) {
        forget(offer);
        draft.staff().tell(offer.agent(), new AgentEvent.Withdrawn(offer.id()));
    }

    private void forget(QueueOffer offer) {
        draft.offers().remove(offer.id());
        if (!offer.reserved()) {
            draft.effect(new FloorEffect.CancelOffer(offer.id()));
        }
    }

    /** The agent can't take it any more: gone home, phone lost, in another call. */
    void dropped(long id) {
        draft.offers()
                .find(id)
                .ifPresent(offer -> {
                    forget(offer);
                    if (offer.reserved()) {
                        draft.callbacks().agentLeft(offer.agent(), offer.call());
                    }
                });
    }
}
