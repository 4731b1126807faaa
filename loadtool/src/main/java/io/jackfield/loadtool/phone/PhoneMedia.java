package io.jackfield.loadtool.phone;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.LocalMedia;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** One call's media of a phone. Thread-safety: any thread. */
public interface PhoneMedia extends AutoCloseable {
    /** Opens the media of a call that comes in. */
    @FunctionalInterface
    interface Source {
        /**
         * @throws IOException when no socket can be had
         */
        PhoneMedia open() throws IOException;
    }

    /** What goes into the session description. */
    LocalMedia.WebRtc local();

    /** Connects to what was negotiated. */
    void apply(LegParameters agreed, OfferedBy offeredBy);

    /** Talks, as soon as it is connected. */
    void talk();

    /** Falls silent. */
    void hush();

    /** Completes with true when it is connected, with false when it cannot be. */
    CompletableFuture<Boolean> connected();

    /** Gives everything back. */
    @Override
    void close();
}
