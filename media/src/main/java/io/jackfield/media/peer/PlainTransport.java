package io.jackfield.media.peer;

import io.jackfield.media.LegParameters.SourceRule;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Whose packets a trunk leg takes, and where its own go.
 *
 * <p>Only the signalled address and port count, unless the trunk's configuration says that it sits
 * behind a NAT: then the sources of the first packets do, and the last of them is kept.
 *
 * <p>Thread: the media loop's.
 */
public final class PlainTransport {
    /** Sources may change within the first packets, when a NAT or an SBC settles. */
    private static final int LATCH_PACKETS = 5;

    private Optional<InetSocketAddress> rtp = Optional.empty();
    private Optional<InetSocketAddress> rtcp = Optional.empty();
    private Optional<InetSocketAddress> signalled = Optional.empty();
    private SourceRule rule = SourceRule.SIGNALLED;
    private int latchedPackets;
    private boolean rtcpLatched;

    /** The peer's addresses, the first time and after every re-negotiation. */
    public void remote(InetSocketAddress rtpNow, InetSocketAddress rtcpNow, SourceRule ruleNow) {
        boolean same = signalled.equals(Optional.of(rtpNow)) && rule == ruleNow;
        if (same && ruleNow == SourceRule.LATCHED) {
            return;
        }
        signalled = Optional.of(rtpNow);
        rtp = Optional.of(rtpNow);
        rtcp = Optional.of(rtcpNow);
        rule = ruleNow;
        latchedPackets = 0;
        rtcpLatched = false;
    }

    /** True where RTP from this address is taken. */
    public boolean acceptsRtp(InetSocketAddress from) {
        if (rtp.isEmpty()) {
            return false;
        }
        return from.equals(rtp.get()) || mayLatch();
    }

    /** Notes the source of a packet that proved to be good RTP of the codecs agreed on. */
    public void acceptedRtp(InetSocketAddress from) {
        if (mayLatch()) {
            latchedPackets++;
            if (!rtp.equals(Optional.of(from))) {
                rtp = Optional.of(from);
            }
        }
    }

    private boolean mayLatch() {
        return rule == SourceRule.LATCHED && latchedPackets < LATCH_PACKETS;
    }

    /** True where RTCP from this address is taken; a latched leg takes its host's. */
    public boolean acceptsRtcp(InetSocketAddress from) {
        if (rtcp.isEmpty() || rtp.isEmpty()) {
            return false;
        }
        if (from.equals(rtcp.get())) {
            return true;
        }
        boolean latches =
                rule == SourceRule.LATCHED
                        && !rtcpLatched
                        && latchedPackets > 0
                        && from.getAddress().equals(rtp.get().getAddress());
        if (latches) {
            rtcpLatched = true;
            rtcp = Optional.of(from);
        }
        return latches;
    }

    /** Where RTP goes; empty before it is known, or where the peer named no address (hold). */
    public Optional<InetSocketAddress> rtpTarget() {
        return rtp;
    }

    /** Where RTCP goes. */
    public Optional<InetSocketAddress> rtcpTarget() {
        return rtcp;
    }
}
