package io.jackfield.protocol.rtcp;

import io.jackfield.protocol.rtp.ReceiverStatistics;

/** A source that reports are made about, with what its own reports said. */
final class ReportedSource {
    private final ReceiverStatistics statistics;
    private long receivedAtLastReport;
    private boolean heardSenderReport;
    private int lastSenderReport;
    private long lastSenderReportNanos;
    private boolean goodbye;

    ReportedSource(ReceiverStatistics statistics) {
        this.statistics = statistics;
    }

    int ssrc() {
        return statistics.ssrc();
    }

    boolean saidGoodbye() {
        return goodbye;
    }

    void goodbye() {
        goodbye = true;
    }

    void senderReport(NtpTime ntp, long nowNanos) {
        heardSenderReport = true;
        lastSenderReport = ntp.middle();
        lastSenderReportNanos = nowNanos;
    }

    /** Blocks are for "sources from which RTP packets were received since the last report". */
    boolean heardSinceLastReport() {
        return statistics.sequence().received() != receivedAtLastReport;
    }

    ReportBlock takeBlock(long nowNanos) {
        receivedAtLastReport = statistics.sequence().received();
        return new ReportBlock(
                statistics.ssrc(),
                statistics.takeFractionLost(),
                ReportBlock.clampLost(statistics.sequence().lost()),
                statistics.sequence().extendedHighest() & 0xFFFF_FFFFL,
                Math.min(0xFFFF_FFFFL, statistics.jitterRtpUnits()),
                lastSenderReport,
                heardSenderReport ? NtpTime.units(nowNanos - lastSenderReportNanos) : 0);
    }
}
