package io.jackfield.server.config;

/** UDP ports from {@code first} to {@code last}, both in it; 1024 to 65535. */
public record PortRange(int first, int last) {
    public PortRange {
        if (first < 1024 || last > 65_535 || first >= last) {
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
