package io.jackfield.protocol.stun;

import java.nio.ByteBuffer;

/** STUN message to bytes (RFC 8489 §5, §14). Padding is zero ("MUST be set to zero", §14). */
@SuppressWarnings("DoNotCallSuggester")
public final class StunWriter {

    private StunWriter() {}

    /**
     * Writes message, MESSAGE-INTEGRITY and FINGERPRINT at the position and moves it behind them.
     *
     * @throws java.nio.BufferOverflowException where the buffer is too small: our mistake
     */
    public static void write(StunMessage message, StunKey key, ByteBuffer out) {
        throw new UnsupportedOperationException();
    }

    /** The same with FINGERPRINT only. */
    public static void writeUnproven(StunMessage message, ByteBuffer out) {
        throw new UnsupportedOperationException();
    }
}
