package io.jackfield.protocol.dtmf;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One telephone-event payload (RFC 4733 §2.3).
 *
 * @param event 0 to 255; 0 to 15 are the DTMF digits (§3.2)
 * @param end true in the last packets of a press
 * @param volume 0 to 63, in -dBm0
 * @param duration so far, 0 to 65535, in units of the stream's clock
 */
public record TelephoneEvent(int event, boolean end, int volume, int duration) {
    /** Length of the payload. */
    public static final int BYTES = 4;

    public TelephoneEvent {
        if (event < 0 || event > 255 || volume < 0 || volume > 63) {
            throw new IllegalArgumentException("event or volume out of range");
        }
        if (duration < 0 || duration > 0xFFFF) {
            throw new IllegalArgumentException("duration outside 16 bits: " + duration);
        }
    }

    /**
     * Reads the first event of a payload.
     *
     * @param offset absolute index; fewer than {@link #BYTES} bytes give empty
     */
    public static Optional<TelephoneEvent> parse(ByteBuffer buffer, int offset, int length) {
        if (length < BYTES) {
            return Optional.empty();
        }
        int word = buffer.getInt(offset);
        return Optional.of(
                new TelephoneEvent(
                        word >>> 24,
                        (word & 0x0080_0000) != 0,
                        (word >>> 16) & 0x3F,
                        word & 0xFFFF));
    }

    /** Writes it at the position and moves it behind. */
    public void write(ByteBuffer out) {
        out.putInt(event << 24 | (end ? 0x0080_0000 : 0) | volume << 16 | duration);
    }
}
