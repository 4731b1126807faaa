package io.jackfield.protocol.rtcp;

import java.util.List;
import java.util.Optional;

/** One packet of a compound (RFC 3550 §6.4 to §6.6). */
public sealed interface RtcpPacket {
    /** The count field has five bits. */
    int COUNT_MAX = 31;

    /**
     * SR.
     *
     * @param rtpTimestamp the same moment as {@code ntp} in media time
     * @param packetCount sent so far, unsigned 32 bits
     * @param octetCount payload bytes sent so far, unsigned 32 bits
     */
    record SenderReport(
            int ssrc,
            NtpTime ntp,
            int rtpTimestamp,
            int packetCount,
            int octetCount,
            List<ReportBlock> blocks)
            implements RtcpPacket {
        public SenderReport {
            blocks = checked(blocks);
        }
    }

    /** RR. */
    record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpPacket {
        public ReceiverReport {
            blocks = checked(blocks);
        }
    }

    /** SDES; of its items only CNAME is kept. */
    record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
        public SourceDescription {
            chunks = checked(chunks);
        }

        /**
         * @param cname at most 255 bytes of UTF-8; empty where the chunk has none
         */
        public record Chunk(int ssrc, Optional<String> cname) {}
    }

    /** BYE. */
    record Goodbye(List<Integer> ssrcs, Optional<String> reason) implements RtcpPacket {
        public Goodbye {
            ssrcs = checked(ssrcs);
        }
    }

    /**
     * Feedback, XR, APP and whatever comes after: walked over by its length.
     *
     * @param type 192 to 223
     * @param format the five bits of count or feedback format
     * @param length in bytes with header
     */
    record Skipped(int type, int format, int length) implements RtcpPacket {}

    private static <T> List<T> checked(List<T> items) {
        if (items.size() > COUNT_MAX) {
            throw new IllegalArgumentException("more than " + COUNT_MAX + " in one RTCP packet");
        }
        return List.copyOf(items);
    }
}
