package io.jackfield.loadtool.floor;

import io.jackfield.loadtool.net.PacketCost;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * The least that this machine takes, nanoseconds of CPU.
 *
 * @param sendNanos to send a packet over the loopback
 * @param receiveNanos to receive one
 * @param srtpNanos to protect one, or to open it
 */
public record Floor(double sendNanos, double receiveNanos, double srtpNanos) {
    /** G.711's 20 ms in SRTP. */
    private static final int PACKET_BYTES = 172;

    private static final int PACKETS_PER_SECOND = 50;
    private static final double NANOS_PER_PERCENT = 1e7;
    private static final int BURSTS = 4_000;
    private static final int SRTP_PACKETS = 200_000;
    private static final int TRIES = 5;

    /** The best of some tries, which have the first ones to warm up. */
    public static Floor measure() throws IOException, GeneralSecurityException {
        Floor best = new Floor(Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);
        SrtpCost srtp = new SrtpCost(PACKET_BYTES);
        for (int i = 0; i < TRIES; i++) {
            PacketCost packet = PacketCost.measure(PACKET_BYTES, BURSTS);
            best =
                    new Floor(
                            Math.min(best.sendNanos, packet.sendNanos()),
                            Math.min(best.receiveNanos, packet.receiveNanos()),
                            Math.min(best.srtpNanos, srtp.nanos(SRTP_PACKETS)));
        }
        return best;
    }

    /**
     * Of a core, for a call of G.711 or Opus in packets of 20 ms.
     *
     * @param passed packets that the PBX takes and sends in 20 ms
     * @param protectedLegs how often each is opened or protected on its way: 2 between two
     *     browsers, 1 between a browser and a trunk
     */
    public double corePercent(int passed, int protectedLegs) {
        double packet = receiveNanos + sendNanos + protectedLegs * srtpNanos;
        return PACKETS_PER_SECOND * passed * packet / NANOS_PER_PERCENT;
    }

    /** On one line, as {@link #parse} reads it. */
    public String line() {
        return "floor " + sendNanos + " " + receiveNanos + " " + srtpNanos;
    }

    /**
     * @throws IllegalArgumentException where it is no such line
     */
    public static Floor parse(String line) {
        String[] words = line.strip().split(" ");
        if (words.length != 4 || !words[0].equals("floor")) {
            throw new IllegalArgumentException("no floor: " + line);
        }
        return new Floor(
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]));
    }
}
