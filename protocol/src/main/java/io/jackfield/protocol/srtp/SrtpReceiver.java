package io.jackfield.protocol.srtp;

import java.nio.ByteBuffer;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class SrtpReceiver {
    public SrtpReceiver(SrtpKeys keys) {
        this(keys, SrtpState.EMPTY);
    }

    /** Goes on after {@code state}. */
    public SrtpReceiver(SrtpKeys keys, SrtpState state) {
        throw new UnsupportedOperationException();
    }

    /**
     * Authenticates and decrypts one SRTP packet in place (RFC 3711 §3.3).
     *
     * @param packet array-backed, from position to limit; on {@link SrtpOutcome#ACCEPTED} the limit
     *     is moved back over the tag, otherwise the buffer is unchanged
     * @return what became of the packet; a packet from the network never makes this throw
     */
    public SrtpOutcome unprotect(ByteBuffer packet) {
        throw new UnsupportedOperationException();
    }

    /** The same for SRTCP. */
    public SrtpOutcome unprotectRtcp(ByteBuffer packet) {
        throw new UnsupportedOperationException();
    }

    public SrtpState exportState() {
        throw new UnsupportedOperationException();
    }
}
