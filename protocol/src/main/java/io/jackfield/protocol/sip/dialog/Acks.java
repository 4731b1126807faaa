package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our ACKs to 2xx, which the usage itself repeats (RFC 3261 §13.2.2.4). */
final class Acks {
    private Acks() {}

    /** Sends the ACK of a 2xx in that dialog, and remembers it. */
    static void send(
            Turn turn,
            Dialog dialog,
            SipResponse success,
            List<Header> credentials,
            Optional<String> sdp) {
        long cseq = success.headers().cseq().number();
        SipRequest ack = Requests.ack(turn, dialog, cseq, credentials, sdp);
        List<SipRequest> next = new ArrayList<>(turn.acks);
        if (next.size() == Turn.FORKS_MAX) {
            next.removeFirst();
        }
        next.add(ack);
        turn.acks = List.copyOf(next);
        turn.sendAck(ack);
    }

    /** "The ACK MUST be passed to the transport every time a 2xx … arrives"; false if none is. */
    static boolean repeat(Turn turn, SipResponse success) {
        Optional<SipRequest> known =
                turn.acks.stream().filter(ack -> answers(ack, success)).findFirst();
        known.ifPresent(turn::sendAck);
        return known.isPresent();
    }

    private static boolean answers(SipRequest ack, SipResponse success) {
        return ack.headers().cseq().number() == success.headers().cseq().number()
                && ack.headers().to().tag().equals(success.headers().to().tag());
    }

    /**
     * A 2xx to INVITE that no request awaits: one that came before, or that of a further fork,
     * which is acknowledged and ended with BYE at once (§13.2.2.4).
     */
    static void stray(Turn turn, SipResponse success) {
        if (repeat(turn, success)) {
            return;
        }
        String tag = success.headers().to().tag().orElse("");
        Optional<Fork> ours = turn.fork(tag).filter(fork -> !fork.dialog().early());
        if (ours.isEmpty()) {
            endFork(turn, Dialog.ofStray(success), success);
        } else if (!(turn.setup instanceof Setup.Talking talking && !talking.confirmed())) {
            send(turn, ours.get().dialog(), success, credentials(turn), Optional.empty());
        }
    }

    private static void endFork(Turn turn, Dialog dialog, SipResponse success) {
        send(turn, dialog, success, credentials(turn), Optional.empty());
        if (turn.awaited.size() < Turn.AWAITED_MAX) {
            turn.send(
                    dialog.request(SipMethod.BYE, turn.basis.via()).request(),
                    Awaited.Purpose.STRAY_BYE,
                    "");
        }
    }

    private static List<Header> credentials(Turn turn) {
        return turn.setup instanceof Setup.Talking talking ? talking.credentials() : List.of();
    }
}
