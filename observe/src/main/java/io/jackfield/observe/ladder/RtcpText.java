package io.jackfield.observe.ladder;

import io.jackfield.media.MediaEvent;
import io.jackfield.protocol.rtcp.NtpTime;
import io.jackfield.protocol.rtcp.ReportBlock;
import io.jackfield.protocol.rtcp.RtcpPacket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** RTCP in words, and in the JSON that capture servers read (HEP payload type 5). Pure. */
final class RtcpText {
    /** Seconds from 1900 to 1970 (RFC 5905 §6). */
    private static final long NTP_EPOCH = 2_208_988_800L;

    private RtcpText() {}

    /** {@code RTCP SR: 1.6 % lost, round trip 35 ms}. */
    static String title(MediaEvent.RtcpSeen seen) {
        StringBuilder title = new StringBuilder("RTCP");
        for (RtcpPacket packet : seen.compound().packets()) {
            switch (packet) {
                case RtcpPacket.SenderReport sender ->
                        title.append(" SR").append(lost(sender.blocks()));
                case RtcpPacket.ReceiverReport receiver ->
                        title.append(" RR").append(lost(receiver.blocks()));
                case RtcpPacket.Goodbye _ -> title.append(" BYE");
                case RtcpPacket.SourceDescription _, RtcpPacket.Skipped _ -> {}
            }
        }
        if (seen.rttMillis().isPresent()) {
            title.append(
                    String.format(
                            Locale.ROOT, ", round trip %.0f ms", seen.rttMillis().getAsDouble()));
        }
        return title.toString();
    }

    private static String lost(List<ReportBlock> blocks) {
        return blocks.stream()
                .map(block ->
                        String.format(Locale.ROOT, ": %.1f %% lost", block.fractionLost() / 2.56))
                .collect(Collectors.joining());
    }

    /** The first report of the compound; empty where it has none. */
    static String json(MediaEvent.RtcpSeen seen) {
        for (RtcpPacket packet : seen.compound().packets()) {
            switch (packet) {
                case RtcpPacket.SenderReport(
                                var ssrc,
                                var ntp,
                                var timestamp,
                                var packets,
                                var octets,
                                var blocks) -> {
                    return report(ssrc, 200, sender(ntp, timestamp, packets, octets), blocks);
                }
                case RtcpPacket.ReceiverReport(var ssrc, var blocks) -> {
                    return report(ssrc, 201, "", blocks);
                }
                case RtcpPacket.Goodbye _,
                        RtcpPacket.SourceDescription _,
                        RtcpPacket.Skipped _ -> {}
            }
        }
        return "";
    }

    private static String report(int ssrc, int type, String sender, List<ReportBlock> blocks) {
        return "{\"ssrc\":"
                + Integer.toUnsignedString(ssrc)
                + ",\"type\":"
                + type
                + ",\"report_count\":"
                + blocks.size()
                + sender
                + ",\"report_blocks\":["
                + blocks.stream().map(RtcpText::block).collect(Collectors.joining(","))
                + "]}";
    }

    private static String sender(NtpTime ntp, int timestamp, int packets, int octets) {
        long seconds = (ntp.bits() >>> 32) - NTP_EPOCH;
        long micros = ((ntp.bits() & 0xffff_ffffL) * 1_000_000) >>> 32;
        return ",\"sender_information\":{\"ntp_timestamp_sec\":"
                + seconds
                + ",\"ntp_timestamp_usec\":"
                + micros
                + ",\"rtp_timestamp\":"
                + Integer.toUnsignedString(timestamp)
                + ",\"packets\":"
                + Integer.toUnsignedString(packets)
                + ",\"octets\":"
                + Integer.toUnsignedString(octets)
                + "}";
    }

    private static String block(ReportBlock block) {
        return "{\"source_ssrc\":"
                + Integer.toUnsignedString(block.ssrc())
                + ",\"fraction_lost\":"
                + block.fractionLost()
                + ",\"packets_lost\":"
                + block.cumulativeLost()
                + ",\"highest_seq_no\":"
                + block.extendedHighest()
                + ",\"ia_jitter\":"
                + block.jitterRtpUnits()
                + ",\"lsr\":"
                + Integer.toUnsignedString(block.lastSenderReport())
                + ",\"dlsr\":"
                + Integer.toUnsignedString(block.delaySinceLastSenderReport())
                + "}";
    }
}
