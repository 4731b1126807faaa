package io.jackfield.media.peer;

import io.jackfield.media.Outcome;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The leg around a transport: what comes out of it. Thread: the media loop's. */
public interface PeerUser {
    /** An RTP packet, proven and decrypted, from position to limit; the buffer is lent. */
    Outcome rtp(ByteBuffer packet, long nowNanos);

    /** An RTCP compound, likewise. */
    Outcome rtcp(ByteBuffer compound, long nowNanos);

    /**
     * A datagram to send.
     *
     * @param local the address of ours to send from
     * @return false where the kernel did not take it
     */
    boolean send(ByteBuffer datagram, InetSocketAddress local, InetSocketAddress remote);

    void event(PeerEvent event);
}
