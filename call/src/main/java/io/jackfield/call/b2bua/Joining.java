package io.jackfield.call.b2bua;

import io.jackfield.call.b2bua.CallEffect.Seat;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Destination;
import io.jackfield.media.audio.Supervision;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;
import java.util.Optional;

/**
 * Calls somebody to those who talk already: a third one for a conference, or a supervisor.
 *
 * <p>Confined to its call.
 */
final class Joining {
    private final CallState state;
    private final CalledLegs called;
    private final Conversation conversation;

    Joining(CallState state, CalledLegs called, Conversation conversation) {
        this.state = state;
        this.called = called;
        this.conversation = conversation;
    }

    /** Calls one more who talks with all. */
    void invite(Destination whom) {
        if (state.talking() && state.winnerId().isPresent()) {
            Leg with = state.legs().get(state.winnerId().get());
            called.attempt(new Guest(with.id(), Optional.empty())).call(whom);
        } else {
            refused("nobody talks in this call");
        }
    }

    /**
     * Calls a supervisor, or gives one who is there another mode.
     *
     * @param supervisor name of an agent
     * @param agent whose ear a whisper is for: the name of an agent who talks in this call
     */
    void supervise(String supervisor, Destination phones, String agent, Supervision mode) {
        Optional<Leg> supervised =
                state.legs().all().stream()
                        .filter(leg -> !leg.ended() && isSide(leg) && isPhoneOf(leg, agent))
                        .findFirst();
        boolean talksAlready =
                state.legs().all().stream()
                        .anyMatch(leg -> !leg.ended() && isSide(leg) && isPhoneOf(leg, supervisor));
        if (talksAlready) {
            refused("supervisor " + supervisor + " talks in this call already");
            return;
        }
        if (!state.talking() || supervised.isEmpty()) {
            refused("agent " + agent + " does not talk in this call");
            return;
        }
        CallEffect.Supervises part = new CallEffect.Supervises(mode, supervised.get().id());
        Optional<Leg> there =
                state.legs().all().stream()
                        .filter(leg -> conversation.isGuest(leg.id()) && isPhoneOf(leg, supervisor))
                        .findFirst();
        if (there.isPresent()) {
            conversation.join(new Seat(there.get().id(), Optional.of(part)));
        } else {
            called.attempt(new Guest(supervised.get().id(), Optional.of(part))).call(phones);
        }
    }

    private boolean isSide(Leg leg) {
        return state.isNeeded(leg.id());
    }

    private static boolean isPhoneOf(Leg leg, String agent) {
        return leg.party() instanceof Party.Phone phone && phone.agent().equals(agent);
    }

    private void refused(String why) {
        state.publish(new PbxEvent.JoinFailed(state.id(), why));
    }

    private final class Guest implements Callees.Purpose {
        private final String withId;
        private final Optional<CallEffect.Supervises> supervises;

        Guest(String withId, Optional<CallEffect.Supervises> supervises) {
            this.withId = withId;
            this.supervises = supervises;
        }

        @Override
        public List<Codec> codecs() {
            return state.legs().get(withId).media().chosen();
        }

        @Override
        public Party from() {
            return state.legs().get(withId).party();
        }

        @Override
        public void rings(int status) {
            // those who talk hear it when somebody comes
        }

        @Override
        public void early(Leg callee) {
            // nobody listens yet
        }

        @Override
        public boolean connect(Leg callee) {
            conversation.join(new Seat(callee.id(), supervises));
            return true;
        }

        @Override
        public void failed(CallEnd why) {
            refused(why.cause());
        }
    }
}
