package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.RAck;
import io.jackfield.protocol.sip.RSeq;
import io.jackfield.protocol.sip.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our reliable provisional responses to one INVITE (RFC 3262 §3): one on its way at a time, the
 * next when its PRACK has come.
 *
 * @param nextRseq number of the next one
 * @param waiting those that the call wants to send; at most {@link #WAITING_MAX}
 */
record Reliability(
        long nextRseq, Optional<Outstanding> outstanding, List<UsageEvent.Ring> waiting) {

    /** More progress than this in one round trip is noise; the newest takes the last place. */
    static final int WAITING_MAX = 8;

    /** "…chosen uniformly between 1 and 2**31 - 1" (§3); this leaves room for all that follow. */
    private static final int FIRST_BOUND = Integer.MAX_VALUE - 1;

    /**
     * One that awaits its PRACK.
     *
     * @param cseq that of the INVITE
     * @param hasSdp then no 2xx may be sent before the PRACK (§3)
     */
    record Outstanding(SipResponse response, RSeq rseq, CSeq cseq, boolean hasSdp, Resend resend) {
        /** "…a matching RAck: same method, CSeq number and response number" (§3). */
        boolean isAcknowledgedBy(RAck rack) {
            return rack.rseq().equals(rseq) && rack.cseq().equals(cseq);
        }
    }

    Reliability {
        waiting = List.copyOf(waiting);
    }

    static Reliability starting(Identifiers ids) {
        return new Reliability(1L + Chance.below(FIRST_BOUND, ids), Optional.empty(), List.of());
    }

    Reliability sent(Outstanding next) {
        return new Reliability(nextRseq + 1, Optional.of(next), waiting);
    }

    Reliability resent(Resend next) {
        return new Reliability(
                nextRseq,
                outstanding.map(o -> new Outstanding(o.response, o.rseq, o.cseq, o.hasSdp, next)),
                waiting);
    }

    Reliability acknowledged() {
        return new Reliability(nextRseq, Optional.empty(), waiting);
    }

    Reliability keeping(UsageEvent.Ring ring) {
        List<UsageEvent.Ring> more = new ArrayList<>(waiting);
        if (more.size() == WAITING_MAX) {
            more.removeLast();
        }
        more.add(ring);
        return new Reliability(nextRseq, outstanding, more);
    }

    Reliability withoutFirst() {
        return new Reliability(nextRseq, outstanding, waiting.subList(1, waiting.size()));
    }
}
