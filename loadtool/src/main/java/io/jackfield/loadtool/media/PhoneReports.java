package io.jackfield.loadtool.media;

import io.jackfield.protocol.rtcp.RtcpReporter;
import io.jackfield.protocol.rtp.ReceiverStatistics;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.rtp.SenderStatistics;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The RTCP that a phone sends about what it says and hears (RFC 3550 §6). Thread: the loop's. */
final class PhoneReports {
    private static final int CNAME_LENGTH = 16;

    private final Talker talker;
    private final SenderStatistics sent;
    private final RtcpReporter reporter;
    private @Nullable ReceiverStatistics heard;

    PhoneReports(Talker talker, MediaHost host, long nowNanos) {
        this.talker = talker;
        this.sent = new SenderStatistics(talker.ssrc(), talker.clockRate());
        this.reporter =
                new RtcpReporter(
                        sent, host.name(CNAME_LENGTH), host.random(), Instant.now(), nowNanos);
    }

    /** The packet that the talker has written last. */
    void sent(long nowNanos) {
        sent.sent(talker.lastRtpTimestamp(), talker.payloadBytes(), nowNanos);
    }

    void received(RtpPacket packet, long arrivedNanos) {
        if (heard == null || heard.ssrc() != packet.ssrc()) {
            heard = new ReceiverStatistics(packet.ssrc(), talker.clockRate());
            boolean _ = reporter.source(heard);
        }
        var _ = heard.receive(packet.sequenceNumber(), packet.rtpTimestamp(), arrivedNanos);
    }

    /** Writes a report if one is due. */
    boolean poll(ByteBuffer out, long nowNanos) {
        return reporter.poll(out, nowNanos);
    }

    long deadlineNanos() {
        return reporter.deadlineNanos();
    }
}
