package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.CdrStore;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.media.MediaEngine;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * All calls that are up, and which dialog belongs to which.
 *
 * <p>Thread-safety: any thread.
 */
public final class Calls {
    /** Which leg a dialog is: our tag and the Call-ID say it (RFC 3261 §12). */
    private record DialogKey(String sipCallId, String localTag) {}

    /**
     * @param flow where the leg's requests came from first
     * @param party who may go on over another flow: the same agent's phone, or another address of
     *     the same trunk
     */
    private record Place(CallRunner runner, String legId, Flow flow, Party party) {}

    /** Where trunks hear how calls over them went. */
    public interface TrunkReports {
        void report(Trunk trunk, boolean failed);
    }

    private final SipEdge edge;
    private final MediaEngine media;
    private final CdrStore cdrs;
    private final Events events;
    private final TrunkReports trunks;
    private final CallContext context;
    private final LongSupplier nanoTime;
    private final int callsMax;
    private final Set<CallRunner> running = ConcurrentHashMap.newKeySet();
    private final Map<DialogKey, Place> dialogs = new ConcurrentHashMap<>();
    private final Map<ServerTransactionId, Place> invites = new ConcurrentHashMap<>();

    /**
     * @param callsMax calls at a time; more are answered 503
     */
    public Calls(
            SipEdge edge,
            MediaEngine media,
            CdrStore cdrs,
            Events events,
            TrunkReports trunks,
            CallContext context,
            LongSupplier nanoTime,
            int callsMax) {
        this.edge = edge;
        this.media = media;
        this.cdrs = cdrs;
        this.events = events;
        this.trunks = trunks;
        this.context = context;
        this.nanoTime = nanoTime;
        this.callsMax = callsMax;
    }

    public int size() {
        return running.size();
    }

    /** The calls that are up, oldest first. */
    public List<CallSnapshot> snapshots() {
        return running.stream()
                .map(CallRunner::snapshot)
                .sorted(Comparator.comparing(CallSnapshot::id))
                .toList();
    }

    /** Starts a call on a thread of its own; false when there are too many already. */
    public boolean start(IncomingCall incoming) {
        if (running.size() >= callsMax) {
            return false;
        }
        Call call = Call.of(incoming, context, nanoTime.getAsLong());
        CallRunner runner = new CallRunner(call, edge, media, cdrs, events, this, nanoTime);
        running.add(runner);
        String callerLeg = Legs.callerId(incoming.id());
        invites.put(
                incoming.transaction(),
                new Place(runner, callerLeg, incoming.flow(), incoming.caller()));
        Thread.ofVirtual().name("call-" + incoming.id()).start(runner);
        return true;
    }

    /**
     * Gives a request within a dialog to its call.
     *
     * @param agentsOnFlow whose phones have registered over that flow
     * @return false when no call has such a dialog, or the request came from elsewhere than its
     *     peer (threat T9): answer 481
     */
    public boolean request(
            ServerTransactionId id, SipRequest request, Flow flow, Set<String> agentsOnFlow) {
        Optional<Place> place = place(request, flow, agentsOnFlow);
        place.ifPresent(p -> {
            if (request.method().equals(SipMethod.INVITE)) {
                invites.put(id, p);
            }
            p.runner()
                    .offer(
                            new CallEvent.Sip(
                                    p.legId(), new UsageEvent.RequestReceived(id, request)));
        });
        return place.isPresent();
    }

    /** Gives the ACK of a 2xx to its call. */
    public void ack(SipRequest ack, Flow flow, Set<String> agentsOnFlow) {
        place(ack, flow, agentsOnFlow)
                .ifPresent(p ->
                        p.runner()
                                .offer(
                                        new CallEvent.Sip(
                                                p.legId(), new UsageEvent.AckReceived(ack))));
    }

    /** Tells the call whose INVITE is cancelled; the transaction has seen to it by whom. */
    public void cancel(ServerTransactionId invite, SipRequest cancel) {
        Place place = invites.get(invite);
        if (place != null) {
            place.runner()
                    .offer(
                            new CallEvent.Sip(
                                    place.legId(), new UsageEvent.CancelReceived(invite, cancel)));
        }
    }

    /** Tells every call that a connection is gone. */
    public void flowClosed(Flow flow) {
        running.forEach(runner -> runner.offer(new CallEvent.FlowClosed(flow)));
    }

    /** Tells every call that a phone registered: one of them may have waited for it. */
    public void phoneReturned(Binding phone) {
        running.forEach(runner ->
                runner.offer(
                        new CallEvent.PhoneReturned(
                                phone.agent(), phone.instance(), phone.flow())));
    }

    /** Ends all calls, with BYE to everybody. */
    public void stopAll(String reason) {
        running.forEach(runner -> runner.offer(new CallEvent.Stop(reason)));
    }

    void listen(CallEffect.Listen listen, CallRunner runner) {
        dialogs.put(
                new DialogKey(listen.sipCallId(), listen.localTag()),
                new Place(runner, listen.legId(), listen.flow(), listen.party()));
    }

    void reportTrunk(Trunk trunk, boolean failed) {
        trunks.report(trunk, failed);
    }

    void over(CallRunner runner) {
        running.remove(runner);
        dialogs.values().removeIf(p -> p.runner() == runner);
        invites.values().removeIf(p -> p.runner() == runner);
    }

    private Optional<Place> place(SipRequest request, Flow flow, Set<String> agentsOnFlow) {
        return request.headers()
                .to()
                .tag()
                .map(tag -> dialogs.get(new DialogKey(request.headers().callId(), tag)))
                .filter(p -> isPeer(p, flow, agentsOnFlow));
    }

    private boolean isPeer(Place place, Flow flow, Set<String> agentsOnFlow) {
        return place.flow().equals(flow)
                || switch (place.party()) {
                    case Party.Phone phone -> agentsOnFlow.contains(phone.agent());
                    case Party.Customer customer -> context.sendsFrom(customer.trunk(), flow);
                };
    }
}
