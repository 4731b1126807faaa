package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Destination;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;

/**
 * Reaches whom the caller has dialled.
 *
 * <p>Confined to its call.
 */
final class Setup implements Callees.Purpose {
    private final CallState state;
    private final CalledLegs called;
    private final Caller caller;
    private final Endings endings;

    Setup(CallState state, CalledLegs called, Caller caller, Endings endings) {
        this.state = state;
        this.called = called;
        this.caller = caller;
        this.endings = endings;
    }

    /** The caller's media is there. */
    void begin(Destination destination) {
        switch (destination) {
            case Destination.Echo() -> caller.echo();
            case Destination.QualityEcho() -> caller.qualityEcho();
            case Destination.Agents _,
                    Destination.Trunks _,
                    Destination.Waiting _,
                    Destination.InMenu _,
                    Destination.WithToken _,
                    Destination.Unknown _ ->
                    called.attempt(this).call(destination);
        }
    }

    @Override
    public List<Codec> codecs() {
        return state.legs().caller().media().chosen();
    }

    @Override
    public Party from() {
        return state.newCall().caller();
    }

    @Override
    public void rings(int status) {
        caller.rings();
    }

    @Override
    public void early(Leg callee) {
        caller.earlyMedia(callee);
    }

    @Override
    public boolean connect(Leg callee) {
        return caller.connect(callee);
    }

    @Override
    public void failed(CallEnd why) {
        endings.end(why);
    }
}
