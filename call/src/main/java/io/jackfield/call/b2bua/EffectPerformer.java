package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaPortsExhausted;
import io.jackfield.media.MediaRoom;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.recording.Recording;
import io.jackfield.media.recording.RecordingOrder;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Does what one call wants done, and keeps the handles of its media.
 *
 * <p>Confined to the call's own thread.
 */
final class EffectPerformer {
    private static final System.Logger LOG = System.getLogger(EffectPerformer.class.getName());

    private final String callId;
    private final CallServices services;
    private final Consumer<CallEffect.Listen> listen;
    private final Consumer<CallEffect.Unlisten> unlisten;
    private final Consumer<CallEvent> mailbox;
    private final Consumer<CallEvent> first;
    private final Map<String, MediaLeg> mediaLegs = new HashMap<>();
    private final Map<String, LegLine> lines = new HashMap<>();
    private Optional<Recording> recording = Optional.empty();

    /** Where three or more are. */
    private Optional<MediaRoom> room = Optional.empty();

    /** Legs in the room. */
    private Set<String> seated = Set.of();

    /** Legs of the recording. */
    private Set<String> recorded = Set.of();

    /**
     * @param listen is told which dialogs are the call's
     * @param unlisten is told which are no more
     * @param mailbox takes what comes later, from any thread
     * @param first takes what has happened already, before anything in the mailbox
     */
    EffectPerformer(
            String callId,
            CallServices services,
            Consumer<CallEffect.Listen> listen,
            Consumer<CallEffect.Unlisten> unlisten,
            Consumer<CallEvent> mailbox,
            Consumer<CallEvent> first) {
        this.callId = callId;
        this.services = services;
        this.listen = listen;
        this.unlisten = unlisten;
        this.mailbox = mailbox;
        this.first = first;
    }

    /**
     * Does them in order. One that fails does not keep the others from being done: they may be what
     * the peers and the record wait for.
     *
     * @throws RuntimeException the first failure, once all are done
     */
    void perform(List<CallEffect> effects) {
        Optional<RuntimeException> failure = Optional.empty();
        for (CallEffect effect : effects) {
            try {
                perform(effect);
            } catch (RuntimeException bug) {
                failure = failure.or(() -> Optional.of(bug));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void perform(CallEffect effect) {
        switch (effect) {
            case CallEffect.Listen dialog -> listen.accept(dialog);
            case CallEffect.Unlisten dialog -> unlisten.accept(dialog);
            case CallEffect.Forget(var legId) -> {
                mediaLegs.remove(legId);
                lines.remove(legId);
            }
            case CallEffect.SendRequest(var legId, var id, var request, var flow) ->
                    services.sip().send(id, request, flow, line(legId));
            case CallEffect.SendAck(var ack, var flow) -> services.sip().sendAck(ack, flow);
            case CallEffect.SendResponse(var id, var response) ->
                    services.sip().respond(id, response);
            case CallEffect.Cancel(var invite, var sipCallId, var reason) ->
                    services.sip().cancel(invite, sipCallId, reason);
            case CallEffect.OpenBrowserMedia(var legId, var weOffer) -> openBrowser(legId, weOffer);
            case CallEffect.OpenPlainMedia(var legId, var flow) -> openPlain(legId, flow);
            case CallEffect.RestartIce(var legId) -> restartIce(legId);
            case CallEffect.ApplyMedia(var legId, var parameters) ->
                    leg(legId).ifPresent(leg -> leg.apply(parameters));
            case CallEffect.Bridge(var one, var other) -> bridge(one, other);
            case CallEffect.Echo(var legId) -> leg(legId).ifPresent(services.media()::echo);
            case CallEffect.QualityEcho(var legId) ->
                    leg(legId).ifPresent(services.media()::qualityEcho);
            case CallEffect.SendDtmf(var legId, var digit, var millis) ->
                    leg(legId).ifPresent(leg -> leg.sendDtmf(digit, millis));
            case CallEffect.StartRecording(var order, var agent, var customer) ->
                    record(order, agent, customer);
            case CallEffect.PauseRecording(var paused) -> pauseRecording(paused);
            case CallEffect.Meet(var seats) -> meet(seats);
            case CallEffect.WantPartner wanted -> {
                if (!services.others().wanted(callId, wanted)) {
                    first.accept(new CallEvent.NoPartner(wanted.legId()));
                }
            }
            case CallEffect.RefusePartner(var toCallId, var legId) ->
                    services.others().refused(toCallId, legId);
            case CallEffect.PassOn(var toCallId, var event) ->
                    services.others().passOn(toCallId, event);
            case CallEffect.HandOver(var leg, var toCallId) -> handOver(leg, toCallId);
            case CallEffect.TakeIn(var legId, var handle) -> takeIn(legId, handle);
            case CallEffect.Park(var legId) -> leg(legId).ifPresent(services.media()::park);
            case CallEffect.Play(var legId, var prompt, var loop) ->
                    leg(legId).ifPresent(leg -> services.media().play(leg, prompt, loop));
            case CallEffect.CloseMedia(var legId) -> closeMedia(legId);
            case CallEffect.Publish(var event) -> services.events().publish(event);
            case CallEffect.ReportTrunk(var trunk, var failed) ->
                    services.trunks().report(trunk, failed);
            case CallEffect.Write(var cdr) -> services.cdrs().append(cdr);
        }
    }

    /** Closes what is still open, whatever the rules have forgotten. */
    void close() {
        stopRecording();
        room.ifPresent(MediaRoom::close);
        mediaLegs.values().forEach(MediaLeg::close);
    }

    // ---- media

    private void openBrowser(String legId, boolean weOffer) {
        IceSide side = weOffer ? IceSide.OFFERING : IceSide.ANSWERING;
        try {
            BrowserLeg leg = services.media().openBrowserLeg(legId, side, line(legId));
            mediaLegs.put(legId, leg);
            first.accept(new CallEvent.MediaOpened(legId, leg.local()));
        } catch (IllegalStateException full) {
            refused(legId, full);
        }
    }

    private void openPlain(String legId, Flow flow) {
        try {
            TrunkLeg leg =
                    services.media().openTrunkLeg(legId, flow.local().getAddress(), line(legId));
            mediaLegs.put(legId, leg);
            first.accept(new CallEvent.MediaOpened(legId, leg.local()));
        } catch (MediaPortsExhausted | IllegalStateException | IllegalArgumentException full) {
            refused(legId, full);
        }
    }

    /** The engine is full, or has no address where that trunk is: the call hears 503. */
    private void refused(String legId, Exception why) {
        LOG.log(
                Level.WARNING,
                "call=" + callId + " leg=" + legId + " media refused: " + why.getMessage());
        first.accept(new CallEvent.MediaRefused(legId, "no media port is free"));
    }

    private void restartIce(String legId) {
        if (mediaLegs.get(legId) instanceof BrowserLeg leg) {
            first.accept(new CallEvent.IceRestarted(legId, leg.restartIce()));
        }
    }

    private void bridge(String one, String other) {
        MediaLeg a = mediaLegs.get(one);
        MediaLeg b = mediaLegs.get(other);
        if (a != null && b != null) {
            services.media().bridge(a, b);
        }
        room.ifPresent(MediaRoom::close);
        room = Optional.empty();
        seated = Set.of();
    }

    /** Whoever is not named any more leaves; agents come before those who whisper to them. */
    private void meet(List<CallEffect.Seat> seats) {
        MediaRoom meeting = room.orElseGet(services.media()::room);
        room = Optional.of(meeting);
        Set<String> now = seats.stream().map(CallEffect.Seat::legId).collect(Collectors.toSet());
        seated.stream()
                .filter(legId -> !now.contains(legId))
                .forEach(legId -> leg(legId).ifPresent(meeting::leave));
        seated = now;
        for (CallEffect.Seat seat : seats) {
            leg(seat.legId()).ifPresent(leg -> meeting.join(leg, role(seat, leg), 0));
        }
    }

    private MediaRoom.Role role(CallEffect.Seat seat, MediaLeg leg) {
        return seat.supervises()
                .<MediaRoom.Role>map(s ->
                        new MediaRoom.Role.Supervisor(s.mode(), leg(s.agentLegId()).orElse(leg)))
                .orElseGet(MediaRoom.Role.Participant::new);
    }

    private void closeMedia(String legId) {
        if (recorded.contains(legId)) {
            stopRecording();
        }
        leg(legId).ifPresent(MediaLeg::close);
    }

    // ---- recording

    private void record(RecordingOrder order, String agentLegId, String customerLegId) {
        MediaLeg agent = mediaLegs.get(agentLegId);
        MediaLeg customer = mediaLegs.get(customerLegId);
        if (agent == null || customer == null) {
            return;
        }
        Optional<Recording> begun = services.recordings().record(order);
        begun.ifPresent(going -> {
            recording = begun;
            recorded = Set.of(agentLegId, customerLegId);
            services.media().record(going, agent, customer);
            first.accept(new CallEvent.RecordingBegun(going.id()));
        });
    }

    private void pauseRecording(boolean paused) {
        long now = services.nanoTime().getAsLong();
        recording.ifPresent(going -> {
            if (paused) {
                going.pause(now);
            } else {
                going.resume(now);
            }
        });
    }

    private void stopRecording() {
        recording.ifPresent(going -> going.stop(services.nanoTime().getAsLong()));
        recording = Optional.empty();
    }

    private Optional<MediaLeg> leg(String legId) {
        return Optional.ofNullable(mediaLegs.get(legId));
    }

    // ---- to and from other calls

    private LegLine line(String legId) {
        return lines.computeIfAbsent(legId, id -> new LegLine(id, mailbox));
    }

    /** The other call has it, or we keep it. */
    private void handOver(Leg leg, String toCallId) {
        Optional<MediaLeg> media = leg(leg.id());
        boolean taken =
                media.isPresent()
                        && services.others()
                                .arrived(toCallId, leg, new LegHandle(media.get(), line(leg.id())));
        if (taken) {
            mediaLegs.remove(leg.id());
            lines.remove(leg.id());
            first.accept(new CallEvent.HandedOver(leg.id(), toCallId));
        }
    }

    private void takeIn(String legId, LegHandle handle) {
        handle.line().leadsTo(mailbox);
        lines.put(legId, handle.line());
        mediaLegs.put(legId, handle.media());
    }
}
