package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.Awaited.Purpose;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import java.util.List;
import java.util.Optional;

/** 401 and 407 to our requests: the call has the credentials (RFC 3261 §22.2, §22.3). */
final class Challenges {
    /** A stale nonce and a second proxy may each ask once more; beyond, it is a refusal. */
    private static final int TRIES_MAX = 4;

    private Challenges() {}

    /** True when the call is asked, and the request has not failed yet. */
    static boolean ask(Turn turn, Awaited awaited, SipResponse response) {
        boolean challenge = response.status() == 401 || response.status() == 407;
        boolean wanted =
                switch (awaited.purpose()) {
                    case STRAY_BYE -> false;
                    case BYE -> true;
                    case INVITE, CHANGE, PRACK, INFO, NOTIFY -> turn.ending.isEmpty();
                };
        if (!challenge || !wanted || awaited.tries() >= TRIES_MAX) {
            return false;
        }
        turn.awaited =
                turn.awaited.stream()
                        .map(a -> a.id().equals(awaited.id()) ? a.challenged(response) : a)
                        .toList();
        if (awaited.purpose() == Purpose.INVITE) {
            PeerOffers.abandon(turn);
            UacInvite.dropForks(turn);
        }
        turn.tell(new UsageNotice.Challenged(awaited.id(), awaited.request(), response));
        return true;
    }

    static Optional<Awaited> find(Turn turn, ClientTransactionId id) {
        return turn.awaited(id).filter(a -> a.challenge().isPresent());
    }

    /** The same request with credentials, a new CSeq and a new branch (§8.1.3.5). */
    static void retry(Turn turn, Awaited awaited, List<Header> credentials) {
        turn.forget(awaited);
        if (awaited.purpose() == Purpose.INVITE) {
            retryInvite(turn, awaited, credentials);
            return;
        }
        Optional<Fork> fork = turn.fork(awaited.fork());
        if (fork.isEmpty()) {
            return;
        }
        Dialog dialog = fork.get().dialog().numbered(fork.get().dialog().localCseq() + 1);
        turn.put(fork.get().with(dialog));
        ClientTransactionId id =
                turn.send(
                        again(turn, awaited, dialog.localCseq(), credentials),
                        awaited.purpose(),
                        awaited.fork(),
                        awaited.tries() + 1);
        turn.change = turn.change.map(c -> c.isIn(awaited.id()) ? c.againIn(id) : c);
    }

    private static void retryInvite(Turn turn, Awaited awaited, List<Header> credentials) {
        if (turn.setup instanceof Setup.Calling calling) {
            long cseq = awaited.request().headers().cseq().number() + 1;
            UacInvite.sendAgain(
                    turn, calling, again(turn, awaited, cseq, credentials), awaited.tries() + 1);
        }
    }

    private static SipRequest again(
            Turn turn, Awaited awaited, long cseq, List<Header> credentials) {
        return Requests.authorized(Requests.again(turn, awaited.request(), cseq), credentials);
    }
}
