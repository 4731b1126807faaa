package io.jackfield.protocol.ice;

import io.jackfield.protocol.stun.StunPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** SKELETON. */
@SuppressWarnings("DoNotCallSuggester")
public final class IceLiteAgent {
    /** A browser with two interfaces, both families and a VPN checks from about a dozen. */
    public static final int PAIRS_MAX = 32;

    /**
     * Time after the last check after which a pair is no longer good to send to or receive from
     * (RFC 7675 §5.1).
     */
    public static final long CONSENT_NANOS = 30_000_000_000L;

    /** Room a reply needs at most, in bytes. */
    public static final int REPLY_BYTES_MAX = 256;

    /**
     * @param remote empty while the peer's answer is still to come; checks may come first
     */
    public IceLiteAgent(IceCredentials local, Optional<IceCredentials> remote) {
        throw new UnsupportedOperationException();
    }

    /** Goes on as the agent of another node. */
    public static IceLiteAgent restore(IceState state, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * The ufrag a check is addressed to, for finding the agent: the part of USERNAME before the
     * first colon (RFC 8445 §7.2.2); empty where there is none.
     */
    public static Optional<String> addressedUfrag(StunPacket packet) {
        throw new UnsupportedOperationException();
    }

    /** The peer's credentials, once its answer is known. */
    public void remote(IceCredentials credentials) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes a STUN packet and writes the reply, if one is due.
     *
     * @param reply cleared here; on return from position 0 to limit what is to be sent back, from
     *     {@code local} to {@code remote}; empty where nothing is
     */
    public IceOutcome handle(
            StunPacket packet,
            InetSocketAddress local,
            InetSocketAddress remote,
            ByteBuffer reply,
            long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** True where a verified check came over this pair of addresses and its consent still holds. */
    public boolean accepts(InetSocketAddress local, InetSocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    /** The pair the peer nominated last; empty before that and after its consent ran out. */
    public Optional<IcePair> selectedPair() {
        throw new UnsupportedOperationException();
    }

    /** The remote addresses from which DTLS and SRTP may come; at most {@link #PAIRS_MAX}. */
    public Set<InetSocketAddress> validAddresses() {
        throw new UnsupportedOperationException();
    }

    /** ICE restart (RFC 8445 §9). */
    public void restart(IceCredentials newLocal, Optional<IceCredentials> newRemote) {
        throw new UnsupportedOperationException();
    }

    /** The ufrags by which checks may still find this agent: one, or two during a restart. */
    public Set<String> localUfrags() {
        throw new UnsupportedOperationException();
    }

    /** When {@link #handleTimeout} wants to be called: the next pair's consent runs out. */
    public OptionalLong deadlineNanos() {
        throw new UnsupportedOperationException();
    }

    /**
     * Forgets pairs whose consent has run out.
     *
     * @return true where the selected pair was among them: stop sending at once
     */
    public boolean handleTimeout(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** True from the moment the selected pair's consent ran out until another is nominated. */
    public boolean consentExpired() {
        throw new UnsupportedOperationException();
    }

    /** What another node needs to go on. */
    public IceState exportState(long nowNanos) {
        throw new UnsupportedOperationException();
    }
}
