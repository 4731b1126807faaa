package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an invite usage tells its call. */
public sealed interface UsageNotice {

    /** As caller: a provisional response above 100, 101 to 199. */
    record Progress(int status, String reason) implements UsageNotice {}

    /**
     * The peer offers a session. As called party the first one is answered by {@link
     * UsageEvent.Ring} or {@link UsageEvent.Accept}, every other by {@link UsageEvent.AnswerOffer}
     * or {@link UsageEvent.RefuseOffer}.
     */
    record OfferReceived(String sdp) implements UsageNotice {}

    /**
     * The peer's INVITE or re-INVITE has no offer and wants ours: by {@link UsageEvent.Accept} for
     * the first, by {@link UsageEvent.AnswerOffer} for a later one.
     */
    record OfferWanted() implements UsageNotice {}

    /** The peer took its offer back, or we let it go unanswered too long; answer it no more. */
    record OfferWithdrawn() implements UsageNotice {}

    /**
     * The peer's answer.
     *
     * @param early true before the 2xx. An answer in an unreliable response comes again with the
     *     2xx; a forked call may bring several, of which the last one counts
     */
    record AnswerReceived(String sdp, boolean early) implements UsageNotice {}

    /** A 2xx to the first INVITE was received, or sent. */
    record Answered() implements UsageNotice {}

    /** The ACK to it was sent, or received. */
    record Confirmed() implements UsageNotice {}

    /**
     * Our re-offer came to nothing; the old session stands.
     *
     * @param status as the peer said; 491 also when its own offer was first, 503 when the request
     *     could not be sent
     */
    record OfferRefused(int status) implements UsageNotice {}

    /** INFO; already answered. */
    record InfoReceived(Content content) implements UsageNotice {}

    /**
     * The peer wants us to bring somebody else to the other side (RFC 5589); answered by {@link
     * UsageEvent.AnswerRefer}.
     *
     * @param target Refer-To; its URI may carry Replaces
     */
    record ReferReceived(ServerTransactionId tx, SipRequest refer, NameAddress target)
            implements UsageNotice {}

    /**
     * 401 or 407: {@link UsageEvent.Retry} with credentials, {@link UsageEvent.GiveUp} or {@link
     * UsageEvent.Hangup}.
     *
     * @param request what was challenged; its method, URI and body go into the digest
     */
    record Challenged(ClientTransactionId tx, SipRequest request, SipResponse response)
            implements UsageNotice {}

    /** 3xx to our INVITE; {@link Ended} follows. */
    record Redirected(List<NameAddress> contacts) implements UsageNotice {
        public Redirected {
            contacts = List.copyOf(contacts);
        }
    }

    /**
     * Our INVITE was refused or not answered; {@link Ended} follows.
     *
     * @param status 400 to 699; 408 on timeout, 503 when it could not be sent (RFC 3261 §8.1.3.1)
     * @param retryAfter Retry-After (RFC 3261 §20.33), at most one day
     */
    record Failed(int status, String reason, Optional<Duration> retryAfter)
            implements UsageNotice {}

    /** Over. Told exactly once, and last. */
    record Ended(EndCause cause) implements UsageNotice {}
}
