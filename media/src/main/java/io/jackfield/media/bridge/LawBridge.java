package io.jackfield.media.bridge;

import io.jackfield.media.Outcome;
import io.jackfield.media.codec.G711;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A bridge between µ-law and A-law: a byte is a sample in both, so each is looked up and the packet
 * passes on as any other, with its number, its time and without any delay.
 *
 * <p>Thread: the media loop's.
 */
final class LawBridge implements Hearer {
    private static final int TYPES = 128;
    private static final byte[] ULAW_TO_ALAW = table(G711.Law.ULAW, G711.Law.ALAW);
    private static final byte[] ALAW_TO_ULAW = table(G711.Law.ALAW, G711.Law.ULAW);

    private final Bridge bridge;

    /** For payload types that pass as they are. */
    private static final byte[] NONE = {};

    /** What to look bytes up in, by payload type. */
    private final byte[][] tables = new byte[TYPES][];

    /**
     * @param laws by payload type: of which law the bytes are that need the other
     */
    LawBridge(Bridge bridge, Map<Integer, G711.Law> laws) {
        this.bridge = bridge;
        Arrays.fill(tables, NONE);
        laws.forEach(
                (type, law) -> tables[type] = law == G711.Law.ULAW ? ULAW_TO_ALAW : ALAW_TO_ULAW);
    }

    private static byte[] table(G711.Law from, G711.Law to) {
        byte[] table = new byte[256];
        for (int code = 0; code < table.length; code++) {
            table[code] = to.compress(from.expand((byte) code));
        }
        return table;
    }

    @Override
    public Outcome hear(RtpPacket packet, long nowNanos) {
        byte[] table = tables[packet.payloadType()];
        if (table.length > 0) {
            translate(packet, table);
        }
        return bridge.forward(packet, nowNanos);
    }

    private static void translate(RtpPacket packet, byte[] table) {
        ByteBuffer bytes = packet.buffer();
        int end = packet.payloadOffset() + packet.payloadLength();
        for (int i = packet.payloadOffset(); i < end; i++) {
            bytes.put(i, table[bytes.get(i) & 0xFF]);
        }
    }

    @Override
    public void pressed(DtmfPress press, long nowNanos) {
        bridge.pressed(press, nowNanos);
    }
}
