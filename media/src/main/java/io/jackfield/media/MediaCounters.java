package io.jackfield.media;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counters and gauges of the engine at one moment.
 *
 * @param packets by outcome, since start; every outcome is present
 * @param legs open now
 * @param trunkPortsInUse single ports, two a trunk leg
 * @param handshakesRunning DTLS handshakes now
 * @param handshakesCancelled DTLS handshakes that were closed before their end, since start: the
 *     call was over, or the phone began anew; no failures
 * @param commandsDropped because the loop did not keep up; above zero something is wrong
 * @param receiveBufferBytes what the kernel gave the browser socket, the smallest of them
 */
public record MediaCounters(
        Map<Outcome, Long> packets,
        int legs,
        int trunkPortsInUse,
        int handshakesRunning,
        long handshakesCancelled,
        long commandsDropped,
        int receiveBufferBytes) {

    public MediaCounters {
        packets = Collections.unmodifiableMap(new EnumMap<>(packets));
    }

    public long packets(Outcome outcome) {
        return packets.getOrDefault(outcome, 0L);
    }
}
