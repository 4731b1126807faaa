package io.jackfield.call.signaling;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.edge.SipReceiver;
import io.jackfield.call.event.Events;
import io.jackfield.call.event.LogBudget;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.token.TokenHeaders;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.ParseResult;
import io.jackfield.protocol.sip.ReceivedVia;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipParser;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.Refusal;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where SIP comes in and goes out: parses on the connection's thread, then hands over to the loop
 * that has the message's Call-ID.
 *
 * <p>Thread-safety: every public method from any thread.
 */
public final class SipEdge implements SipReceiver, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SipEdge.class.getName());
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Somebody may have found out how to bring a mistake of ours about, again and again. */
    private final LogBudget bugs = new LogBudget(20, Duration.ofMinutes(1));

    private final Events events;
    private final LongSupplier nanoTime;
    private final List<SignalingLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Optional<RequestHandler> handler = Optional.empty();

    /**
     * @param loopCount 1 to the number of processors
     */
    public SipEdge(
            TransactionSettings settings,
            Identifiers identifiers,
            Events events,
            LongSupplier nanoTime,
            int loopCount) {
        this.events = events;
        this.nanoTime = nanoTime;
        for (int i = 0; i < loopCount; i++) {
            loops.add(new SignalingLoop(this, settings, identifiers, nanoTime));
        }
    }

    /** Starts the loops; from now on requests go to that handler. Before the listeners open. */
    public void start(RequestHandler to) {
        handler = Optional.of(to);
        for (SignalingLoop loop : loops) {
            String name = "signalling-" + threads.size();
            threads.add(Thread.ofPlatform().name(name).start(() -> loop.run(to)));
        }
    }

    /** As {@link #start}, but whoever calls {@link #work} does what the loops' threads would do. */
    void startWithoutThreads(RequestHandler to) {
        handler = Optional.of(to);
        loops.forEach(SignalingLoop::begin);
    }

    /** Transactions that are there in all loops, and who waits for one. */
    int remembered() {
        return loops.stream().mapToInt(SignalingLoop::remembered).sum();
    }

    /** True while a loop has something to do at once. */
    boolean busy() {
        return loops.stream().anyMatch(SignalingLoop::busy);
    }

    /** Does one thing of each loop that has something to do, on the calling thread. */
    void step() {
        RequestHandler to = handler.orElseThrow();
        loops.stream().filter(SignalingLoop::busy).forEach(loop -> loop.step(0, to));
    }

    /** Does all that waits and is due, on the calling thread. */
    void work() {
        while (busy()) {
            step();
        }
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.put(new SignalingLoop.Task.Stop()));
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void received(Flow flow, byte[] bytes) {
        switch (SipParser.parse(bytes)) {
            case ParseResult.KeepAlive(var answer) -> {
                if (answer) {
                    flow.send(PONG.clone());
                }
            }
            case ParseResult.Rejected(var failure) -> {
                failure.answer()
                        .ifPresent(answer -> flow.send(answer.towards(flow.remote()).encode()));
                events.publish(
                        new PbxEvent.SipRefused(
                                flow, failure.reason(), failure.answer().isPresent()));
            }
            case ParseResult.Parsed(var message) -> receivedMessage(flow, message);
        }
    }

    private void receivedMessage(Flow flow, SipMessage parsed) {
        SipMessage message =
                parsed instanceof SipRequest request
                        ? ReceivedVia.stamp(request, flow.remote())
                        : parsed;
        events.publish(new PbxEvent.SipReceived(flow, TokenHeaders.hidden(message)));
        if (!loopOf(message).offer(new SignalingLoop.Task.Arrived(message, flow))) {
            events.publish(new PbxEvent.SipRefused(flow, "signalling is overloaded", false));
        }
    }

    @Override
    public void closed(Flow flow) {
        events.publish(new PbxEvent.FlowClosed(flow));
        loops.forEach(loop -> loop.put(new SignalingLoop.Task.FlowClosed(flow)));
    }

    /** Starts a client transaction (RFC 3261 §17.1); the user hears what becomes of it. */
    public void send(ClientTransactionId id, SipRequest request, Flow flow, TransactionUser user) {
        loopOf(request).put(new SignalingLoop.Task.Start(request, flow, id, user));
    }

    /** Answers a request. */
    public void respond(ServerTransactionId id, SipResponse response) {
        loopOf(response).put(new SignalingLoop.Task.Respond(id, response));
    }

    /** Cancels an INVITE of ours (§9.1). */
    public void cancel(ClientTransactionId invite, String callId, Optional<String> reason) {
        loopOf(callId).put(new SignalingLoop.Task.Cancel(invite, reason));
    }

    /** Sends what belongs to no transaction: the ACK of a 2xx. False when the flow is gone. */
    public boolean sendDirect(SipMessage message, Flow flow) {
        byte[] bytes = message.encode();
        long beganNanos = nanoTime.getAsLong();
        boolean sent = flow.send(bytes);
        if (sent) {
            events.publish(new PbxEvent.SipSent(flow, message, beganNanos));
        }
        return sent;
    }

    void countStray(SipResponse response, Flow flow) {
        events.publish(new PbxEvent.SipRefused(flow, "response to nothing", false));
    }

    void countRefused(SipRequest request, Flow flow, Refusal why) {
        events.publish(new PbxEvent.SipRefused(flow, why.name(), true));
    }

    /** Our own mistake costs the message, not the loop. */
    void logBug(RuntimeException bug) {
        bugs.take(nanoTime.getAsLong())
                .ifPresent(leftOut ->
                        LOG.log(
                                System.Logger.Level.ERROR,
                                "a signalling task failed left_out=" + leftOut,
                                bug));
    }

    private SignalingLoop loopOf(SipMessage message) {
        return loopOf(message.headers().callId());
    }

    private SignalingLoop loopOf(String callId) {
        return loops.get(Math.floorMod(callId.hashCode(), loops.size()));
    }
}
