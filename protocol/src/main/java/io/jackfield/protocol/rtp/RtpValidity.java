package io.jackfield.protocol.rtp;

/** Whether bytes are an RTP packet (RFC 3550 §5.1, A.1); also the name of a counter. */
public enum RtpValidity {
    VALID,
    /** Fewer than 12 bytes. */
    TOO_SHORT,
    /** The version is not 2. */
    WRONG_VERSION,
    /** The CSRC list reaches beyond the packet. */
    TRUNCATED_CSRC,
    /** The header extension reaches beyond the packet. */
    TRUNCATED_EXTENSION,
    /** The padding length is zero or reaches into the header. */
    BAD_PADDING
}
