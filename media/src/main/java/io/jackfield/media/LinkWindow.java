package io.jackfield.media;

import io.jackfield.protocol.rtp.ReceiverStatistics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Some seconds of one leg, raw: what came over its network, and what the peer says of what went
 * there.
 *
 * @param span how long it was; about five seconds
 * @param codec what we send, by its name in descriptions
 * @param loopLate how late our own clockwork was at worst
 */
public record LinkWindow(
        Duration span,
        Optional<String> codec,
        Incoming incoming,
        Outgoing outgoing,
        Duration loopLate) {
    /**
     * From the peer to us.
     *
     * @param expected true where something should have come
     * @param packets that came, without duplicates
     * @param lost by their numbers; negative where late ones of the window before came
     * @param late came out of order
     * @param jitterMillis at the end (RFC 3550 A.8); empty before the second packet
     * @param longestGap between two packets, the running one included
     * @param delays how long packets were under way; empty where nothing tells
     */
    public record Incoming(
            boolean expected,
            long packets,
            long lost,
            long late,
            long duplicates,
            OptionalDouble jitterMillis,
            Duration longestGap,
            Optional<ReceiverStatistics.Delays> delays) {}

    /**
     * From us to the peer.
     *
     * @param packets that we sent
     * @param skipped numbers of our stream that were never sent, since they never came to us
     * @param reported what the peer has said since the last window; empty where it said nothing
     */
    public record Outgoing(long packets, long skipped, Optional<Reported> reported) {}

    /**
     * A report of the peer's (RFC 3550 §6.4.1), against the one before.
     *
     * @param expected packets, by their numbers
     * @param lost of them; negative where duplicates came
     * @param rttMillis empty where the peer has heard no report of ours yet
     */
    public record Reported(
            long expected, long lost, double jitterMillis, OptionalDouble rttMillis) {}
}
