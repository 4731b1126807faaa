package io.jackfield.call.b2bua;

import io.jackfield.call.b2bua.NewCall.First;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call that a queue begins, since somebody did not want to wait: an agent is rung and then the
 * customer, or the customer is rung and then waits for an agent. What follows once the first is
 * there, and how long is rung, is decided elsewhere and comes as commands.
 *
 * <p>Confined to its call.
 */
final class CallingBack {
    private final CallState state;
    private final CalledLegs called;
    private final MediaControl media;
    private final Endings endings;
    private final Waiting waiting;

    CallingBack(
            CallState state,
            CalledLegs called,
            MediaControl media,
            Endings endings,
            Waiting waiting) {
        this.state = state;
        this.called = called;
        this.media = media;
        this.endings = endings;
        this.waiting = waiting;
    }

    /** Rings the agent. */
    void offer(long id, Agent agent) {
        ring(new AgentFirst(id), new Destination.Agents(List.of(agent)));
    }

    /** Rings the customer. */
    void call(Destination customer) {
        ring(new CustomerFirst(), customer);
    }

    private void ring(Callees.Purpose purpose, Destination whom) {
        called.attempt(purpose, OptionalLong.empty()).call(whom);
    }

    /** The agent is rung no more; one who has answered just now is hung up on. */
    void cancel(long offer) {
        boolean isThis =
                state.newCall().first().orElse(null) instanceof First.Offered first
                        && first.offer() == offer;
        if (isThis && (state.settingUp() || waiting.isUndecided())) {
            endings.end(CallEnd.byPbx("offer withdrawn", 480));
        }
    }

    private void isThere(Leg first) {
        state.callerIsThere(first);
        waiting.undecided();
    }

    private final class AgentFirst extends Offering {
        AgentFirst(long id) {
            super(state, id);
        }

        @Override
        public List<Codec> codecs() {
            return Codecs.of(from());
        }

        /** The agent sees who is to be called back. */
        @Override
        public Party from() {
            return Originating.shown(state.newCall());
        }

        @Override
        public boolean connect(Leg callee) {
            isThere(callee);
            media.ringback(callee.id());
            answered();
            return true;
        }

        @Override
        public void failed(CallEnd why) {
            missed(why);
            endings.end(why);
        }
    }

    private final class CustomerFirst implements Callees.Purpose {
        @Override
        public List<Codec> codecs() {
            return Codecs.of(from());
        }

        /** The queue; a trunk with a number of its own shows that. */
        @Override
        public Party from() {
            return new Party.Phone(state.newCall().dialled(), Optional.empty(), Optional.empty());
        }

        @Override
        public void rings(int status) {
            // nobody waits for it but the queue, which has the event
        }

        @Override
        public void early(Leg callee) {
            // nobody listens yet
        }

        @Override
        public boolean connect(Leg callee) {
            isThere(callee);
            state.publish(new PbxEvent.CustomerReached(state.id(), callee.id()));
            return true;
        }

        @Override
        public void failed(CallEnd why) {
            endings.end(why);
        }
    }
}
