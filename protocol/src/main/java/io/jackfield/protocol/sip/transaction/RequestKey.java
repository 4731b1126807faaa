package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipRequest;

/**
 * What stays the same when a request reaches us on two ways (RFC 3261 §8.2.2.2), and what a CANCEL
 * has in common with its request (§9.1).
 *
 * @param fromTag empty for an element of RFC 2543
 */
record RequestKey(String fromTag, String callId, long cseq) {
    static RequestKey of(SipRequest request) {
        SipHeaders headers = request.headers();
        return new RequestKey(
                headers.from().tag().orElse(""), headers.callId(), headers.cseq().number());
    }
}
