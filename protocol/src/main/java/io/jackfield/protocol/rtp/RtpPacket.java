package io.jackfield.protocol.rtp;

import java.nio.ByteBuffer;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class RtpPacket {
    /** The fixed header (RFC 3550 §5.1). */
    public static final int HEADER_BYTES = 12;

    /** What {@link #audioLevel} gives where there is none. */
    public static final int NO_AUDIO_LEVEL = -1;

    /** A flyweight over nothing yet. */
    public RtpPacket() {}

    /**
     * Lays this flyweight over the bytes from position to limit. Reading and writing go straight to
     * the buffer, whose position and limit stay as they are. The accessors make sense after {@link
     * RtpValidity#VALID} only.
     */
    public RtpValidity wrap(ByteBuffer packet) {
        throw new UnsupportedOperationException();
    }

    /** The buffer last wrapped. */
    public ByteBuffer buffer() {
        throw new UnsupportedOperationException();
    }

    public boolean marker() {
        throw new UnsupportedOperationException();
    }

    /** 0 to 127. */
    public int payloadType() {
        throw new UnsupportedOperationException();
    }

    /** 0 to 65535. */
    public int sequenceNumber() {
        throw new UnsupportedOperationException();
    }

    /** 32 bits in clock-rate units; compare by difference. */
    public int rtpTimestamp() {
        throw new UnsupportedOperationException();
    }

    /** 32 bits. */
    public int ssrc() {
        throw new UnsupportedOperationException();
    }

    /** 0 to 15. */
    public int csrcCount() {
        throw new UnsupportedOperationException();
    }

    public boolean hasExtension() {
        throw new UnsupportedOperationException();
    }

    /** Absolute index into the buffer. */
    public int payloadOffset() {
        throw new UnsupportedOperationException();
    }

    /** In bytes, without padding. */
    public int payloadLength() {
        throw new UnsupportedOperationException();
    }

    /** Header, CSRC list and extension, in bytes. */
    public int headerLength() {
        throw new UnsupportedOperationException();
    }

    /** 0 to 255 bytes. */
    public int paddingLength() {
        throw new UnsupportedOperationException();
    }

    public void marker(boolean value) {
        throw new UnsupportedOperationException();
    }

    public void payloadType(int value) {
        throw new UnsupportedOperationException();
    }

    public void sequenceNumber(int value) {
        throw new UnsupportedOperationException();
    }

    public void rtpTimestamp(int value) {
        throw new UnsupportedOperationException();
    }

    public void ssrc(int value) {
        throw new UnsupportedOperationException();
    }

    /**
     * Audio level of RFC 6464 §3.
     *
     * @param extensionId 1 to 14, as agreed in SDP (RFC 8285)
     * @return 0 (loudest) to 127 (silence) in -dBov; {@link #NO_AUDIO_LEVEL} where there is none
     */
    public int audioLevel(int extensionId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes out CSRC list, header extension and padding in place by moving the fixed header up to
     * the payload: the buffer's position moves forward, its limit back over the padding.
     */
    public void stripToPayload() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes a fixed header at the position and moves it behind: payload follows.
     *
     * @param sequenceNumber its low 16 bits count
     */
    public static void writeHeader(
            ByteBuffer out,
            boolean marker,
            int payloadType,
            int sequenceNumber,
            int rtpTimestamp,
            int ssrc) {
        throw new UnsupportedOperationException();
    }
}
