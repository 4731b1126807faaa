package io.jackfield.protocol.stun;

import java.nio.ByteBuffer;

/** Bytes to STUN message, strictly and once (RFC 8489 §5, §14). */
@SuppressWarnings("DoNotCallSuggester")
public final class StunParser {
    /** A check is about 100 bytes; a datagram that needs more than this is no check of ours. */
    public static final int MESSAGE_BYTES_MAX = 1_500;

    /** A browser's check carries eight. */
    public static final int ATTRIBUTES_MAX = 32;

    static final int HEADER_BYTES = 20;
    static final int ATTRIBUTE_HEADER_BYTES = 4;
    static final int MAGIC_COOKIE = 0x2112_A442;

    private StunParser() {}

    /**
     * Parses the bytes from position to limit; the buffer is left as it is. Never throws.
     *
     * <p>A FINGERPRINT, where there is one, is verified here. Cost for a stranger's datagram: a
     * CRC-32 at most.
     */
    public static StunParse parse(ByteBuffer datagram) {
        throw new UnsupportedOperationException();
    }
}
