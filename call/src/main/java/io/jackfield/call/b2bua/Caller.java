package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.List;
import java.util.Optional;

/**
 * The caller's side of setting a call up: what it offers, and what it is told of those who are
 * rung.
 *
 * <p>Confined to its call.
 */
final class Caller {
    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private final Endings endings;
    private boolean rings;
    private boolean toldRinging;

    /** The answer that went with early media. */
    private Optional<LegMedia.Said> early = Optional.empty();

    Caller(CallState state, Dialogs dialogs, MediaControl media, Endings endings) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
        this.endings = endings;
    }

    private Leg leg() {
        return state.legs().caller();
    }

    // ---- its offer

    void onOffer(String sdp) {
        switch (leg().media().read(sdp)) {
            case LegMedia.Read.Refused(var status, var reason) ->
                    endings.endUnexplained(CallEnd.byPbx(reason, status));
            case LegMedia.Read.Understood(var heard) -> {
                state.legs().put(leg().with(heard));
                media.open(leg());
            }
        }
    }

    /** An INVITE without an offer wants ours in the 200 (RFC 3261 §13.2.1). */
    void onOfferWanted() {
        boolean webRtc = leg().flow().transport().webSocket();
        List<Codec> codecs = Codecs.of(leg().party());
        state.legs().put(leg().with(media.offering(codecs, webRtc)));
        media.open(leg());
    }

    // ---- what it is told

    /** Somebody rings. */
    void rings() {
        rings = true;
    }

    /** Once, and only when the same message has not brought early media: that says more. */
    void tellRinging() {
        if (rings && state.settingUp() && !toldRinging && early.isEmpty()) {
            toldRinging = true;
            dialogs.tell(leg().id(), new UsageEvent.Ring(180, Optional.empty()));
        }
    }

    /** Early media of a carrier reaches the caller: announcements, its own ringback (RFC 3960). */
    void earlyMedia(Leg callee) {
        if (state.waiting()) {
            media.bridge(leg().id(), callee.id());
            return;
        }
        if (!state.settingUp()) {
            return;
        }
        if (early.isPresent()) {
            media.bridge(leg().id(), callee.id());
            return;
        }
        early = answerTo(callee);
        if (early.isPresent()) {
            media.say(leg().id(), early.get());
            media.bridge(leg().id(), callee.id());
            dialogs.tell(leg().id(), new UsageEvent.Ring(183, early.map(LegMedia.Said::sdp)));
        }
    }

    // ---- its answer

    /** The caller hears itself. */
    void echo() {
        hearItself("echo", new CallEffect.Echo(leg().id()));
    }

    /** The caller hears itself later, and is measured. */
    void qualityEcho() {
        hearItself("quality echo", new CallEffect.QualityEcho(leg().id()));
    }

    /**
     * The caller is answered while nobody is there to talk with.
     *
     * @return false when it has no codec of ours
     */
    boolean answerAlone() {
        Optional<LegMedia.Said> answer = answerWith(leg().media().codecs());
        answer.ifPresent(said -> {
            media.say(leg().id(), said);
            state.become(CallState.Stage.WAITING);
            accept(said);
        });
        return answer.isPresent();
    }

    private void hearItself(String by, CallEffect how) {
        Optional<LegMedia.Said> answer = answerWith(leg().media().codecs());
        if (answer.isEmpty()) {
            endings.end(CallEnd.byPbx("no common codec", 488));
            return;
        }
        media.say(leg().id(), answer.get());
        state.effect(how);
        answeredBy(by, leg().id());
        accept(answer.get());
    }

    /**
     * That leg has answered and gets the call. The caller's answer names the codec that the called
     * side chose, where the caller has it and nothing else is wished: then nothing is decoded.
     *
     * @return false when the caller has no codec of ours
     */
    boolean connect(Leg callee) {
        if (state.callerAnswered()) {
            talk(callee);
            return true;
        }
        Optional<LegMedia.Said> answer = answerTo(callee);
        if (answer.isEmpty()) {
            return false;
        }
        List<Codec> wished = wished(callee);
        if (isSettledOnAnother(wished)) {
            talk(callee, early.orElseThrow());
            changeTo(wished);
        } else {
            media.say(leg().id(), answer.get());
            talk(callee, answer.get());
        }
        return true;
    }

    private void talk(Leg callee, LegMedia.Said answer) {
        talk(callee);
        accept(answer);
    }

    private void talk(Leg callee) {
        state.won(callee.id());
        state.conversation().arrange();
        media.recordWith(callee);
        answeredBy(callee.partyName(), callee.id());
    }

    /** Early media came from another fork, or another trunk, than the answer. */
    private boolean isSettledOnAnother(List<Codec> wished) {
        return early.isPresent()
                && leg().media().agreed()
                && !leg().media().chosen().equals(wished);
    }

    /**
     * "The UAC MUST treat the first session description it receives as the answer, and MUST ignore
     * any session descriptions in subsequent responses" (RFC 3261 §13.2.1). So the 200 repeats what
     * the 183 said, and the codec is changed by a re-INVITE. Until then, and where that is refused,
     * the call is transcoded.
     */
    private void changeTo(List<Codec> codec) {
        LegMedia.Said said = leg().media().offerOf(codec);
        state.legs().put(leg().with(said.next()));
        dialogs.tell(leg().id(), new UsageEvent.Offer(said.sdp()));
    }

    private void answeredBy(String by, String legId) {
        state.become(CallState.Stage.TALKING);
        state.record().answered(by, state.nowNanos());
        state.publish(new PbxEvent.CallAnswered(state.id(), legId));
    }

    private void accept(LegMedia.Said answer) {
        state.callerIsAnswered();
        dialogs.tell(leg().id(), new UsageEvent.Accept(answer.sdp()));
    }

    private Optional<LegMedia.Said> answerTo(Leg callee) {
        LegMedia caller = leg().media();
        return answerWith(
                caller.agreed()
                        ? Codecs.together(caller.chosen(), caller.codecs())
                        : Codecs.answered(
                                caller.codecs(),
                                leg().party(),
                                callee.media().chosen(),
                                callee.party()));
    }

    /** The codec that the caller would have by the called side's; itself, where it has that. */
    private List<Codec> wished(Leg callee) {
        List<Codec> spoken = leg().media().codecs();
        return Codecs.answered(spoken, leg().party(), callee.media().chosen(), callee.party())
                .stream()
                .filter(spoken::contains)
                .limit(1)
                .toList();
    }

    /** Our answer to the caller's offer; our offer where it made none. */
    private Optional<LegMedia.Said> answerWith(List<Codec> wanted) {
        LegMedia caller = leg().media();
        return caller.weOffer() ? Optional.of(caller.offerOf(wanted)) : caller.answer(wanted);
    }
}
