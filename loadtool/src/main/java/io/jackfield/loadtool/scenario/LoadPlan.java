package io.jackfield.loadtool.scenario;

import io.jackfield.loadtool.media.Payload;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.loadtool.phone.PhoneCodecs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A run.
 *
 * @param server {@code ws:} or {@code wss:}
 * @param anyCertificate a server that cannot prove its name is taken all the same
 * @param local address of this machine from which media goes
 * @param number what each phone calls; may hold places for {@link DialledNumber}
 * @param trunk where this run plays the carrier; then the number is one of that trunk's
 * @param pairs the first half of the phones call the second half
 * @param steps calls that are up at once, rising; each is held and measured
 * @param steadyFor how long a step is measured, or short calls are made; above 0
 * @param settleFor how long a step's calls are up before it is measured
 * @param talkFor short calls: each is hung up after that, and others begin meanwhile
 * @param warmFor short calls that are made before, and not counted; with short calls only
 * @param limits beyond which no further step is begun
 * @param payload of packets
 * @param rampPerSecond registrations, and then calls, begun in a second; above 0
 * @param process of the server
 * @param seed of all that is left to chance in time
 */
public record LoadPlan(
        URI server,
        boolean anyCertificate,
        List<PhoneAccount> accounts,
        InetAddress local,
        String number,
        Optional<InetSocketAddress> trunk,
        boolean pairs,
        List<Integer> steps,
        Duration steadyFor,
        Duration settleFor,
        Optional<Duration> talkFor,
        Duration warmFor,
        Limits limits,
        PhoneCodecs codecs,
        Payload payload,
        double rampPerSecond,
        ServerProcess process,
        long seed) {
    private static final double NANOS_PER_SECOND = 1e9;

    public LoadPlan {
        accounts = List.copyOf(accounts);
        steps = List.copyOf(steps);
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException("no phones");
        }
        if (!(rampPerSecond > 0) || steadyFor.isNegative() || steadyFor.isZero()) {
            throw new IllegalArgumentException("ramp and duration must be above 0");
        }
        int before = 0;
        for (int calls : steps) {
            if (calls <= before) {
                throw new IllegalArgumentException("--steps must rise from 1 or more");
            }
            before = calls;
        }
        int callsMax = pairs ? accounts.size() / 2 : accounts.size();
        if (steps.isEmpty() || before > callsMax) {
            throw new IllegalArgumentException(
                    "--steps of " + before + " calls with " + accounts.size() + " phones");
        }
        if (pairs && trunk.isPresent()) {
            throw new IllegalArgumentException("--pairs call each other, not a --trunk");
        }
        if (pairs && payload == Payload.SOUND) {
            throw new IllegalArgumentException("--sound is for an echo or a --trunk");
        }
        if (payload == Payload.SOUND && trunk.isPresent() && !DialledNumber.differs(number)) {
            throw new IllegalArgumentException("--sound wants {n} or {user} in --call");
        }
    }

    /** Phones that call; with pairs, as many others are called. */
    public int callers() {
        return pairs ? accounts.size() / 2 : accounts.size();
    }

    /** The number that this phone calls, counted from 0. */
    public String numberOf(int caller) {
        PhoneAccount whose = accounts.get(pairs ? callers() + caller : caller);
        return DialledNumber.of(number, whose.user());
    }

    /** From the first one's beginning to that one's, counted from 0. */
    public Duration beginsAfter(int index) {
        return Duration.ofNanos((long) (index * NANOS_PER_SECOND / rampPerSecond));
    }
}
