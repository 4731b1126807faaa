package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.event.PbxEvent.OfferMiss;

/**
 * Ringing an agent for a queue, which is told of each step and says what follows.
 *
 * <p>Confined to its call.
 */
abstract class Offering implements Callees.Purpose {
    private final CallState state;
    private final long id;
    private boolean rang;

    Offering(CallState state, long id) {
        this.state = state;
        this.id = id;
    }

    @Override
    public final boolean isOffer() {
        return true;
    }

    @Override
    public final void rings(int status) {
        if (!rang) {
            rang = true;
            state.publish(new PbxEvent.OfferRang(state.id(), id));
        }
    }

    /** Whoever waits hears music, and nobody hears anything before there is somebody. */
    @Override
    public final void early(Leg callee) {
        // nobody listens
    }

    final void answered() {
        state.publish(new PbxEvent.OfferAnswered(state.id(), id));
    }

    final void missed(CallEnd why) {
        state.publish(new PbxEvent.OfferMissed(state.id(), id, OfferMiss.byStatus(why.status())));
    }
}
