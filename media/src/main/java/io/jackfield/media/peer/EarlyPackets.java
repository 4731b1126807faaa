package io.jackfield.media.peer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a proven address sent a moment too early: a ClientHello before signalling told the
 * fingerprint, SRTP before the last flight was read. Kept so that a call loses nothing at its
 * start; opened only with the right keys.
 */
final class EarlyPackets {
    /** 160 ms of audio; the keys are late by a few milliseconds at most. */
    private static final int PACKETS_MAX = 8;

    /** Room for a tag while it is decrypted in place, and for another codec's rewriting. */
    private static final int ROOM_BYTES = 64;

    private final Deque<byte[]> packets = new ArrayDeque<>(PACKETS_MAX);
    private byte @Nullable [] hello;

    /** Keeps a copy; the last one counts, since a hello that is sent again is the same. */
    void keepHello(ByteBuffer datagram) {
        hello = copy(datagram, 0);
    }

    Optional<byte[]> takeHello() {
        Optional<byte[]> taken = Optional.ofNullable(hello);
        hello = null;
        return taken;
    }

    /** Keeps a copy; false where there is no more room. */
    boolean keep(ByteBuffer packet) {
        return packets.size() < PACKETS_MAX && packets.add(copy(packet, ROOM_BYTES));
    }

    void takePackets(Consumer<ByteBuffer> to) {
        while (!packets.isEmpty()) {
            byte[] packet = packets.removeFirst();
            to.accept(ByteBuffer.wrap(packet, 0, packet.length - ROOM_BYTES));
        }
    }

    void clear() {
        packets.clear();
        hello = null;
    }

    private static byte[] copy(ByteBuffer from, int room) {
        byte[] copy = new byte[from.remaining() + room];
        from.get(from.position(), copy, 0, from.remaining());
        return copy;
    }
}
