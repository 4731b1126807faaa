package io.jackfield.protocol.sip;

/** {@code delta-seconds} (RFC 3261 §25.1). */
final class Seconds {
    /** "…between 0 and (2**32)-1, decimal" (§20.19). */
    static final long MAX = (1L << 32) - 1;

    private Seconds() {}

    /** Reads digits; a larger number counts as the largest, however many digits it has. */
    static long read(Cursor in) throws Malformed {
        long value = in.digit();
        while (Tokens.isDigit(in.peek())) {
            value = Math.min(MAX, value * 10 + in.digit());
        }
        return value;
    }

    static long require(long seconds) {
        if (seconds < 0 || seconds > MAX) {
            throw new IllegalArgumentException("seconds outside 0 to 2^32 - 1");
        }
        return seconds;
    }
}
