package io.jackfield.media.pipeline;

import io.jackfield.media.Outcome;
import java.nio.ByteBuffer;

/** The transport of a leg as its outgoing stream sees it. Thread: the media loop's. */
public interface PacketOutput {
    /** True where there are an address and, on browser legs, keys. */
    boolean ready();

    /**
     * Sends an RTP packet, from position to limit, with room for a tag behind.
     *
     * @return {@code FORWARDED}, or why it did not leave
     */
    Outcome sendRtp(ByteBuffer packet);

    /** The same for an RTCP compound. */
    Outcome sendRtcp(ByteBuffer compound);

    /**
     * {@link OutgoingStream#deadlineNanos} may have moved forward although nobody but a packet of
     * another leg has touched the stream.
     */
    default void deadlineMoved() {}
}
