package io.jackfield.protocol.rtcp;

/** Packet types and sizes on the wire (RFC 3550 §6.4 to §6.6, §12.1). */
final class RtcpType {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;

    /** RFC 5761 §4: the types that can be told from RTP on one port. */
    static final int MIN = 192;

    static final int MAX = 223;

    static final int HEADER_BYTES = 4;
    static final int SSRC_BYTES = 4;
    static final int SENDER_INFO_BYTES = 20;
    static final int REPORT_BLOCK_BYTES = 24;
    static final int CNAME_ITEM = 1;
    static final int TEXT_BYTES_MAX = 255;

    private RtcpType() {}
}
