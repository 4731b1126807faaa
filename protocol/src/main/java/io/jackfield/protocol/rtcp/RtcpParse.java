package io.jackfield.protocol.rtcp;

import java.util.List;

/** What became of bytes that might be RTCP. */
public sealed interface RtcpParse {

    /**
     * One or more packets, in order. A reduced-size one (RFC 5506) need not begin with a report.
     */
    record Compound(List<RtcpPacket> packets) implements RtcpParse {
        public Compound {
            packets = List.copyOf(packets);
        }
    }

    /** Broken: dropped as a whole. */
    record Refused(RtcpFault fault) implements RtcpParse {}
}
