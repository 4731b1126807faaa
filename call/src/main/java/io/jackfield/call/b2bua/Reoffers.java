package io.jackfield.call.b2bua;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Later offers: hold, resume, refresh, ICE restart (RFC 3264 §8, RFC 3261 §14). When two offers
 * meet, each leg's dialog sorts that out by itself (491, §14.1).
 *
 * <p>Confined to its call.
 */
final class Reoffers {
    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;

    /** Legs whose party holds. */
    private final Set<String> holding = new HashSet<>();

    Reoffers(CallState state, Dialogs dialogs, MediaControl media) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
    }

    void onOffer(String legId, String sdp) {
        Leg leg = state.legs().get(legId);
        switch (leg.media().readReoffer(sdp)) {
            case LegMedia.Read.Refused(var status, _) ->
                    dialogs.tell(legId, new UsageEvent.RefuseOffer(status));
            case LegMedia.Read.Understood(var heard) -> {
                state.legs().put(leg.with(heard));
                if (heard.iceRestarts()) {
                    state.effect(new CallEffect.RestartIce(legId));
                } else {
                    answer(legId, heard.local().orElseThrow());
                }
            }
        }
    }

    /** Answers with our present address and keys, new ones after an ICE restart. */
    void answer(String legId, LocalMedia local) {
        LegMedia.Said answer =
                state.legs()
                        .get(legId)
                        .media()
                        .opened(local)
                        .answerReoffer(state.other(legId).map(Leg::media));
        media.say(legId, answer);
        dialogs.tell(legId, new UsageEvent.AnswerOffer(answer.sdp()));
        boolean held = answer.next().holds();
        if (held ? holding.add(legId) : holding.remove(legId)) {
            state.publish(new PbxEvent.CallHeld(state.id(), legId, held));
        }
        state.other(legId).ifPresent(other -> passOn(state.legs().get(legId), other));
    }

    /** Two talk who did not before: neither is held by whom the other has left. */
    void align(String legId) {
        Leg leg = state.legs().get(legId);
        state.other(legId)
                .ifPresent(other -> {
                    passOn(other, leg);
                    passOn(state.legs().get(legId), other);
                });
    }

    /** The other side's equipment is told of a hold as well, when its direction changes by it. */
    private void passOn(Leg from, Leg to) {
        to.media()
                .reofferFor(from.media())
                .ifPresent(said -> {
                    state.legs().put(to.with(said.next()));
                    dialogs.tell(to.id(), new UsageEvent.Offer(said.sdp()));
                });
    }

    /** A re-INVITE without an offer asks for ours: the session as it stands. */
    void offer(String legId) {
        LegMedia.Said said = state.legs().get(legId).media().offerAgain();
        state.legs().put(state.legs().get(legId).with(said.next()));
        dialogs.tell(legId, new UsageEvent.AnswerOffer(said.sdp()));
    }
}
