package io.jackfield.call.signaling;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.testing.CountedIdentifiers;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The real edge and its loops in virtual time: whoever calls {@link #work} does what their threads
 * would do, so that nothing happens unless a test says so. One thread.
 */
public final class EdgeBench {
    private static final Duration TICK = Duration.ofMillis(10);

    /** For spans that are minutes long. */
    private static final Duration LONG_TICK = Duration.ofMillis(200);

    private final VirtualClock clock = new VirtualClock();
    private final CountedIdentifiers identifiers = new CountedIdentifiers();
    private final Events events = new Events();
    private final List<PbxEvent> told = new ArrayList<>();
    private final List<Runnable> others = new ArrayList<>();
    private final SipEdge edge;

    /** With one loop. */
    public EdgeBench() {
        this(1);
    }

    public EdgeBench(int loops) {
        edge = new SipEdge(TransactionSettings.DEFAULT, identifiers, events, clock::nanos, loops);
        events.listen(told::add);
    }

    /** Requests go to that handler from now on. */
    public void start(RequestHandler handler) {
        edge.startWithoutThreads(handler);
    }

    /** Works along with the loops; it must do all that it has to do, and return. */
    public void alongside(Runnable other) {
        others.add(other);
    }

    public SipEdge edge() {
        return edge;
    }

    public VirtualClock clock() {
        return clock;
    }

    public CountedIdentifiers identifiers() {
        return identifiers;
    }

    public Events events() {
        return events;
    }

    /** What was published so far, of that kind. */
    public <T extends PbxEvent> List<T> told(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A message comes in, and is dealt with. */
    public void receive(Flow flow, String text) {
        arrive(flow, text);
        work();
    }

    /** A message comes in, and waits. */
    public void arrive(Flow flow, String text) {
        edge.received(flow, SipText.bytes(text));
    }

    /** Lets the loops work, and nobody else. */
    public void workEdge() {
        edge.work();
    }

    /** Does all that waits and is due now, until nobody has anything to do. */
    public void work() {
        for (int round = 0; round < 8; round++) {
            edge.work();
            others.forEach(Runnable::run);
        }
        edge.work();
    }

    /** Time passes, in small ticks, and what becomes due is done. */
    public void advance(Duration span) {
        work();
        Duration tick = span.compareTo(Duration.ofMinutes(1)) > 0 ? LONG_TICK : TICK;
        long endNanos = clock.nanos() + span.toNanos();
        while (endNanos - clock.nanos() > 0) {
            clock.advance(Duration.ofNanos(Math.min(tick.toNanos(), endNanos - clock.nanos())));
            work();
        }
    }
}
