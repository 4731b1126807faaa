package io.jackfield.media.recording;

import java.time.Instant;

/**
 * What is to be recorded, and how.
 *
 * @param id names the recording for ever: letters, digits, {@code -} and {@code _}, at most 100
 * @param rate samples a second: 8,000 as in the telephone network, or 16,000
 * @param mark what is heard where the recording paused
 * @param startedAt chooses the folder
 */
public record RecordingOrder(
        String id, Format format, int rate, PauseMark mark, Instant startedAt) {

    /** What the file is. */
    public enum Format {
        /** 16-bit PCM, 115 MB an hour at 8 kHz. */
        WAV(".wav"),
        /** Ogg Opus (RFC 7845), about 15 MB an hour. */
        OPUS(".opus");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }

        /** With its dot. */
        public String extension() {
            return extension;
        }
    }

    /** What is heard where the recording paused. */
    public enum PauseMark {
        /** A beep at the beginning and every five seconds. */
        TONE,
        SILENCE
    }

    public RecordingOrder {
        if (!isId(id)) {
            throw new IllegalArgumentException("no id of a recording: " + id);
        }
        if (rate != 8_000 && rate != 16_000) {
            throw new IllegalArgumentException("recordings have 8000 or 16000 Hz, not " + rate);
        }
    }

    /** Whether that may be the id of a recording; nothing that is leads out of a folder. */
    public static boolean isId(String id) {
        return id.matches("[A-Za-z0-9_-]{1,100}");
    }
}
