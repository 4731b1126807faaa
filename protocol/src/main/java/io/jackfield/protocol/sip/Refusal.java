package io.jackfield.protocol.sip;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a request that is none: stateless, and with the sender's own From, To, Call-ID and
 * CSeq as text, since they may be what is broken (RFC 3261 §8.2.6, §8.2.7).
 *
 * @param vias those that could be read; at least the topmost
 * @param echoed From, To, Call-ID and CSeq as far as the request had them, on one line each
 */
public record Refusal(int status, String reason, List<Via> vias, List<Header> echoed) {
    public Refusal {
        vias = List.copyOf(vias);
        echoed = List.copyOf(echoed);
        Tokens.requireInLine(reason, "reason");
    }

    /** This answer, its topmost Via telling where the request came from (RFC 3581 §4). */
    public Refusal towards(InetSocketAddress source) {
        List<Via> stamped = new ArrayList<>(vias);
        stamped.set(0, ReceivedVia.stamp(vias.getFirst(), source));
        return new Refusal(status, reason, stamped, echoed);
    }

    /** The topmost Via, by which the way back is found (RFC 3261 §18.2.2). */
    public Via via() {
        return vias.getFirst();
    }

    /** The bytes for the wire. */
    public byte[] encode() {
        return SipWriter.refusal(this).getBytes(StandardCharsets.UTF_8);
    }
}
