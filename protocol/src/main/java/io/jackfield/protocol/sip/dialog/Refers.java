package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * REFER within a dialog, from the side that is asked, and the NOTIFYs that tell how it goes (RFC
 * 3515; RFC 4488 for those who do not want to hear it).
 */
final class Refers {
    private static final String SIPFRAG = "message/sipfrag;version=2.0";
    private static final String REFER_SUB = "Refer-Sub";

    private Refers() {}

    static void onRefer(Turn turn, ServerTransactionId tx, SipRequest refer) {
        List<String> targets = refer.headers().all("Refer-To");
        Optional<NameAddress> target =
                targets.size() == 1 ? NameAddress.parse(targets.getFirst()) : Optional.empty();
        if (target.isEmpty()) {
            // "A REFER request … MUST contain exactly one Refer-To" (RFC 3515 §2.4.2)
            turn.respond(tx, Replies.of(turn, refer, 400, "One Refer-To is needed"));
        } else if (!(turn.setup instanceof Setup.Talking)) {
            turn.respond(tx, Replies.of(turn, refer, 403, "Not before the call is answered"));
        } else {
            turn.tell(new UsageNotice.ReferReceived(tx, refer, target.get()));
        }
    }

    static void answer(Turn turn, UsageEvent.AnswerRefer answer) {
        SipRequest refer = answer.refer();
        SipResponse response = Replies.of(turn, refer, answer.status(), answer.reason());
        boolean untold = isUntold(refer);
        SipHeaders headers = response.headers().withContact(turn.settings().contact());
        turn.respond(
                answer.tx(),
                response.withHeaders(untold ? headers.with(REFER_SUB, "false") : headers));
        if (answer.status() < 300) {
            notify(turn, new UsageEvent.NotifyRefer(refer, 100, "Trying"));
        }
    }

    private static boolean isUntold(SipRequest refer) {
        return refer.headers()
                .first(REFER_SUB)
                .filter(value -> value.strip().equalsIgnoreCase("false"))
                .isPresent();
    }

    /** The last one ends the subscription; the dialog may be gone by then. */
    static void notify(Turn turn, UsageEvent.NotifyRefer progress) {
        Optional<Fork> fork = turn.current();
        if (fork.isEmpty()
                || turn.over()
                || turn.ending.isPresent()
                || isUntold(progress.refer())
                || turn.awaited.size() >= Turn.AWAITED_MAX) {
            return;
        }
        SipRequest bare = Requests.next(turn, fork.get(), SipMethod.NOTIFY);
        SipHeaders headers =
                bare.headers()
                        .withContact(turn.settings().contact())
                        .with("Event", "refer;id=" + progress.refer().headers().cseq().number())
                        .with(
                                "Subscription-State",
                                progress.status() < 200
                                        ? "active;expires=60"
                                        : "terminated;reason=noresource");
        String line = "SIP/2.0 " + progress.status() + " " + progress.reason() + "\r\n";
        turn.send(
                bare.withHeaders(headers).withBody(SIPFRAG, line.getBytes(StandardCharsets.UTF_8)),
                Awaited.Purpose.NOTIFY,
                fork.get().tag());
    }
}
