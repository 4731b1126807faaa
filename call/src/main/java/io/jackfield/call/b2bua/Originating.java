package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A call that somebody else begins for an agent, as by a click in the CRM: the agent's phones ring,
 * and once one is answered, it dials.
 *
 * <p>Confined to its call.
 */
final class Originating implements Callees.Purpose {
    private final CallState state;
    private final CalledLegs called;
    private final MediaControl media;
    private final Endings endings;
    private final Consumer<Destination> reach;

    /**
     * @param reach goes on when the agent is there
     */
    Originating(
            CallState state,
            CalledLegs called,
            MediaControl media,
            Endings endings,
            Consumer<Destination> reach) {
        this.state = state;
        this.called = called;
        this.media = media;
        this.endings = endings;
        this.reach = reach;
    }

    /** Rings the agent. */
    void begin(Agent agent) {
        called.attempt(this).call(new Destination.Agents(List.of(agent)));
    }

    /** Those that whoever is dialled will have, so that nothing needs to be decoded. */
    @Override
    public List<Codec> codecs() {
        return Codecs.of(from());
    }

    /** The agent sees who is to be dialled. */
    @Override
    public Party from() {
        return shown(state.newCall());
    }

    /** Whom somebody who is rung first sees: who is to be dialled. */
    static Party shown(NewCall newCall) {
        return newCall.destination() instanceof Destination.Trunks trunks
                ? new Party.Customer(
                        trunks.attempts().getFirst().trunk(), newCall.dialled(), Optional.empty())
                : new Party.Phone(newCall.dialled(), Optional.empty(), Optional.empty());
    }

    @Override
    public void rings(int status) {
        // whoever has asked sees it by the event
    }

    @Override
    public void early(Leg callee) {
        // nobody listens yet
    }

    @Override
    public boolean connect(Leg callee) {
        state.callerIsThere(callee);
        media.ringback(callee.id());
        reach.accept(state.newCall().destination());
        return true;
    }

    @Override
    public void failed(CallEnd why) {
        endings.end(why);
    }
}
