package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Effect;
import io.jackfield.protocol.sip.transaction.ServerTransaction.Event;
import io.jackfield.testkit.Bench;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;

/** Runs one server machine in virtual time. */
final class ServerBench {
    private final VirtualClock clock = new VirtualClock();
    private final TimerBoard<Effect> timers =
            new TimerBoard<>(clock, timer -> effects(new Event.Fired(timer)));
    private final Bench<Effect> bench = new Bench<>(timers, clock);
    private final Timing timing;
    private ServerTransaction state;

    ServerBench(ServerTransaction.Step first, Timing timing) {
        this.timing = timing;
        this.state = first.next();
        bench.perform(_ -> take(first));
    }

    List<Effect> receive(SipRequest request) {
        return happen(new Event.Received(request));
    }

    List<Effect> respond(SipResponse response) {
        return happen(new Event.Respond(response));
    }

    List<Effect> breakTransport() {
        return happen(new Event.TransportFailed());
    }

    private List<Effect> happen(Event event) {
        return bench.perform(_ -> effects(event));
    }

    void advance(Duration by) {
        bench.advance(by);
    }

    void advanceMillis(long by) {
        bench.advance(Duration.ofMillis(by));
    }

    ServerTransaction state() {
        return state;
    }

    /** When such effects came; milliseconds since the start. */
    List<Long> millisOf(Class<? extends Effect> effect) {
        return bench.millisOf(effect);
    }

    <T extends Effect> List<T> all(Class<T> effect) {
        return bench.all(effect);
    }

    private List<Effect> effects(Event event) {
        return take(state.on(event, timing));
    }

    private List<Effect> take(ServerTransaction.Step step) {
        state = step.next();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Start(var timer, var after)) {
                timers.start(timer, after);
            }
        }
        return step.effects();
    }
}
