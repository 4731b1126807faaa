package io.jackfield.protocol.sip.dialog;

import java.util.Optional;

/**
 * Whose turn it is in the exchange of session descriptions (RFC 3264 §4, RFC 6337 §2).
 *
 * <p>One offer at a time: as long as one is open, neither side may make another.
 *
 * @param local what we said last in an exchange that was completed
 * @param remote what the peer said last in it
 * @param open the offer that is not answered yet; its side is told by {@code turn}
 */
record OfferAnswerState(
        Turns turn, Optional<String> local, Optional<String> remote, Optional<String> open) {

    enum Turns {
        /** Nothing was exchanged yet. */
        NOTHING,
        /** Our offer awaits the peer's answer. */
        WE_OFFERED,
        /** The peer's offer awaits our answer. */
        PEER_OFFERED,
        /** The last exchange is complete; either side may offer. */
        STABLE
    }

    static final OfferAnswerState NOTHING =
            new OfferAnswerState(
                    Turns.NOTHING, Optional.empty(), Optional.empty(), Optional.empty());

    /** True when no offer is open. */
    boolean free() {
        return turn == Turns.NOTHING || turn == Turns.STABLE;
    }

    boolean stable() {
        return turn == Turns.STABLE;
    }

    boolean weOffered() {
        return turn == Turns.WE_OFFERED;
    }

    boolean peerOffered() {
        return turn == Turns.PEER_OFFERED;
    }

    OfferAnswerState weOffer(String sdp) {
        return new OfferAnswerState(Turns.WE_OFFERED, local, remote, Optional.of(sdp));
    }

    OfferAnswerState peerOffers(String sdp) {
        return new OfferAnswerState(Turns.PEER_OFFERED, local, remote, Optional.of(sdp));
    }

    OfferAnswerState peerAnswers(String sdp) {
        return new OfferAnswerState(Turns.STABLE, open, Optional.of(sdp), Optional.empty());
    }

    OfferAnswerState weAnswer(String sdp) {
        return new OfferAnswerState(Turns.STABLE, Optional.of(sdp), open, Optional.empty());
    }

    /** The open offer came to nothing: "the session description … remains unchanged" (§14.1). */
    OfferAnswerState withdrawn() {
        return new OfferAnswerState(
                local.isPresent() ? Turns.STABLE : Turns.NOTHING, local, remote, Optional.empty());
    }
}
