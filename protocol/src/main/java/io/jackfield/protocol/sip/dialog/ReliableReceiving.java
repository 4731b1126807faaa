package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.RAck;
import io.jackfield.protocol.sip.RSeq;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.Optional;
import java.util.OptionalLong;

/** Provisional responses to our INVITE: their order, their SDP, their PRACK (RFC 3262 §4, §5). */
final class ReliableReceiving {
    private ReliableReceiving() {}

    /** The number of a response that wants a PRACK; empty for an unreliable one. */
    private static Optional<RSeq> number(Turn turn, SipResponse response) {
        SipHeaders headers = response.headers();
        return turn.settings().reliable100() == LegSettings.Reliable100.OFF
                        || !headers.lists("Require", Options.RELIABLE)
                ? Optional.empty()
                : RSeq.of(headers);
    }

    static boolean isReliable(Turn turn, SipResponse response) {
        return number(turn, response).isPresent();
    }

    /**
     * False for one that came before, and for one that is ahead of its time: it "MUST NOT be
     * acknowledged with a PRACK, and MUST NOT be processed further" (§4). It comes again.
     */
    static boolean isNew(Turn turn, Fork fork, SipResponse response) {
        Optional<RSeq> rseq = number(turn, response);
        if (rseq.isEmpty()) {
            return true;
        }
        boolean waits = turn.peerOffer.filter(o -> isFor(o, fork)).isPresent();
        return !waits
                && turn.awaited.size() < Turn.AWAITED_MAX
                && (fork.rseq().isEmpty() || rseq.get().number() == fork.rseq().getAsLong() + 1);
    }

    private static boolean isFor(PeerOffer offer, Fork fork) {
        return offer.carrier() instanceof PeerOffer.Carrier.InProvisional
                && offer.fork().equals(fork.tag());
    }

    /** The dialog after its latest reliable response is that one. */
    static Fork counted(Turn turn, Fork fork, SipResponse response) {
        return number(turn, response)
                .map(rseq -> fork.withRseq(OptionalLong.of(rseq.number())))
                .orElse(fork);
    }

    /** Takes the SDP of a provisional response to the first INVITE, in the current dialog. */
    static void takeDescription(Turn turn, SipResponse response) {
        Fork fork = turn.current().orElseThrow();
        Optional<String> sdp = Sdp.of(response);
        if (number(turn, response).isEmpty()) {
            sdp.filter(s -> opened(turn, fork)).ifPresent(s -> preview(turn, fork, s));
        } else if (sdp.isPresent() && opened(turn, fork)) {
            turn.put(fork.with(fork.sdp().peerAnswers(sdp.get())));
            turn.tell(new UsageNotice.AnswerReceived(sdp.get(), true));
            acknowledge(turn, response, Optional.empty());
        } else if (sdp.isPresent() && fork.sdp().turn() == OfferAnswerState.Turns.NOTHING) {
            offered(turn, fork, sdp.get(), response);
        } else {
            acknowledge(turn, response, Optional.empty());
        }
    }

    /** True while it is the INVITE's own offer that awaits the answer. */
    private static boolean opened(Turn turn, Fork fork) {
        return fork.sdp().weOffered() && !Changes.isOut(turn);
    }

    /** Not an answer yet, but the media may be heard (RFC 6337 §3.1.1). */
    private static void preview(Turn turn, Fork fork, String sdp) {
        if (fork.preview().filter(sdp::equals).isEmpty()) {
            turn.put(fork.withPreview(sdp));
            turn.tell(new UsageNotice.AnswerReceived(sdp, true));
        }
    }

    /** "If the response contains an offer … the answer MUST be in the PRACK" (§5). */
    private static void offered(Turn turn, Fork fork, String sdp, SipResponse response) {
        if (turn.peerOffer.isPresent()) {
            return;
        }
        turn.put(fork.with(fork.sdp().peerOffers(sdp)));
        turn.peerOffer =
                Optional.of(
                        new PeerOffer(
                                new PeerOffer.Carrier.InProvisional(response),
                                fork.tag(),
                                false,
                                OptionalLong.empty()));
        turn.tell(new UsageNotice.OfferReceived(sdp));
    }

    /** Sends the PRACK (§4), in the dialog of the response. */
    static void acknowledge(Turn turn, SipResponse response, Optional<String> sdp) {
        Optional<Fork> fork = turn.fork(response.headers().to().tag().orElse(""));
        Optional<RSeq> rseq = number(turn, response);
        if (fork.isEmpty() || rseq.isEmpty()) {
            return;
        }
        RAck rack = new RAck(rseq.get(), response.headers().cseq());
        SipRequest prack = Requests.next(turn, fork.get(), SipMethod.PRACK);
        SipRequest told =
                Sdp.in(prack.withHeaders(prack.headers().with(RAck.HEADER, rack.text())), sdp);
        turn.send(told, Awaited.Purpose.PRACK, fork.get().tag());
    }
}
