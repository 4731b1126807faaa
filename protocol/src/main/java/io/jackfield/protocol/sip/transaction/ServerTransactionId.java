package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.Via;
import java.util.Locale;

/**
 * What a request is matched by (RFC 3261 §17.2.3).
 *
 * @param sentBy the topmost Via's host and port, lower case
 * @param method ACK counts as INVITE; CANCEL is a transaction of its own
 */
public record ServerTransactionId(String branch, String sentBy, SipMethod method) {
    /** The identity of the transaction that this request begins or belongs to. */
    public static ServerTransactionId of(SipRequest request) {
        Via via = request.headers().via();
        String sentBy = via.host().toLowerCase(Locale.ROOT);
        if (via.port().isPresent()) {
            sentBy += ":" + via.port().getAsInt();
        }
        SipMethod method = request.method();
        return new ServerTransactionId(
                via.hasMagicCookie() ? via.branch().orElseThrow() : olderBranch(request),
                sentBy,
                method.equals(SipMethod.ACK) ? SipMethod.INVITE : method);
    }

    /**
     * Stands in for the branch of an element of RFC 2543, which need not be unique: "the
     * Request-URI, To tag, From tag, Call-ID, CSeq, and top Via header field" (§17.2.3). The To tag
     * is left out, for it is new in the ACK; the user hears of an ACK in state Accepted anyway.
     */
    private static String olderBranch(SipRequest request) {
        var headers = request.headers();
        return String.join(
                "\n",
                request.uri().text(),
                headers.from().tag().orElse(""),
                headers.callId(),
                Long.toString(headers.cseq().number()),
                headers.via().branch().orElse(""));
    }

    /** The identity of another request of the same hop: the INVITE that a CANCEL speaks of. */
    ServerTransactionId withMethod(SipMethod next) {
        return new ServerTransactionId(branch, sentBy, next);
    }
}
