package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import java.util.Optional;

/** Our 2xx to INVITE and re-INVITE, until they are acknowledged (RFC 3261 §13.3.1.4). */
final class Answers {
    private static final int NOT_ACCEPTABLE_HERE = 488;

    private Answers() {}

    static void onAck(Turn turn, SipRequest ack) {
        Optional<Unacknowledged> known =
                turn.accepted.stream()
                        .filter(one -> one.cseq() == ack.headers().cseq().number())
                        .findFirst();
        Optional<Fork> fork = turn.current().filter(f -> f.dialog().matches(ack));
        if (known.isEmpty() || fork.isEmpty()) {
            return;
        }
        turn.accepted =
                turn.accepted.stream().filter(one -> one.cseq() != known.get().cseq()).toList();
        boolean answered = !known.get().offers() || takeAnswer(turn, fork.get(), ack);
        if (turn.setup instanceof Setup.Talking talking && !talking.confirmed()) {
            confirmed(turn, talking, answered);
        } else if (!answered) {
            turn.tell(new UsageNotice.OfferRefused(NOT_ACCEPTABLE_HERE));
        }
    }

    /** "…the answer MUST be in the ACK for that response" (§13.2.1). */
    private static boolean takeAnswer(Turn turn, Fork fork, SipRequest ack) {
        Optional<String> answer = Sdp.of(ack);
        turn.put(
                fork.with(
                        answer.map(fork.sdp()::peerAnswers)
                                .orElseGet(() -> fork.sdp().withdrawn())));
        if (turn.ending.isEmpty()) {
            answer.ifPresent(sdp -> turn.tell(new UsageNotice.AnswerReceived(sdp, false)));
        }
        return answer.isPresent();
    }

    private static void confirmed(Turn turn, Setup.Talking talking, boolean answered) {
        turn.setup = new Setup.Talking(true, talking.credentials(), talking.unacknowledged());
        if (turn.ending.isPresent()) {
            Hangups.bye(turn, turn.ending.get().cause(), turn.ending.get().reasonHeader());
            return;
        }
        turn.tell(new UsageNotice.Confirmed());
        if (!answered) {
            Hangups.bye(turn, EndCause.of(Side.REMOTE, Kind.PROTOCOL), Optional.empty());
        }
    }

    /** Repeats each 2xx; after 64*T1 "the UAS … SHOULD terminate the dialog" with BYE. */
    static void tick(Turn turn) {
        for (Unacknowledged one : turn.accepted) {
            if (one.resend().isOver(turn.nowNanos)) {
                EndCause cause = EndCause.of(Side.NETWORK, Kind.NO_ACK);
                Hangups.bye(
                        turn,
                        turn.ending.map(Ending::cause).orElse(cause),
                        turn.ending.flatMap(Ending::reasonHeader));
                return;
            }
            if (one.resend().isDue(turn.nowNanos)) {
                Unacknowledged next = one.with(one.resend().doubled(turn.nowNanos));
                turn.accepted = turn.accepted.stream().map(a -> a.equals(one) ? next : a).toList();
                turn.respond(one.tx(), one.response());
            }
        }
    }
}
