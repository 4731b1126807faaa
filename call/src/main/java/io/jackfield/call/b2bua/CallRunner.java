package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.CdrStore;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.Events;
import io.jackfield.call.signaling.SipEdge;
import io.jackfield.call.signaling.TransactionUser;
import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaPortsExhausted;
import io.jackfield.media.TrunkLeg;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs one call: one mailbox, one virtual thread, no locks.
 *
 * <p>Thread-safety: any thread may call {@link #offer}; everything else runs on the call's own.
 */
final class CallRunner implements Runnable {
    private static final System.Logger LOG = System.getLogger(CallRunner.class.getName());

    /** Far more than a sane call has waiting. What does not fit is dropped, never the heap. */
    private static final int MAILBOX_MAX = 256;

    private static final String FAILED = "internal error";
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Call call;
    private final SipEdge edge;
    private final MediaEngine media;
    private final CdrStore cdrs;
    private final Events events;
    private final Calls calls;
    private final LongSupplier nanoTime;
    private final BlockingQueue<CallEvent> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);
    private volatile CallSnapshot snapshot;
    private final Deque<CallEvent> own = new ArrayDeque<>();
    private final Deque<CallEffect> toDo = new ArrayDeque<>();
    private final Map<String, MediaLeg> mediaLegs = new HashMap<>();

    CallRunner(
            Call call,
            SipEdge edge,
            MediaEngine media,
            CdrStore cdrs,
            Events events,
            Calls calls,
            LongSupplier nanoTime) {
        this.call = call;
        this.snapshot = call.snapshot();
        this.edge = edge;
        this.media = media;
        this.cdrs = cdrs;
        this.events = events;
        this.calls = calls;
        this.nanoTime = nanoTime;
    }

    String id() {
        return call.id();
    }

    /** What the call was like after its last event. Any thread. */
    CallSnapshot snapshot() {
        return snapshot;
    }

    /** Hands the call an event; false when the mailbox is full and the event was not taken. */
    boolean offer(CallEvent event) {
        return mailbox.offer(event);
    }

    @Override
    public void run() {
        try {
            perform(call.begin(nanoTime.getAsLong()));
            untilEnded();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "call=" + call.id() + " failed", bug);
            endAfterFailure();
        } finally {
            calls.over(this);
            mediaLegs.values().forEach(this::close);
        }
    }

    private void untilEnded() {
        while (!call.ended()) {
            CallEvent event = nextEvent();
            perform(call.on(event, nanoTime.getAsLong()));
            snapshot = call.snapshot();
        }
    }

    /** Our own mistake costs the call, but not its record, and nobody is left hanging. */
    private void endAfterFailure() {
        try {
            perform(call.on(new CallEvent.Stop(FAILED), nanoTime.getAsLong()));
            untilEnded();
        } catch (RuntimeException again) {
            LOG.log(System.Logger.Level.ERROR, "call=" + call.id() + " cannot be ended", again);
            writeOff();
        }
    }

    /** One effect that fails must not keep the others from being tried. */
    private void writeOff() {
        toDo.addAll(call.writtenOff(FAILED, nanoTime.getAsLong()));
        while (!toDo.isEmpty()) {
            try {
                perform(List.of());
            } catch (RuntimeException lost) {
                LOG.log(System.Logger.Level.ERROR, "call=" + call.id() + " loses", lost);
            }
        }
    }

    private void close(MediaLeg leg) {
        try {
            leg.close();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "call=" + call.id() + " keeps a leg", bug);
        }
    }

    /** The next event, or a tick when a deadline comes first: a timer is a poll that ran out. */
    private CallEvent nextEvent() {
        if (!own.isEmpty()) {
            return own.removeFirst();
        }
        try {
            CallEvent event = mailbox.poll(nanosToDeadline(), TimeUnit.NANOSECONDS);
            return event == null ? new CallEvent.Tick() : event;
        } catch (InterruptedException shutdown) {
            return new CallEvent.Stop("the server stops");
        }
    }

    private long nanosToDeadline() {
        OptionalLong deadline = call.deadlineNanos();
        return deadline.isPresent()
                ? Math.max(0, deadline.getAsLong() - nanoTime.getAsLong())
                : IDLE_NANOS;
    }

    /** In order, after what an earlier failure has left undone. */
    private void perform(List<CallEffect> effects) {
        toDo.addAll(effects);
        while (!toDo.isEmpty()) {
            perform(toDo.removeFirst());
        }
    }

    private void perform(CallEffect effect) {
        switch (effect) {
            case CallEffect.Listen listen -> calls.listen(listen, this);
            case CallEffect.SendRequest(var legId, var id, var request, var flow) ->
                    edge.send(id, request, flow, new LegUser(legId));
            case CallEffect.SendAck(var ack, var flow) -> edge.sendDirect(ack, flow);
            case CallEffect.SendResponse(var id, var response) -> edge.respond(id, response);
            case CallEffect.Cancel(var invite, var sipCallId, var reason) ->
                    edge.cancel(invite, sipCallId, reason);
            case CallEffect.OpenBrowserMedia(var legId, var weOffer) -> openBrowser(legId, weOffer);
            case CallEffect.OpenPlainMedia(var legId, var flow) -> openPlain(legId, flow);
            case CallEffect.RestartIce(var legId) -> restartIce(legId);
            case CallEffect.ApplyMedia(var legId, var parameters) ->
                    leg(legId).ifPresent(leg -> leg.apply(parameters));
            case CallEffect.Bridge(var one, var other) -> bridge(one, other);
            case CallEffect.Echo(var legId) -> leg(legId).ifPresent(media::echo);
            case CallEffect.SendDtmf(var legId, var digit, var millis) ->
                    leg(legId).ifPresent(leg -> leg.sendDtmf(digit, millis));
            case CallEffect.CloseMedia(var legId) -> leg(legId).ifPresent(MediaLeg::close);
            case CallEffect.Publish(var event) -> events.publish(event);
            case CallEffect.ReportTrunk(var trunk, var failed) -> calls.reportTrunk(trunk, failed);
            case CallEffect.Write(var cdr) -> cdrs.append(cdr);
        }
    }

    private void openBrowser(String legId, boolean weOffer) {
        IceSide side = weOffer ? IceSide.OFFERING : IceSide.ANSWERING;
        BrowserLeg leg = media.openBrowserLeg(legId, side, this::onMedia);
        mediaLegs.put(legId, leg);
        own.add(new CallEvent.MediaOpened(legId, leg.local()));
    }

    private void openPlain(String legId, Flow flow) {
        try {
            TrunkLeg leg = media.openTrunkLeg(legId, flow.local().getAddress(), this::onMedia);
            mediaLegs.put(legId, leg);
            own.add(new CallEvent.MediaOpened(legId, leg.local()));
        } catch (MediaPortsExhausted full) {
            LOG.log(System.Logger.Level.WARNING, "call=" + call.id() + " " + full.getMessage());
            own.add(new CallEvent.MediaRefused(legId, "no media port is free"));
        }
    }

    private void restartIce(String legId) {
        if (mediaLegs.get(legId) instanceof BrowserLeg leg) {
            own.add(new CallEvent.IceRestarted(legId, leg.restartIce()));
        }
    }

    private void bridge(String one, String other) {
        MediaLeg a = mediaLegs.get(one);
        MediaLeg b = mediaLegs.get(other);
        if (a != null && b != null) {
            media.bridge(a, b);
        }
    }

    private Optional<MediaLeg> leg(String legId) {
        return Optional.ofNullable(mediaLegs.get(legId));
    }

    /** On the media loop: only into the mailbox. Key presses and levels are for listeners alone. */
    private void onMedia(MediaEvent event) {
        mailbox.offer(new CallEvent.Media(event));
    }

    /** Hears what became of one leg's requests. */
    private final class LegUser implements TransactionUser {
        private final String legId;

        LegUser(String legId) {
            this.legId = legId;
        }

        @Override
        public void onResponse(ClientTransactionId id, SipResponse response) {
            offer(new CallEvent.Sip(legId, new UsageEvent.ResponseReceived(id, response)));
        }

        @Override
        public void onFailure(ClientTransactionId id, Failure failure) {
            FailureKind kind =
                    switch (failure) {
                        case TIMEOUT -> FailureKind.TIMEOUT;
                        case TRANSPORT -> FailureKind.TRANSPORT;
                    };
            offer(new CallEvent.Sip(legId, new UsageEvent.RequestFailed(id, kind)));
        }
    }
}
