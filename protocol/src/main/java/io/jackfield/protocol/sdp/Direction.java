package io.jackfield.protocol.sdp;

import java.util.Locale;
import java.util.Optional;

/** Who may send on a stream, seen from the one who writes the description (RFC 8866 §6.7). */
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** True when the writer of the description may send. */
    public boolean sends() {
        return sends;
    }

    /** True when the writer of the description is willing to receive. */
    public boolean receives() {
        return receives;
    }

    /** The direction with these two abilities. */
    public static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** The same stream seen from the other end. */
    public Direction reversed() {
        return of(receives, sends);
    }

    /** What both allow, both seen from the same end. */
    public Direction intersect(Direction other) {
        return of(sends && other.sends, receives && other.receives);
    }

    /** The name of the attribute: {@code sendrecv} and so on. */
    public String attributeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The direction of that attribute name, without case. */
    public static Optional<Direction> parse(String name) {
        for (Direction direction : values()) {
            if (direction.name().equalsIgnoreCase(name)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }
}
