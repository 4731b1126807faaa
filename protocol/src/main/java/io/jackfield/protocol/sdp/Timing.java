package io.jackfield.protocol.sdp;

import java.util.Optional;

/**
 * A {@code t=} line (RFC 8866 §5.9). Calls have {@link #UNBOUNDED} (RFC 3264 §5).
 *
 * @param startNtpSeconds seconds since 1900; 0 is unbounded
 * @param stopNtpSeconds seconds since 1900; 0 is unbounded
 */
public record Timing(long startNtpSeconds, long stopNtpSeconds) {
    /** {@code t=0 0}. */
    public static final Timing UNBOUNDED = new Timing(0, 0);

    public Timing {
        SdpText.check(startNtpSeconds >= 0 && stopNtpSeconds >= 0, "time", startNtpSeconds);
    }

    static Optional<Timing> parse(String text) {
        String[] f = SdpText.fields(text);
        if (f.length != 2) {
            return Optional.empty();
        }
        long start = SdpText.number(f[0], Long.MAX_VALUE);
        long stop = SdpText.number(f[1], Long.MAX_VALUE);
        return start < 0 || stop < 0 ? Optional.empty() : Optional.of(new Timing(start, stop));
    }

    @Override
    public String toString() {
        return startNtpSeconds + " " + stopNtpSeconds;
    }
}
