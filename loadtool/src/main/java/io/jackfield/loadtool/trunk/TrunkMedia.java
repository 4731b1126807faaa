package io.jackfield.loadtool.trunk;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.LocalMedia;
import java.io.IOException;

/** One call's media on the trunk. Thread-safety: any thread. */
public interface TrunkMedia extends AutoCloseable {
    /** Opens the media of a new call. */
    @FunctionalInterface
    interface Source {
        /**
         * @param dialled what the PBX calls
         * @throws IOException when no sockets can be had
         */
        TrunkMedia open(String dialled) throws IOException;
    }

    /** What goes into the session description. */
    LocalMedia.Plain local();

    /** Takes what was negotiated. */
    void apply(LegParameters agreed);

    /** Talks from now on. */
    void talk();

    /** Gives everything back. */
    @Override
    void close();
}
