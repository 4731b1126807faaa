package io.jackfield.observe.quality;

/**
 * What was wrong with a link in one window.
 *
 * @param amount percent of the packets for LOSS and OUTAGE, else milliseconds
 */
public record Trouble(Kind kind, double amount) {
    /** The worst first. */
    public enum Kind {
        /** Nothing, or hardly anything, came for a second or more. */
        OUTAGE,
        LOSS,
        JITTER,
        /** It took longer to come than before, or longer than one can talk over. */
        DELAY,
        /** Our own clockwork was late. */
        BUSY
    }
}
