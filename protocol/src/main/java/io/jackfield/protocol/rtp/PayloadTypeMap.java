package io.jackfield.protocol.rtp;

import java.util.Arrays;
import java.util.Map;

/**
 * Which payload type of one leg is which of another. Immutable; any thread.
 *
 * <p>Looking up allocates nothing.
 */
public final class PayloadTypeMap {
    /** What {@link #get} gives for a type with no partner. */
    public static final int UNMAPPED = -1;

    private static final int TYPES = 128;
    private final byte[] to = new byte[TYPES];

    /**
     * @param types from 0..127 to 0..127
     */
    public PayloadTypeMap(Map<Integer, Integer> types) {
        Arrays.fill(to, (byte) UNMAPPED);
        types.forEach((from, into) -> to[checked(from)] = (byte) checked(into));
    }

    /** Every type to itself. */
    public static PayloadTypeMap identity() {
        PayloadTypeMap map = new PayloadTypeMap(Map.of());
        for (int type = 0; type < TYPES; type++) {
            map.to[type] = (byte) type;
        }
        return map;
    }

    private static int checked(int type) {
        if (type < 0 || type >= TYPES) {
            throw new IllegalArgumentException("payload type outside 0 to 127: " + type);
        }
        return type;
    }

    /** The other leg's type, or {@link #UNMAPPED}. */
    public int get(int payloadType) {
        return to[payloadType];
    }
}
