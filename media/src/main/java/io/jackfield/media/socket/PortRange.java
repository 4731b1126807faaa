package io.jackfield.media.socket;

import io.jackfield.media.MediaSocketUnavailable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.Optional;

/**
 * The ports of trunk legs, in pairs: RTP on the even one, RTCP on the next (RFC 3550 §11).
 *
 * <p>Pairs are taken in turn, so that a port rests as long as possible before it is used again and
 * late packets of an old call find nobody.
 *
 * <p>Thread-safety: any thread; a lock, held for two binds.
 */
public final class PortRange {
    /** Ports that somebody else holds, before we call the range full. */
    private static final int BIND_ATTEMPTS_MAX = 100;

    private final int first;
    private final int pairs;
    private final int bufferBytes;
    private final BitSet taken = new BitSet();
    private int next;

    /** A pair of sockets, bound. */
    public record Pair(UdpSocket rtp, UdpSocket rtcp) {}

    /**
     * @param min even
     * @param max odd, above {@code min}
     */
    public PortRange(int min, int max, int bufferBytes) {
        this.first = min;
        this.pairs = (max - min + 1) / 2;
        this.bufferBytes = bufferBytes;
    }

    /** Binds a free pair; empty where there is none. */
    public synchronized Optional<Pair> open(InetAddress local) {
        for (int attempt = 0; attempt < BIND_ATTEMPTS_MAX; attempt++) {
            int index = nextFree();
            if (index < 0) {
                return Optional.empty();
            }
            next = index + 1;
            Optional<Pair> pair = bind(local, first + 2 * index);
            if (pair.isPresent()) {
                taken.set(index);
                return pair;
            }
        }
        return Optional.empty();
    }

    private int nextFree() {
        int index = taken.nextClearBit(Math.min(next, pairs));
        if (index >= pairs) {
            index = taken.nextClearBit(0);
        }
        return index < pairs ? index : -1;
    }

    private Optional<Pair> bind(InetAddress local, int port) {
        try {
            UdpSocket rtp = UdpSocket.bind(new InetSocketAddress(local, port), bufferBytes);
            try {
                return Optional.of(
                        new Pair(
                                rtp,
                                UdpSocket.bind(
                                        new InetSocketAddress(local, port + 1), bufferBytes)));
            } catch (MediaSocketUnavailable rtcpTaken) {
                rtp.close();
                return Optional.empty();
            }
        } catch (MediaSocketUnavailable rtpTaken) {
            return Optional.empty();
        }
    }

    /** Gives a pair back whose sockets are closed. */
    public synchronized void release(Pair pair) {
        taken.clear((pair.rtp().local().getPort() - first) / 2);
    }

    /** Single ports in use. */
    public synchronized int inUse() {
        return 2 * taken.cardinality();
    }
}
