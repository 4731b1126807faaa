package io.jackfield.protocol.ice;

import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunKey;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunTransactionId;
import io.jackfield.protocol.stun.StunWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The controlling side towards a lite agent, for headless phones: checks, nomination, consent (RFC
 * 8445 §6.1.4, §7.2, §8.1; RFC 7675).
 *
 * <p>One socket, one component. Left out: answering checks, which a lite peer never sends,
 * gathering, and role conflicts, which cannot arise: a 487 fails the check.
 *
 * <p>One thread.
 */
public final class IceControllingClient {

    /** How pairs are nominated. */
    public enum Nomination {
        /** USE-CANDIDATE on a second check, after the first succeeded (RFC 8445 §8.1.1). */
        REGULAR,
        /** USE-CANDIDATE on every check (RFC 5245 §8.1.1.2, as older phones do). */
        AGGRESSIVE
    }

    /** Where the client stands. */
    public enum State {
        CHECKING,
        CONNECTED,
        /** No candidate answered. */
        FAILED,
        /** The peer stopped answering: send no more media (RFC 7675 §5.1). */
        CONSENT_EXPIRED
    }

    /** Ta: "SHOULD be 50 ms" between two checks (RFC 8445 §14.2). */
    private static final long PACE_NANOS = 50_000_000L;

    /** RTO of the first retransmission, doubled each time (RFC 8445 §14.3, RFC 8489 §6.2.1). */
    private static final long RTO_NANOS = 500_000_000L;

    /** Rc: "default of 7" transmissions (RFC 8489 §6.2.1). */
    private static final int TRANSMISSIONS_MAX = 7;

    /** Rm: "default of 16" times the RTO after the last transmission (RFC 8489 §6.2.1). */
    private static final int LAST_WAIT_RTOS = 16;

    /** RFC 7675 §5.1: each 5 s, "randomized from 80% to 120%". */
    private static final long CONSENT_INTERVAL_NANOS = 5_000_000_000L;

    /** Consent checks that may still be answered; one each 5 s, good for 30 s. */
    private static final int CONSENT_PENDING_MAX = 6;

    /** Type preference of a peer-reflexive candidate, local preference full, component 1. */
    private static final long PRIORITY = (110L << 24) | (65_535L << 8) | 255L;

    /** One candidate of the peer's on the check list. */
    private static final class Check {
        final InetSocketAddress remote;
        StunTransactionId transaction = new StunTransactionId(0, 0);
        int transmissions;
        long dueNanos;
        boolean nominating;
        boolean over;

        Check(InetSocketAddress remote, long dueNanos) {
            this.remote = remote;
            this.dueNanos = dueNanos;
        }
    }

    private final StunKey key;
    private final String username;
    private final Nomination nomination;
    private final RandomGenerator random;
    private final long tieBreaker;
    private final List<Check> checks = new ArrayList<>();
    private final List<StunTransactionId> consentPending = new ArrayList<>();
    private State state = State.CHECKING;
    private Optional<InetSocketAddress> selected = Optional.empty();
    private Optional<InetSocketAddress> mapped = Optional.empty();
    private long consentDueNanos;
    private long consentExpiresNanos;

    /**
     * @param remoteCandidates in order of preference: 1 to {@link IceLiteAgent#PAIRS_MAX}
     * @param random for the tie-breaker, transaction identifiers and the spread of consent checks
     */
    public IceControllingClient(
            IceCredentials local,
            IceCredentials remote,
            List<InetSocketAddress> remoteCandidates,
            Nomination nomination,
            RandomGenerator random,
            long nowNanos) {
        if (remoteCandidates.isEmpty() || remoteCandidates.size() > IceLiteAgent.PAIRS_MAX) {
            throw new IllegalArgumentException(
                    "1 to "
                            + IceLiteAgent.PAIRS_MAX
                            + " candidates, not "
                            + remoteCandidates.size());
        }
        this.key = StunKey.shortTerm(remote.password());
        this.username = remote.ufrag() + ":" + local.ufrag();
        this.nomination = nomination;
        this.random = random;
        this.tieBreaker = random.nextLong();
        for (int i = 0; i < remoteCandidates.size(); i++) {
            checks.add(new Check(remoteCandidates.get(i), nowNanos + i * PACE_NANOS));
        }
    }

    /**
     * The next check to send, if one is due: written to {@code out} (cleared here, then position 0
     * to limit).
     *
     * @return where to send it
     */
    public Optional<InetSocketAddress> poll(ByteBuffer out, long nowNanos) {
        out.clear().limit(0);
        return switch (state) {
            case CHECKING -> pollChecks(out, nowNanos);
            case CONNECTED -> pollConsent(out, nowNanos);
            case FAILED, CONSENT_EXPIRED -> Optional.empty();
        };
    }

    private Optional<InetSocketAddress> pollChecks(ByteBuffer out, long nowNanos) {
        for (Check check : checks) {
            if (check.over || check.dueNanos - nowNanos > 0) {
                continue;
            }
            if (check.transmissions == TRANSMISSIONS_MAX) {
                check.over = true;
                continue;
            }
            if (check.transmissions == 0) {
                check.transaction = newTransaction();
            }
            check.dueNanos = nowNanos + waitAfter(check.transmissions);
            check.transmissions++;
            write(check.transaction, nomination == Nomination.AGGRESSIVE || check.nominating, out);
            return Optional.of(check.remote);
        }
        failIfOver();
        return Optional.empty();
    }

    private static long waitAfter(int transmissionsBefore) {
        return transmissionsBefore == TRANSMISSIONS_MAX - 1
                ? RTO_NANOS * LAST_WAIT_RTOS
                : RTO_NANOS << transmissionsBefore;
    }

    private void failIfOver() {
        if (state == State.CHECKING && checks.stream().allMatch(check -> check.over)) {
            state = State.FAILED;
        }
    }

    private Optional<InetSocketAddress> pollConsent(ByteBuffer out, long nowNanos) {
        if (consentExpiresNanos - nowNanos <= 0) {
            state = State.CONSENT_EXPIRED;
            return Optional.empty();
        }
        if (consentDueNanos - nowNanos > 0) {
            return Optional.empty();
        }
        scheduleConsent(nowNanos);
        if (consentPending.size() == CONSENT_PENDING_MAX) {
            consentPending.removeFirst();
        }
        StunTransactionId transaction = newTransaction();
        consentPending.add(transaction);
        write(transaction, nomination == Nomination.AGGRESSIVE, out);
        return selected;
    }

    private void scheduleConsent(long nowNanos) {
        consentDueNanos = nowNanos + (long) (CONSENT_INTERVAL_NANOS * random.nextDouble(0.8, 1.2));
    }

    private StunTransactionId newTransaction() {
        return new StunTransactionId(random.nextInt(), random.nextLong());
    }

    private void write(StunTransactionId transaction, boolean nominates, ByteBuffer out) {
        List<StunAttribute> attributes = new ArrayList<>();
        attributes.add(new StunAttribute.Username(username));
        attributes.add(new StunAttribute.IceControlling(tieBreaker));
        if (nominates) {
            attributes.add(new StunAttribute.UseCandidate());
        }
        attributes.add(new StunAttribute.Priority(PRIORITY));
        out.clear();
        StunWriter.write(
                new StunMessage(StunClass.REQUEST, StunMessage.BINDING, transaction, attributes),
                key,
                out);
        out.flip();
    }

    /** Takes an answer. Never throws for what a packet says. */
    public IceOutcome handle(StunPacket packet, InetSocketAddress remote, long nowNanos) {
        StunMessage message = packet.message();
        boolean answer = message.isBinding(StunClass.SUCCESS) || message.isBinding(StunClass.ERROR);
        if (!answer) {
            return IceOutcome.UNEXPECTED;
        }
        boolean consent =
                consentPending.contains(message.transactionId())
                        && selected.equals(Optional.of(remote));
        Optional<Check> check = pending(message.transactionId(), remote);
        if (!consent && check.isEmpty()) {
            return IceOutcome.UNKNOWN_TRANSACTION;
        }
        if (!packet.provenBy(key)) {
            return IceOutcome.BAD_INTEGRITY;
        }
        if (message.messageClass() == StunClass.ERROR) {
            check.ifPresent(refused -> refused.over = true);
            failIfOver();
            return IceOutcome.CHECK_REFUSED;
        }
        check.ifPresent(done -> succeeded(done, message, nowNanos));
        if (consent) {
            consentPending.remove(message.transactionId());
            consentExpiresNanos = nowNanos + IceLiteAgent.CONSENT_NANOS;
        }
        return IceOutcome.CHECK_SUCCEEDED;
    }

    private Optional<Check> pending(StunTransactionId transaction, InetSocketAddress remote) {
        return checks.stream()
                .filter(check -> !check.over && check.transmissions > 0)
                .filter(check -> check.transaction.equals(transaction))
                .filter(check -> check.remote.equals(remote))
                .findFirst();
    }

    /** The first candidate that answers is as good as any: a lite peer has few and all direct. */
    private void succeeded(Check check, StunMessage answer, long nowNanos) {
        mapped =
                answer.first(StunAttribute.XorMappedAddress.class)
                        .map(StunAttribute.XorMappedAddress::address);
        if (nomination == Nomination.REGULAR && !check.nominating) {
            check.nominating = true;
            check.transmissions = 0;
            check.dueNanos = nowNanos;
            checks.removeIf(other -> other != check);
            return;
        }
        checks.clear();
        selected = Optional.of(check.remote);
        state = State.CONNECTED;
        consentExpiresNanos = nowNanos + IceLiteAgent.CONSENT_NANOS;
        scheduleConsent(nowNanos);
    }

    /** When {@link #poll} wants to be called. */
    public OptionalLong deadlineNanos() {
        return switch (state) {
            case CHECKING ->
                    checks.stream()
                            .filter(check -> !check.over)
                            .mapToLong(check -> check.dueNanos)
                            .reduce((a, b) -> b - a < 0 ? b : a);
            case CONNECTED ->
                    OptionalLong.of(
                            consentDueNanos - consentExpiresNanos < 0
                                    ? consentDueNanos
                                    : consentExpiresNanos);
            case FAILED, CONSENT_EXPIRED -> OptionalLong.empty();
        };
    }

    public State state() {
        return state;
    }

    /** Where to send media, once connected; empty again when consent ran out. */
    public Optional<InetSocketAddress> selectedRemote() {
        return state == State.CONNECTED ? selected : Optional.empty();
    }

    /** Our address as the peer sees it, from the first answer on. */
    public Optional<InetSocketAddress> mappedAddress() {
        return mapped;
    }
}
