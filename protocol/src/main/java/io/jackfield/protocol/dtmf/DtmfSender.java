package io.jackfield.protocol.dtmf;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class DtmfSender {
    /**
     * @param clockRate of the telephone-event stream: 8000 or 48000
     */
    public DtmfSender(int clockRate) {
        throw new UnsupportedOperationException();
    }

    /**
     * Queues a press; false where too many wait.
     *
     * @param durationMillis 40 to 6000
     */
    public boolean press(DtmfDigit digit, int durationMillis) {
        throw new UnsupportedOperationException();
    }

    /** When {@link #poll} wants to be called; empty where there is nothing to send. */
    public OptionalLong deadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the next payload at the position, if one is due.
     *
     * @param rtpTimestamp media time now; becomes the press's timestamp with its first packet
     */
    public boolean poll(ByteBuffer payload, int rtpTimestamp, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The timestamp of the payload last written: that of the press's beginning (§2.1). */
    public int rtpTimestamp() {
        throw new UnsupportedOperationException();
    }

    /** True where the payload last written is the first of its press (§2.5.1.1... marker). */
    public boolean marker() {
        throw new UnsupportedOperationException();
    }
}
