package io.jackfield.media.dtls;

import java.nio.ByteBuffer;

/**
 * What an association has to say.
 *
 * <p>Thread: called on the association's own virtual thread; hand over to the loop and return.
 */
public interface DtlsEvents {
    /** A datagram to send, from position to limit; it is the receiver's now. */
    void send(ByteBuffer datagram);

    /** First {@code Established} or {@code Failed}, then at most one {@code Closed}. */
    void result(DtlsResult result);
}
