package io.jackfield.protocol.rtp;

/**
 * Where an outgoing stream stands: all another node needs to go on with it.
 *
 * @param ssrc of the outgoing stream
 * @param clockRate units per second
 * @param started false before the first packet; then the numbers are those the first will have
 * @param sequenceNumber the highest sent, 0 to 65535
 * @param rtpTimestamp of that packet
 * @param sinceLastNanos age of that packet; not negative
 */
public record RewriterState(
        int ssrc,
        int clockRate,
        boolean started,
        int sequenceNumber,
        int rtpTimestamp,
        long sinceLastNanos) {

    public RewriterState {
        if (clockRate <= 0 || sequenceNumber < 0 || sequenceNumber > 0xFFFF || sinceLastNanos < 0) {
            throw new IllegalArgumentException("not a place in a stream");
        }
    }

    /** The same stream some packets further, so that no number is used twice after a takeover. */
    public RewriterState skippedBy(int packets) {
        return new RewriterState(
                ssrc,
                clockRate,
                started,
                (sequenceNumber + packets) & 0xFFFF,
                rtpTimestamp,
                sinceLastNanos);
    }
}
