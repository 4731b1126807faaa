package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Effect;
import io.jackfield.protocol.sip.transaction.ClientTransaction.Event;
import io.jackfield.testkit.Bench;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs one client machine in virtual time. */
final class ClientBench {
    private final VirtualClock clock = new VirtualClock();
    private final TimerBoard<Effect> timers =
            new TimerBoard<>(clock, timer -> effects(new Event.Fired(timer)));
    private final Bench<Effect> bench = new Bench<>(timers, clock);
    private final Timing timing;
    private ClientTransaction state;

    ClientBench(ClientTransaction.Step first, Timing timing) {
        this.timing = timing;
        this.state = first.next();
        bench.perform(_ -> take(first));
    }

    List<Effect> hear(SipResponse response) {
        return happen(new Event.Received(response));
    }

    List<Effect> cancel() {
        return happen(new Event.Cancel(Optional.of("SIP;cause=200")));
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

    ClientTransaction state() {
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

    private List<Effect> take(ClientTransaction.Step step) {
        state = step.next();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Start(var timer, var after)) {
                timers.start(timer, after);
            }
        }
        return step.effects();
    }
}
