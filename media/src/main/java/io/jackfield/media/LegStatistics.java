package io.jackfield.media;

import io.jackfield.protocol.sdp.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was heard in both directions of one leg, raw. Unknown is empty, never zero.
 *
 * @param opened wall clock
 * @param lasted monotonic, from opening to this record
 * @param codec what we send, as last negotiated
 * @param received what we heard of the peer
 * @param decoded what became of the peer's sound where it was decoded: transcoded or mixed
 * @param sent what we sent to the peer
 * @param heardByPeer what the peer last said it heard of us (RTCP)
 * @param dropped packets from this leg that went no further, by outcome; only those above zero
 */
public record LegStatistics(
        String legId,
        Instant opened,
        Duration lasted,
        Optional<Codec> codec,
        Received received,
        Decoded decoded,
        Sent sent,
        Optional<HeardByPeer> heardByPeer,
        Map<Outcome, Long> dropped) {

    public LegStatistics {
        EnumMap<Outcome, Long> copy = new EnumMap<>(Outcome.class);
        copy.putAll(dropped);
        dropped = Collections.unmodifiableMap(copy);
    }

    /**
     * @param packets without duplicates
     * @param payloadBytes without headers and tags
     * @param lost expected and never came (RFC 3550 A.3)
     * @param late came out of order, and counts as received
     * @param jitterMillis at the end (RFC 3550 A.8); empty before the second packet
     * @param jitterMaxMillis the highest it has been
     * @param ssrcs of the peer, in order of appearance, at most 16
     */
    public record Received(
            long packets,
            long payloadBytes,
            long lost,
            long duplicates,
            long late,
            OptionalDouble jitterMillis,
            OptionalDouble jitterMaxMillis,
            List<Integer> ssrcs) {
        public Received {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /**
     * @param packets that were decoded in time
     * @param late packets that came after their turn
     * @param discarded packets that were thrown away: strays, or far too many at once
     * @param broken payloads that were no such codec's, and were concealed
     * @param takenMillis sound given on in all
     * @param concealedMillis of that, made up for what was lost, late or broken
     */
    public record Decoded(
            long packets,
            long late,
            long discarded,
            long broken,
            long takenMillis,
            long concealedMillis) {
        /** Where nothing is decoded. */
        public static final Decoded NOTHING = new Decoded(0, 0, 0, 0, 0, 0);

        public Decoded plus(Decoded more) {
            return new Decoded(
                    packets + more.packets,
                    late + more.late,
                    discarded + more.discarded,
                    broken + more.broken,
                    takenMillis + more.takenMillis,
                    concealedMillis + more.concealedMillis);
        }
    }

    /**
     * @param ssrcs of ours, in order of appearance
     */
    public record Sent(long packets, long payloadBytes, List<Integer> ssrcs) {
        public Sent {
            ssrcs = List.copyOf(ssrcs);
        }
    }

    /**
     * @param lost packets of ours the peer misses, cumulative; duplicates can make it negative
     * @param fractionLost in its last report, 0 to 1
     * @param jitterMillis in its last report
     * @param rttMillis round trip, from LSR and DLSR; empty where the peer has not heard a report
     *     of ours
     * @param rttMaxMillis the highest it has been
     * @param age of the last report
     */
    public record HeardByPeer(
            long lost,
            double fractionLost,
            double jitterMillis,
            OptionalDouble rttMillis,
            OptionalDouble rttMaxMillis,
            Duration age) {}
}
