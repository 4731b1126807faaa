package io.jackfield.protocol.rtp;

import java.util.Arrays;
import java.util.Map;

/**
 * Which payload type of one leg is which of another.
 *
 * <p>Immutable; any thread. Looking up allocates nothing.
 */
public final class PayloadTypeMap {
    /** What {@link #get} gives for a type with no partner. */
    public static final int UNMAPPED = -1;

    private static final int TYPES = 128;
    private static final PayloadTypeMap IDENTITY = new PayloadTypeMap(allToThemselves());

    private final byte[] to;

    private PayloadTypeMap(byte[] to) {
        this.to = to;
    }

    /**
     * @param types from 0..127 to 0..127; others are {@link #UNMAPPED}
     */
    public PayloadTypeMap(Map<Integer, Integer> types) {
        this(new byte[TYPES]);
        Arrays.fill(to, (byte) UNMAPPED);
        types.forEach((from, into) -> to[checked(from)] = (byte) checked(into));
    }

    /** Every type to itself. */
    public static PayloadTypeMap identity() {
        return IDENTITY;
    }

    private static byte[] allToThemselves() {
        byte[] to = new byte[TYPES];
        for (int type = 0; type < TYPES; type++) {
            to[type] = (byte) type;
        }
        return to;
    }

    private static int checked(int type) {
        if (type < 0 || type >= TYPES) {
            throw new IllegalArgumentException("payload type outside 0 to 127: " + type);
        }
        return type;
    }

    /**
     * The other leg's type, or {@link #UNMAPPED}.
     *
     * @param payloadType 0 to 127
     */
    public int get(int payloadType) {
        return to[payloadType];
    }
}
