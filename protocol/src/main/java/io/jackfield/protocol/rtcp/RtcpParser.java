package io.jackfield.protocol.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bytes to RTCP packets, strictly (RFC 3550 §6.1, A.2), reduced-size ones included (RFC 5506): the
 * first need not be a report.
 */
public final class RtcpParser {
    /** A browser's audio compound has two or three. */
    public static final int PACKETS_MAX = 32;

    private static final int PADDING_BIT = 0x20;
    private static final int COUNT_MASK = 0x1F;

    private RtcpParser() {}

    /**
     * True where the second byte says RTCP rather than RTP on a port that carries both (RFC 5761
     * §4); false for fewer than two bytes.
     */
    public static boolean looksLikeRtcp(ByteBuffer datagram) {
        if (datagram.remaining() < 2) {
            return false;
        }
        int type = datagram.get(datagram.position() + 1) & 0xFF;
        return type >= RtcpType.MIN && type <= RtcpType.MAX;
    }

    /** Parses position to limit, which stay as they are. Never throws. */
    public static RtcpParse parse(ByteBuffer datagram) {
        ByteBuffer rest = datagram.slice();
        List<RtcpPacket> packets = new ArrayList<>();
        do {
            Optional<RtcpFault> fault = faultOfHeader(rest);
            if (fault.isPresent()) {
                return new RtcpParse.Refused(fault.get());
            }
            if (packets.size() == PACKETS_MAX) {
                return new RtcpParse.Refused(RtcpFault.TOO_MANY_PACKETS);
            }
            int length = length(rest);
            int padding = padding(rest, length);
            if (padding < 0) {
                return new RtcpParse.Refused(RtcpFault.BAD_PADDING);
            }
            Optional<RtcpPacket> packet = packet(rest.slice(rest.position(), length - padding));
            if (packet.isEmpty()) {
                return new RtcpParse.Refused(RtcpFault.BAD_BODY);
            }
            packets.add(packet.get());
            rest.position(rest.position() + length);
        } while (rest.hasRemaining());
        return new RtcpParse.Compound(packets);
    }

    private static Optional<RtcpFault> faultOfHeader(ByteBuffer rest) {
        if (rest.remaining() < RtcpType.HEADER_BYTES) {
            return Optional.of(RtcpFault.TOO_SHORT);
        }
        if ((rest.get(rest.position()) & 0xC0) != 0x80) {
            return Optional.of(RtcpFault.WRONG_VERSION);
        }
        if (!looksLikeRtcp(rest)) {
            return Optional.of(RtcpFault.NOT_RTCP);
        }
        if (length(rest) > rest.remaining()) {
            return Optional.of(RtcpFault.TRUNCATED);
        }
        return Optional.empty();
    }

    private static int length(ByteBuffer rest) {
        return (Short.toUnsignedInt(rest.getShort(rest.position() + 2)) + 1) * 4;
    }

    /** "Padding … MUST only be applied to the last" (§6.1), "a multiple of four" (§6.4.1). */
    private static int padding(ByteBuffer rest, int length) {
        if ((rest.get(rest.position()) & PADDING_BIT) == 0) {
            return 0;
        }
        int padding = rest.get(rest.position() + length - 1) & 0xFF;
        boolean holds =
                length == rest.remaining()
                        && padding > 0
                        && padding % 4 == 0
                        && padding <= length - RtcpType.HEADER_BYTES;
        return holds ? padding : -1;
    }

    private static Optional<RtcpPacket> packet(ByteBuffer bytes) {
        int length = bytes.remaining();
        int count = bytes.get() & COUNT_MASK;
        int type = bytes.get() & 0xFF;
        bytes.getShort();
        return switch (type) {
            case RtcpType.SENDER_REPORT -> senderReport(count, bytes);
            case RtcpType.RECEIVER_REPORT -> receiverReport(count, bytes);
            case RtcpType.SOURCE_DESCRIPTION -> sourceDescription(count, bytes);
            case RtcpType.GOODBYE -> goodbye(count, bytes);
            default -> Optional.of(new RtcpPacket.Skipped(type, count, length));
        };
    }

    private static Optional<RtcpPacket> senderReport(int count, ByteBuffer body) {
        int fixed = RtcpType.SSRC_BYTES + RtcpType.SENDER_INFO_BYTES;
        if (body.remaining() < fixed + count * RtcpType.REPORT_BLOCK_BYTES) {
            return Optional.empty();
        }
        return Optional.of(
                new RtcpPacket.SenderReport(
                        body.getInt(),
                        new NtpTime(body.getLong()),
                        body.getInt(),
                        body.getInt(),
                        body.getInt(),
                        blocks(count, body)));
    }

    private static Optional<RtcpPacket> receiverReport(int count, ByteBuffer body) {
        if (body.remaining() < RtcpType.SSRC_BYTES + count * RtcpType.REPORT_BLOCK_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new RtcpPacket.ReceiverReport(body.getInt(), blocks(count, body)));
    }

    private static List<ReportBlock> blocks(int count, ByteBuffer body) {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int ssrc = body.getInt();
            int loss = body.getInt();
            int cumulative = loss << 8 >> 8;
            blocks.add(
                    new ReportBlock(
                            ssrc,
                            loss >>> 24,
                            cumulative,
                            Integer.toUnsignedLong(body.getInt()),
                            Integer.toUnsignedLong(body.getInt()),
                            body.getInt(),
                            body.getInt()));
        }
        return blocks;
    }

    private static Optional<RtcpPacket> sourceDescription(int count, ByteBuffer body) {
        List<RtcpPacket.SourceDescription.Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Optional<RtcpPacket.SourceDescription.Chunk> chunk = chunk(body);
            if (chunk.isEmpty()) {
                return Optional.empty();
            }
            chunks.add(chunk.get());
        }
        return Optional.of(new RtcpPacket.SourceDescription(chunks));
    }

    /** "The list of items in each chunk MUST be terminated by one or more null octets" (§6.5). */
    private static Optional<RtcpPacket.SourceDescription.Chunk> chunk(ByteBuffer body) {
        if (body.remaining() < RtcpType.SSRC_BYTES) {
            return Optional.empty();
        }
        int ssrc = body.getInt();
        Optional<String> cname = Optional.empty();
        while (body.hasRemaining()) {
            int item = body.get() & 0xFF;
            if (item == 0) {
                skipToWord(body);
                return Optional.of(new RtcpPacket.SourceDescription.Chunk(ssrc, cname));
            }
            Optional<String> text = text(body);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            cname = item == RtcpType.CNAME_ITEM ? text : cname;
        }
        return Optional.empty();
    }

    private static void skipToWord(ByteBuffer body) {
        int next = (body.position() + 3) & ~3;
        body.position(Math.min(next, body.limit()));
    }

    private static Optional<RtcpPacket> goodbye(int count, ByteBuffer body) {
        if (body.remaining() < count * RtcpType.SSRC_BYTES) {
            return Optional.empty();
        }
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.getInt());
        }
        if (!body.hasRemaining()) {
            return Optional.of(new RtcpPacket.Goodbye(ssrcs, Optional.empty()));
        }
        Optional<String> reason = text(body);
        return reason.map(words -> new RtcpPacket.Goodbye(ssrcs, Optional.of(words)));
    }

    /** A length octet and as many bytes; what is no UTF-8 shows as replacement characters. */
    private static Optional<String> text(ByteBuffer body) {
        if (!body.hasRemaining()) {
            return Optional.empty();
        }
        int length = body.get() & 0xFF;
        if (length > body.remaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
