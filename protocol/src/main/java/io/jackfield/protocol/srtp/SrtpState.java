package io.jackfield.protocol.srtp;

import java.util.List;

/**
 * How far one direction has come: all that another node needs beside the keys. Holds no secret.
 *
 * @param streams at most {@link #STREAMS_MAX}
 * @param rtcp SRTCP's indexes, likewise
 */
public record SrtpState(List<Stream> streams, List<Stream> rtcp) {
    /** A leg carries one or two; a browser that changes its microphone may make a new one. */
    public static final int STREAMS_MAX = 16;

    /** Nothing sent or received. */
    public static final SrtpState EMPTY = new SrtpState(List.of(), List.of());

    public SrtpState {
        streams = List.copyOf(streams);
        rtcp = List.copyOf(rtcp);
        if (streams.size() > STREAMS_MAX || rtcp.size() > STREAMS_MAX) {
            throw new IllegalArgumentException("more than " + STREAMS_MAX + " streams");
        }
    }

    /**
     * One SSRC.
     *
     * @param highestIndex the highest used: for SRTP the roll-over counter times 2^16 plus the
     *     sequence number (RFC 3711 §3.3.1), for SRTCP the 31-bit index
     */
    public record Stream(int ssrc, long highestIndex) {
        public Stream {
            if (highestIndex < 0 || highestIndex > SrtpIndex.MAX) {
                throw new IllegalArgumentException("index outside 48 bits: " + highestIndex);
            }
        }
    }

    /**
     * The state to go on from when packets may have been sent since it was taken: every index moved
     * ahead, so that none is used twice. The RTP sequence numbers must be moved by as much.
     */
    public SrtpState skippedBy(int packets) {
        return new SrtpState(ahead(streams, packets), ahead(rtcp, packets));
    }

    private static List<Stream> ahead(List<Stream> from, int packets) {
        return from.stream()
                .map(s -> new Stream(s.ssrc(), Math.min(SrtpIndex.MAX, s.highestIndex() + packets)))
                .toList();
    }
}
