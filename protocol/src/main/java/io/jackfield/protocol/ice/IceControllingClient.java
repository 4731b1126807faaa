package io.jackfield.protocol.ice;

import io.jackfield.protocol.stun.StunPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
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
        FAILED,
        CONSENT_EXPIRED
    }

    /**
     * @param remoteCandidates in order of preference, at most {@link IceLiteAgent#PAIRS_MAX}
     * @param random for transaction identifiers and the spread of consent checks
     */
    public IceControllingClient(
            IceCredentials local,
            IceCredentials remote,
            List<InetSocketAddress> remoteCandidates,
            Nomination nomination,
            RandomGenerator random,
            long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * The next check to send, if one is due: written to {@code out} (cleared here, then position 0
     * to limit).
     *
     * @return where to send it
     */
    public Optional<InetSocketAddress> poll(ByteBuffer out, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Takes an answer. */
    public IceOutcome handle(StunPacket packet, InetSocketAddress remote, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** When {@link #poll} wants to be called. */
    public OptionalLong deadlineNanos() {
        throw new UnsupportedOperationException();
    }

    public State state() {
        throw new UnsupportedOperationException();
    }

    /** Where to send media, once connected. */
    public Optional<InetSocketAddress> selectedRemote() {
        throw new UnsupportedOperationException();
    }

    /** Our address as the peer sees it, from the first answer on. */
    public Optional<InetSocketAddress> mappedAddress() {
        throw new UnsupportedOperationException();
    }
}
