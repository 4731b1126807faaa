package io.jackfield.protocol.dtmf;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class DtmfReceiver {
    /**
     * @param clockRate of the telephone-event stream: 8000 or 48000
     */
    public DtmfReceiver(int clockRate) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes the payload of one packet.
     *
     * @return the press, once, when its end is known
     */
    public Optional<DtmfPress> handle(
            ByteBuffer buffer,
            int payloadOffset,
            int payloadLength,
            int rtpTimestamp,
            long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** When {@link #handleTimeout} wants to be called: a press whose end got lost. */
    public OptionalLong deadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /** Ends a press whose packets have stopped. */
    public Optional<DtmfPress> handleTimeout(long nowNanos) {
        throw new UnsupportedOperationException();
    }
}
