package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;

/**
 * What an invite usage hears: from the network by way of the transactions, from its timers, and
 * from the call.
 *
 * <p>A command that does not fit the phase is ignored: the peer may have been quicker.
 */
public sealed interface UsageEvent {

    /** A new request within the dialog; anything but ACK and CANCEL. */
    record RequestReceived(ServerTransactionId tx, SipRequest request) implements UsageEvent {}

    /** An ACK to a 2xx of ours. Those to other final responses stay with their transaction. */
    record AckReceived(SipRequest ack) implements UsageEvent {}

    /**
     * The peer cancels its INVITE or re-INVITE.
     *
     * @param invite the transaction to be cancelled; CANCEL's own is answered by the transaction
     *     layer (RFC 3261 §9.2)
     */
    record CancelReceived(ServerTransactionId invite, SipRequest cancel) implements UsageEvent {}

    /** A response to a request of ours; every 2xx to INVITE comes, repeated ones too (RFC 6026). */
    record ResponseReceived(ClientTransactionId tx, SipResponse response) implements UsageEvent {}

    /** A request of ours got no final response. */
    record RequestFailed(ClientTransactionId tx, FailureKind kind) implements UsageEvent {}

    /** {@link InviteUsage#deadlineNanos()} has come. */
    record Tick() implements UsageEvent {}

    /**
     * As called party: progress.
     *
     * @param status 180 to 183, or 199 never; other values are taken as 180
     * @param sdp early media. To an INVITE with an offer it is the answer; to one without it is our
     *     offer, which goes out only when the response can be sent reliably
     */
    record Ring(int status, Optional<String> sdp) implements UsageEvent {}

    /**
     * As called party: answer the call with 200.
     *
     * @param sdp our answer, or our offer when the INVITE had none; not sent when the answer has
     *     already gone out in a reliable provisional response (RFC 3261 §13.2.1)
     */
    record Accept(String sdp) implements UsageEvent {}

    /**
     * As called party: refuse the call.
     *
     * @param status 300 to 699
     * @param reason the phrase; empty means the usual one
     * @param extra for example Retry-After, Warning, Reason, Contact of a redirection
     */
    record Reject(int status, String reason, List<Header> extra) implements UsageEvent {
        public Reject {
            extra = List.copyOf(extra);
            if (status < 300 || status > 699) {
                throw new IllegalArgumentException("status outside 300 to 699: " + status);
            }
        }
    }

    /**
     * Change the session: re-INVITE or UPDATE. It is kept until the rules let it out; when the
     * peer's own offer gets in first it is dropped with {@link UsageNotice.OfferRefused} 491. Of
     * two that wait only the newer is sent.
     */
    record Offer(String sdp) implements UsageEvent {}

    /** Our answer to the peer's offer, or our offer where {@link UsageNotice.OfferWanted}. */
    record AnswerOffer(String sdp) implements UsageEvent {}

    /**
     * No to the peer's offer; the old session stands (RFC 3261 §14.2).
     *
     * @param status 400 to 699, usually 488
     */
    record RefuseOffer(int status) implements UsageEvent {
        public RefuseOffer {
            if (status < 400 || status > 699) {
                throw new IllegalArgumentException("status outside 400 to 699: " + status);
            }
        }
    }

    /** An INFO to the peer (RFC 6086 §2, legacy use). Its outcome is not told. */
    record SendInfo(Content content) implements UsageEvent {}

    /**
     * Yes or no to the peer's REFER; after a yes it is told of the progress.
     *
     * @param status 202, or 300 to 699
     * @param reason the phrase; empty means the usual one
     */
    record AnswerRefer(ServerTransactionId tx, SipRequest refer, int status, String reason)
            implements UsageEvent {}

    /**
     * How what was referred goes (RFC 3515 §2.4.5).
     *
     * @param status 100 to 699; from 200 on nothing more will be told
     */
    record NotifyRefer(SipRequest refer, int status, String reason) implements UsageEvent {}

    /**
     * Once more, with credentials, what {@link UsageNotice.Challenged} told of.
     *
     * @param challenged from that notice
     * @param authorization Authorization or Proxy-Authorization headers
     */
    record Retry(ClientTransactionId challenged, List<Header> authorization) implements UsageEvent {
        public Retry {
            authorization = List.copyOf(authorization);
        }
    }

    /** No credentials: the challenged request counts as refused with its 401 or 407. */
    record GiveUp(ClientTransactionId challenged) implements UsageEvent {}

    /**
     * End it, by CANCEL, BYE or a refusal, as the phase needs.
     *
     * @param reasonHeader value of a Reason header to go with it (RFC 3326), for example {@code
     *     SIP;cause=200;text="Call completed elsewhere"}
     */
    record Hangup(Optional<String> reasonHeader) implements UsageEvent {}
}
