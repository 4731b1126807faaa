package io.jackfield.server.config;

/**
 * UDP ports from {@code first} to {@code last}, both in it, in pairs: RTP on the even one, RTCP on
 * the odd one above it (RFC 3550 §11).
 *
 * @param first even, 1024 or more
 * @param last odd, 65535 or less
 */
public record PortRange(int first, int last) {
    public PortRange {
        boolean pairs = first % 2 == 0 && last % 2 == 1;
        if (!pairs || first < 1024 || last > 65_535 || first >= last) {
            throw new IllegalArgumentException("no port range: " + first + "-" + last);
        }
    }

    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
