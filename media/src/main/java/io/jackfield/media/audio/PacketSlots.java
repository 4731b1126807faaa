package io.jackfield.media.audio;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Packets of one stream by their extended sequence numbers, the last {@link #SIZE} of them;
 * payloads are copied into buffers that are used again.
 */
final class PacketSlots {
    /** 2.5 s of 20 ms: longer than any delay a call bears. */
    static final int SIZE = 128;

    /** No sender's datagram is longer. */
    static final int PAYLOAD_MAX = 1_500;

    /** Most packets of 20 ms fit, so that most buffers never grow. */
    private static final int BUFFER_MIN = 192;

    private static final long NEVER = Long.MIN_VALUE;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final long[] sequences = new long[SIZE];
    private final long[] times = new long[SIZE];
    private final boolean[] noise = new boolean[SIZE];
    private final boolean[] kept = new boolean[SIZE];
    private final ByteBuffer[] payloads = new ByteBuffer[SIZE];
    private final ByteBuffer[] free = new ByteBuffer[SIZE];
    private int freeCount;
    private int count;

    PacketSlots() {
        Arrays.fill(sequences, NEVER);
        Arrays.fill(payloads, NOTHING);
    }

    private static int slot(long sequence) {
        return (int) (sequence & (SIZE - 1));
    }

    /** Whether that packet has come, though it may be gone again. */
    boolean hasSeen(long sequence) {
        return sequences[slot(sequence)] == sequence;
    }

    /** Notes that a packet has come, without keeping it. */
    void see(long sequence) {
        remove(sequences[slot(sequence)]);
        sequences[slot(sequence)] = sequence;
    }

    /** Keeps a packet. Whatever stood in its slot is gone. */
    void put(long sequence, long time, boolean isNoise, ByteBuffer payload) {
        see(sequence);
        int slot = slot(sequence);
        times[slot] = time;
        noise[slot] = isNoise;
        ByteBuffer buffer = buffer(payload.remaining());
        buffer.clear();
        buffer.put(0, payload, payload.position(), payload.remaining());
        buffer.limit(payload.remaining());
        payloads[slot] = buffer;
        kept[slot] = true;
        count++;
    }

    private ByteBuffer buffer(int bytes) {
        ByteBuffer last = freeCount == 0 ? NOTHING : free[--freeCount];
        return last.capacity() >= bytes
                ? last
                : ByteBuffer.allocate(Math.max(BUFFER_MIN, Integer.highestOneBit(bytes) * 2));
    }

    boolean has(long sequence) {
        return hasSeen(sequence) && kept[slot(sequence)];
    }

    /** Forgets a packet's payload, not that it has come. */
    void remove(long sequence) {
        int slot = slot(sequence);
        if (sequences[slot] == sequence && kept[slot]) {
            free[freeCount++] = payloads[slot];
            payloads[slot] = NOTHING;
            kept[slot] = false;
            count--;
        }
    }

    void clear() {
        for (long sequence : sequences) {
            remove(sequence);
        }
        Arrays.fill(sequences, NEVER);
    }

    /** Packets kept. */
    int count() {
        return count;
    }

    long time(long sequence) {
        return times[slot(sequence)];
    }

    boolean isNoise(long sequence) {
        return noise[slot(sequence)];
    }

    /** Valid until the packet is removed. */
    ByteBuffer payload(long sequence) {
        return payloads[slot(sequence)];
    }
}
