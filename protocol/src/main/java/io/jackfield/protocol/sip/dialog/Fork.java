package io.jackfield.protocol.sip.dialog;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One dialog that the INVITE has made. As caller there may be several until a 2xx decides (RFC 3261
 * §13.2.2); as called party there is one.
 *
 * @param preview SDP of an unreliable provisional response: what the 2xx will say again (RFC 6337
 *     §3.1)
 * @param rseq of the latest reliable provisional response that was taken (RFC 3262 §4)
 */
record Fork(
        Dialog dialog,
        OfferAnswerState sdp,
        PeerAbilities peer,
        Optional<String> preview,
        OptionalLong rseq) {

    static Fork of(Dialog dialog, OfferAnswerState sdp, PeerAbilities peer) {
        return new Fork(dialog, sdp, peer, Optional.empty(), OptionalLong.empty());
    }

    String tag() {
        return dialog.remoteTag();
    }

    Fork with(Dialog next) {
        return new Fork(next, sdp, peer, preview, rseq);
    }

    Fork with(OfferAnswerState next) {
        return new Fork(dialog, next, peer, preview, rseq);
    }

    Fork with(PeerAbilities next) {
        return new Fork(dialog, sdp, next, preview, rseq);
    }

    Fork withPreview(String next) {
        return new Fork(dialog, sdp, peer, Optional.of(next), rseq);
    }

    Fork withRseq(OptionalLong next) {
        return new Fork(dialog, sdp, peer, preview, next);
    }
}
