package io.jackfield.protocol.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** RTCP packets to bytes (RFC 3550 §6.4 to §6.6). */
public final class RtcpWriter {
    private static final int VERSION = 0x80;
    private static final byte[] NOTHING = {};

    private RtcpWriter() {}

    /**
     * Writes one packet at the position and moves it behind; several in a row make a compound.
     *
     * @throws java.nio.BufferOverflowException where the buffer is too small: our mistake
     * @throws IllegalArgumentException for a {@link RtcpPacket.Skipped}, whose body was not kept
     */
    public static void write(RtcpPacket packet, ByteBuffer out) {
        int start = out.position();
        out.putInt(0);
        switch (packet) {
            case RtcpPacket.SenderReport report -> {
                putReport(report, out);
                finish(RtcpType.SENDER_REPORT, report.blocks().size(), start, out);
            }
            case RtcpPacket.ReceiverReport(var ssrc, var blocks) -> {
                out.putInt(ssrc);
                putBlocks(blocks, out);
                finish(RtcpType.RECEIVER_REPORT, blocks.size(), start, out);
            }
            case RtcpPacket.SourceDescription(var chunks) -> {
                chunks.forEach(chunk -> putChunk(chunk, out));
                finish(RtcpType.SOURCE_DESCRIPTION, chunks.size(), start, out);
            }
            case RtcpPacket.Goodbye(var ssrcs, var reason) -> {
                ssrcs.forEach(out::putInt);
                reason.ifPresent(words -> putReason(words, start, out));
                finish(RtcpType.GOODBYE, ssrcs.size(), start, out);
            }
            case RtcpPacket.Skipped(var type, _, _) ->
                    throw new IllegalArgumentException("the body of " + type + " was not kept");
        }
    }

    private static void finish(int type, int count, int start, ByteBuffer out) {
        out.put(start, (byte) (VERSION | count));
        out.put(start + 1, (byte) type);
        out.putShort(start + 2, (short) ((out.position() - start) / 4 - 1));
    }

    private static void putReport(RtcpPacket.SenderReport report, ByteBuffer out) {
        out.putInt(report.ssrc());
        out.putLong(report.ntp().bits());
        out.putInt(report.rtpTimestamp());
        out.putInt(report.packetCount());
        out.putInt(report.octetCount());
        putBlocks(report.blocks(), out);
    }

    private static void putBlocks(List<ReportBlock> blocks, ByteBuffer out) {
        for (ReportBlock block : blocks) {
            out.putInt(block.ssrc());
            out.putInt(block.fractionLost() << 24 | (block.cumulativeLost() & 0x00FF_FFFF));
            out.putInt((int) block.extendedHighest());
            out.putInt((int) block.jitterRtpUnits());
            out.putInt(block.lastSenderReport());
            out.putInt(block.delaySinceLastSenderReport());
        }
    }

    /** At least one null octet ends the items, then to the next word (§6.5). */
    private static void putChunk(RtcpPacket.SourceDescription.Chunk chunk, ByteBuffer out) {
        out.putInt(chunk.ssrc());
        byte[] cname = chunk.cname().map(RtcpWriter::bytes).orElse(NOTHING);
        int written = 0;
        if (chunk.cname().isPresent()) {
            out.put((byte) RtcpType.CNAME_ITEM).put((byte) cname.length).put(cname);
            written = 2 + cname.length;
        }
        for (int pad = 4 - written % 4; pad > 0; pad--) {
            out.put((byte) 0);
        }
    }

    private static void putReason(String words, int start, ByteBuffer out) {
        byte[] reason = bytes(words);
        out.put((byte) reason.length).put(reason);
        while ((out.position() - start) % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > RtcpType.TEXT_BYTES_MAX) {
            throw new IllegalArgumentException("text longer than 255 bytes");
        }
        return bytes;
    }
}
