package io.jackfield.media.codec;

/** An encoder whose work may be tuned while it runs. Frames: 2.5, 5, 10, 20, 40 or 60 ms. */
public interface OpusEncoder extends AudioEncoder {
    /** Room for one packet: more than any at the bit rates of {@link OpusTuning}. */
    int BYTES_MAX = 1_275;

    /** A packet of this many bytes or fewer says only that there is silence (RFC 6716 §2.1.9). */
    int DTX_BYTES_MAX = 2;

    /** From the next frame on. */
    void tune(OpusTuning tuning);

    @Override
    default int rtpClockRate() {
        return Opus.RTP_CLOCK_RATE;
    }

    @Override
    default int bytesMax(int samples) {
        return BYTES_MAX;
    }
}
