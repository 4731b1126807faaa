package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A run.
 *
 * @param server {@code ws:} or {@code wss:}
 * @param local address of this machine from which media goes
 * @param number what each phone calls; an echo
 * @param steadyFor how long all phones talk at once; above 0
 * @param rampPerSecond registrations, and then calls, begun in a second; above 0
 * @param serverPid the server's process on this machine, to be measured
 */
public record LoadPlan(
        URI server,
        List<PhoneAccount> accounts,
        InetAddress local,
        String number,
        Duration steadyFor,
        OfferedCodec codec,
        double rampPerSecond,
        OptionalLong serverPid) {
    private static final double NANOS_PER_SECOND = 1e9;

    public LoadPlan {
        accounts = List.copyOf(accounts);
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException("no phones");
        }
        if (!(rampPerSecond > 0) || steadyFor.isNegative() || steadyFor.isZero()) {
            throw new IllegalArgumentException("ramp and duration must be above 0");
        }
    }

    /** From the first phone's beginning to that one's, counted from 0. */
    public Duration beginsAfter(int index) {
        return Duration.ofNanos((long) (index * NANOS_PER_SECOND / rampPerSecond));
    }
}
