package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.CdrStore;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.registrar.Binding;
import io.jackfield.call.routing.Trunk;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.media.MediaEngine;
import io.jackfield.protocol.sip.Replaces;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
     * @param party who may speak for the leg, over its flow or another one
     * @param flow where the leg's requests come from now
     */
    private record Place(CallRunner runner, String legId, Party party, Flow flow) {
        /** False when the call has more to do than it can hold. */
        boolean offer(UsageEvent event) {
            return runner.offer(new CallEvent.Sip(legId, event));
        }
    }

    /** Where trunks hear how calls over them went. */
    public interface TrunkReports {
        void report(Trunk trunk, boolean failed);
    }

    private final CallServices services;
    private final CallContext context;
    private final Consumer<CallRunner> threads;
    private final int callsMax;
    private final Set<CallRunner> running = ConcurrentHashMap.newKeySet();
    private final Map<DialogKey, Place> dialogs = new ConcurrentHashMap<>();

    /** The INVITE of every call's caller. */
    private final Map<ServerTransactionId, Place> invites = new ConcurrentHashMap<>();

    /**
     * @param callsMax calls at a time; more are answered 503
     */
    public Calls(
            SipEdge edge,
            MediaEngine media,
            Recordings recordings,
            CdrStore cdrs,
            Events events,
            TrunkReports trunks,
            CallContext context,
            LongSupplier nanoTime,
            int callsMax) {
        this(
                new CallServices(
                        SipOut.of(edge),
                        media,
                        recordings,
                        cdrs,
                        events,
                        trunks,
                        new BugLog(),
                        nanoTime),
                context,
                runner -> Thread.ofVirtual().name("call-" + runner.id()).start(runner),
                callsMax);
    }

    /**
     * @param threads runs each call
     */
    Calls(CallServices services, CallContext context, Consumer<CallRunner> threads, int callsMax) {
        this.services = services.with(new Others());
        this.context = context;
        this.threads = threads;
        this.callsMax = callsMax;
    }

    public int size() {
        return running.size();
    }

    /** Dialogs and INVITEs that are known: none when no call is up. */
    int remembered() {
        return dialogs.size() + invites.size();
    }

    /** The calls that are up, oldest first. */
    public List<CallSnapshot> snapshots() {
        return running.stream()
                .map(CallRunner::snapshot)
                .sorted(Comparator.comparing(CallSnapshot::id))
                .toList();
    }

    /** Starts a call on a thread of its own; false when there are too many already. */
    public boolean start(NewCall newCall) {
        if (running.size() >= callsMax) {
            return false;
        }
        Call call = Call.of(newCall, context, services.nanoTime().getAsLong());
        CallRunner runner = new CallRunner(call, services, this);
        running.add(runner);
        newCall.invited()
                .ifPresent(invited -> {
                    runner.comesOver(invited.flow());
                    invites.put(
                            invited.transaction(),
                            new Place(
                                    runner,
                                    Legs.callerId(newCall.id()),
                                    newCall.caller(),
                                    invited.flow()));
                });
        threads.accept(runner);
        return true;
    }

    // ---- requests

    /**
     * Gives a request within a dialog to its call, or answers 503 when that has too many waiting.
     *
     * @return false when no call has such a dialog, or the request came from elsewhere than its
     *     peer (threat T9): answer 481
     */
    public boolean request(ServerTransactionId id, SipRequest request, Sender sender) {
        Optional<Place> place = place(request).filter(p -> mayBe(sender, p));
        place.filter(p -> !p.offer(new UsageEvent.RequestReceived(id, request)))
                .ifPresent(_ -> services.sip().respond(id, busy(request)));
        return place.isPresent();
    }

    /** Gives the ACK of a 2xx to its call. */
    public void ack(SipRequest ack, Sender sender) {
        place(ack)
                .filter(p -> mayBe(sender, p))
                .ifPresent(p -> p.offer(new UsageEvent.AckReceived(ack)));
    }

    /**
     * Tells the call whose INVITE or re-INVITE is cancelled.
     *
     * @param invite the transaction that the CANCEL was found to belong to. It came over the same
     *     flow (RFC 3261 §22.1): the transaction layer answers any other with 481
     */
    public void cancel(ServerTransactionId invite, SipRequest cancel) {
        Optional.ofNullable(invites.get(invite))
                .or(() -> place(cancel))
                .ifPresent(p -> p.offer(new UsageEvent.CancelReceived(invite, cancel)));
    }

    private Optional<Place> place(SipRequest request) {
        return request.headers()
                .to()
                .tag()
                .map(tag -> dialogs.get(new DialogKey(request.headers().callId(), tag)));
    }

    private static boolean mayBe(Sender sender, Place place) {
        return sender.mayBe(place.party(), place.flow());
    }

    private SipResponse busy(SipRequest request) {
        return SipResponses.to(request, 503, context.identifiers().tag());
    }

    // ---- connections

    /**
     * Tells the calls whose connection is gone. Nobody else is told: when a thousand phones drop at
     * once, the mailboxes of calls would overflow with what concerns others.
     */
    public void flowClosed(Flow flow) {
        running.stream()
                .filter(runner -> runner.forgets(flow))
                .forEach(runner -> runner.offer(new CallEvent.FlowClosed(flow)));
    }

    /** Tells the agent's calls that a phone registered: one of them may have waited for it. */
    public void phoneReturned(Binding phone) {
        CallEvent returned =
                new CallEvent.PhoneReturned(phone.agent(), phone.instance(), phone.flow());
        dialogs.values().stream()
                .filter(p -> isPhoneOf(phone.agent(), p.party()))
                .map(Place::runner)
                .distinct()
                .forEach(runner -> {
                    runner.comesOver(phone.flow());
                    runner.offer(returned);
                });
    }

    private static boolean isPhoneOf(String agent, Party party) {
        return party instanceof Party.Phone phone && phone.agent().equals(agent);
    }

    /**
     * Pauses the recording of that call, or goes on with it.
     *
     * @return false when there is no such call, or it is not recorded
     */
    public boolean pauseRecording(String callId, boolean paused) {
        return running.stream()
                .filter(runner -> runner.id().equals(callId))
                .filter(runner -> runner.snapshot().recorded())
                .anyMatch(runner -> runner.offer(new CallEvent.PauseRecording(paused)));
    }

    /**
     * Tells that call something from outside.
     *
     * @return false when there is no such call, or it has more to do than it can hold
     */
    public boolean tell(String callId, CallEvent.Command command) {
        return running.stream()
                .filter(runner -> runner.id().equals(callId))
                .anyMatch(runner -> runner.offer(command));
    }

    /** Ends all calls, with BYE to everybody. */
    public void stopAll(String reason) {
        running.forEach(runner -> runner.stop(reason));
    }

    // ---- legs that go from one call to another

    private final class Others implements CallServices.OtherCalls {
        @Override
        public boolean wanted(String callId, CallEffect.WantPartner wanted) {
            Replaces dialog = wanted.dialog();
            return Optional.ofNullable(dialogs.get(new DialogKey(dialog.callId(), dialog.toTag())))
                    .filter(place -> isSame(place.party(), wanted.party()))
                    .filter(place -> !place.runner().id().equals(callId))
                    .map(place ->
                            place.runner()
                                    .offer(
                                            new CallEvent.PartnerWanted(
                                                    place.legId(),
                                                    dialog.fromTag(),
                                                    callId,
                                                    wanted.legId())))
                    .orElse(false);
        }

        @Override
        public void refused(String callId, String legId) {
            offer(callId, new CallEvent.NoPartner(legId));
        }

        @Override
        public void passOn(String callId, CallEvent event) {
            offer(callId, event);
        }

        @Override
        public boolean arrived(String callId, Leg leg, LegHandle handle) {
            return offer(callId, new CallEvent.Arrived(leg, handle));
        }

        private boolean offer(String callId, CallEvent event) {
            return running.stream()
                    .filter(runner -> runner.id().equals(callId))
                    .anyMatch(runner -> runner.offer(event));
        }

        /** Nobody takes away whom somebody else talks with. */
        private static boolean isSame(Party one, Party other) {
            return one instanceof Party.Phone a
                            && other instanceof Party.Phone b
                            && a.agent().equals(b.agent())
                    || one instanceof Party.Customer c
                            && other instanceof Party.Customer d
                            && c.trunk().name().equals(d.trunk().name());
        }
    }

    // ---- what calls tell

    void listen(CallEffect.Listen listen, CallRunner runner) {
        runner.comesOver(listen.flow());
        dialogs.put(
                new DialogKey(listen.sipCallId(), listen.localTag()),
                new Place(runner, listen.legId(), listen.party(), listen.flow()));
    }

    void unlisten(CallEffect.Unlisten dialog) {
        dialogs.remove(new DialogKey(dialog.sipCallId(), dialog.localTag()));
    }

    void over(CallRunner runner) {
        running.remove(runner);
        dialogs.values().removeIf(p -> p.runner() == runner);
        invites.values().removeIf(p -> p.runner() == runner);
    }
}
