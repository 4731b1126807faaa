package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.media.LegParameters.SourceRule;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.LocalMedia;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The media of a call's legs: opened, told what has been agreed, closed once.
 *
 * <p>Confined to its call.
 */
final class MediaControl {
    private final CallState state;

    /** Legs whose media was asked for and is not closed yet. */
    private final Set<String> asked = new HashSet<>();

    MediaControl(CallState state) {
        this.state = state;
    }

    // ---- opening and closing

    /** The media of a leg that waits for the peer's offer. */
    LegMedia expectingOffer() {
        return LegMedia.expectingOffer(sessionId());
    }

    /** The media of a leg to which we make the first offer. */
    LegMedia offering(List<Codec> codecs, boolean webRtc) {
        return LegMedia.offering(codecs, webRtc, sessionId());
    }

    /** 62 random bits for the o= line (RFC 8829 §5.2.1). */
    private long sessionId() {
        long high = state.context().identifiers().tag().hashCode() & 0x7FFFFFFFL;
        long low = state.context().identifiers().tag().hashCode() & 0x7FFFFFFFL;
        return high << 31 | low;
    }

    void open(Leg leg) {
        asked.add(leg.id());
        state.effect(
                leg.media().webRtc()
                        ? new CallEffect.OpenBrowserMedia(leg.id(), leg.media().weOffer())
                        : new CallEffect.OpenPlainMedia(leg.id(), leg.flow()));
    }

    /** The media that was asked for is there; empty when the leg needs it no more. */
    Optional<Leg> opened(String legId, LocalMedia local) {
        Optional<Leg> found = state.legs().find(legId).filter(l -> !l.ended());
        found.ifPresent(leg -> {
            state.legs().put(leg.with(leg.media().opened(local)));
            state.record().mediaOpened(legId);
        });
        return found.map(leg -> state.legs().get(leg.id()));
    }

    /** It could not be opened: there is nothing to close. */
    void refused(String legId) {
        asked.remove(legId);
    }

    void close(String legId) {
        if (asked.remove(legId)) {
            state.effect(new CallEffect.CloseMedia(legId));
        }
    }

    /** The leg's media go with it to another call. */
    void givenAway(String legId) {
        asked.remove(legId);
        state.record().mediaGivenAway(legId);
    }

    /** The leg's media came with it from another call. */
    void takenIn(String legId) {
        asked.add(legId);
        state.record().mediaOpened(legId);
    }

    // ---- what is agreed

    /** Keeps what the leg says next, and tells its media. */
    void say(String legId, LegMedia.Said said) {
        state.legs().put(state.legs().get(legId).with(said.next()));
        apply(legId);
    }

    /** Reads the answer to what we offered; false when it does not fit the offer. */
    boolean hearAnswer(String legId, String sdp) {
        Leg leg = state.legs().get(legId);
        return switch (leg.media().readAnswer(sdp)) {
            case LegMedia.Read.Refused _ -> false;
            case LegMedia.Read.Understood(var media) -> {
                state.legs().put(leg.with(media));
                apply(legId);
                yield true;
            }
        };
    }

    private void apply(String legId) {
        Leg leg = state.legs().get(legId);
        leg.media()
                .parameters(sourceRule(leg))
                .ifPresent(p -> state.effect(new CallEffect.ApplyMedia(legId, p)));
    }

    private static SourceRule sourceRule(Leg leg) {
        return leg.party() instanceof Party.Customer customer && customer.trunk().latch()
                ? SourceRule.LATCHED
                : SourceRule.SIGNALLED;
    }

    // ---- what passes

    void bridge(String oneLegId, String otherLegId) {
        state.effect(new CallEffect.Bridge(oneLegId, otherLegId));
    }

    /** The leg waits. */
    void music(String legId) {
        state.effect(new CallEffect.Play(legId, state.context().music(), true));
    }

    /** The leg hears that, over and over or once. */
    void play(String legId, Prompt prompt, boolean again) {
        state.effect(new CallEffect.Play(legId, prompt, again));
    }

    /** The leg hears that somebody is being rung for it. */
    void ringback(String legId) {
        state.effect(new CallEffect.Play(legId, state.context().ringback(), true));
    }

    /** Records the two who have just been connected, when the site says so. */
    void recordWith(Leg callee) {
        state.context()
                .recording(state.newCall(), callee.party())
                .ifPresent(wanted -> record(wanted, state.legs().caller().id(), callee.id()));
    }

    private void record(RecordingWanted wanted, String callerId, String calleeId) {
        // A customer who is called back is the caller of a call that goes out.
        boolean callerIsAgent =
                state.newCall().direction() != Cdr.Direction.INBOUND
                        && state.legs().caller().party() instanceof Party.Phone;
        state.effect(
                new CallEffect.StartRecording(
                        wanted.order(),
                        callerIsAgent ? callerId : calleeId,
                        callerIsAgent ? calleeId : callerId));
        wanted.consent()
                .ifPresent(prompt -> {
                    state.effect(new CallEffect.Play(callerId, prompt, false));
                    state.effect(new CallEffect.Play(calleeId, prompt, false));
                });
    }

    /**
     * A key press that came by INFO: those who listen to keys hear of it as of any other, and it
     * goes to the other side as RFC 4733.
     */
    void relay(String legId, InfoDtmf dtmf) {
        state.publish(
                new PbxEvent.MediaHappened(
                        state.id(),
                        new MediaEvent.DtmfReceived(legId, dtmf.digit(), dtmf.durationMillis())));
        state.other(legId)
                .ifPresent(other ->
                        state.effect(
                                new CallEffect.SendDtmf(
                                        other.id(), dtmf.digit(), dtmf.durationMillis())));
    }
}
