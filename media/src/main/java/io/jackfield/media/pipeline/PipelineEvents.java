package io.jackfield.media.pipeline;

import io.jackfield.protocol.dtmf.DtmfPress;
import java.time.Duration;

/** What a receive pipeline notices. Thread: the media loop's. */
public interface PipelineEvents {
    /** The first packet of the leg. */
    void firstPacket();

    /** A key was pressed; told at its end. */
    void pressed(DtmfPress press);

    /** Nothing has come for too long. */
    void silent(Duration sinceLastPacket);

    /** Packets come again. */
    void resumed();
}
