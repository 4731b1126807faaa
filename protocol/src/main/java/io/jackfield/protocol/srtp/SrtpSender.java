package io.jackfield.protocol.srtp;

import java.nio.ByteBuffer;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class SrtpSender {
    public SrtpSender(SrtpKeys keys) {
        this(keys, SrtpState.EMPTY);
    }

    /** Goes on after {@code state}: no index up to those in it is ever used. */
    public SrtpSender(SrtpKeys keys, SrtpState state) {
        throw new UnsupportedOperationException();
    }

    /**
     * Encrypts and authenticates one RTP packet in place.
     *
     * @param packet array-backed, from position to limit; on {@link SrtpOutcome#ACCEPTED} the limit
     *     is moved forward over the tag, otherwise the buffer is unchanged
     */
    public SrtpOutcome protect(ByteBuffer packet) {
        throw new UnsupportedOperationException();
    }

    /** The same for a compound RTCP packet. */
    public SrtpOutcome protectRtcp(ByteBuffer packet) {
        throw new UnsupportedOperationException();
    }

    public SrtpState exportState() {
        throw new UnsupportedOperationException();
    }
}
