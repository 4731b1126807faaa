package io.jackfield.media.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that packets came from lately, so that none is made for each packet. Bounded; a
 * stranger with many addresses costs an object for each packet, and no more memory.
 *
 * <p>Thread: the media loop's.
 */
final class SourceCache {
    /** More than the peers of a node; where two meet, the later one takes the place. */
    private static final int PLACES = 8_192;

    private static final int WORDS = 3;

    /** For each place: family and port, and the address in two words. */
    private final long[] keys = new long[PLACES * WORDS];

    private final @Nullable InetSocketAddress[] sources = new InetSocketAddress[PLACES];

    /**
     * Reads the address.
     *
     * @param from what the kernel wrote, {@link SocketAddresses#BYTES_MAX} at least
     * @param at where in it
     */
    InetSocketAddress read(MemorySegment from, long at) {
        // Of both families the first word is family, port and four more bytes.
        long first = from.get(JAVA_LONG_UNALIGNED, at);
        boolean six = (first & 0xFFFF) == Libc.AF_INET6;
        long second = six ? from.get(JAVA_LONG_UNALIGNED, at + 8) : 0;
        long third = six ? from.get(JAVA_LONG_UNALIGNED, at + 16) : 0;
        long key = six ? (first & 0xFFFF_FFFFL) | (long) from.get(JAVA_INT, at + 24) << 32 : first;
        int place = place(key, second, third);
        int word = place * WORDS;
        InetSocketAddress known = sources[place];
        if (known != null
                && keys[word] == key
                && keys[word + 1] == second
                && keys[word + 2] == third) {
            return known;
        }
        InetSocketAddress read = SocketAddresses.read(from.asSlice(at, SocketAddresses.BYTES_MAX));
        keys[word] = key;
        keys[word + 1] = second;
        keys[word + 2] = third;
        sources[place] = read;
        return read;
    }

    private static int place(long first, long second, long third) {
        long mixed = (first * 31 + second) * 31 + third;
        mixed *= 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 51) & PLACES - 1;
    }
}
