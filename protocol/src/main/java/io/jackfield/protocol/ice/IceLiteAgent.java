package io.jackfield.protocol.ice;

import io.jackfield.protocol.stun.StunAttribute;
import io.jackfield.protocol.stun.StunClass;
import io.jackfield.protocol.stun.StunMessage;
import io.jackfield.protocol.stun.StunPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A lite agent (RFC 8445 §2.5, §7.3): it answers checks, always controlled, and never sends one.
 *
 * <p>Its main product is {@link #accepts}: the addresses that proved to be the peer's. DTLS, SRTP
 * and SRTCP are taken from nowhere else, and media goes only to the pair the peer nominated last.
 *
 * <p>A packet that is not proven to be the peer's earns no answer, though the RFC would allow 400
 * or 401: a stranger learns nothing and reflects nothing. To find that out costs one HMAC at most.
 * An answer is never longer than 1.2 times its check.
 *
 * <p>Consent (RFC 7675): a lite agent sends no checks, so it takes those that it receives for
 * consent, each for {@link #CONSENT_NANOS}. When that runs out the pair is forgotten; a later check
 * brings it back, e.g. after a laptop's sleep. Whether the call then still exists is not decided
 * here.
 *
 * <p>One thread; one agent per leg (one component, everything bundled).
 */
public final class IceLiteAgent {
    /** A browser with two interfaces, both families and a VPN checks from about a dozen. */
    public static final int PAIRS_MAX = 32;

    /**
     * Time after the last check after which a pair is no longer good to send to or receive from
     * (RFC 7675 §5.1): 30 s.
     */
    public static final long CONSENT_NANOS = 30_000_000_000L;

    /** Room a reply needs at most, in bytes. */
    public static final int REPLY_BYTES_MAX = 256;

    private final CheckedPairs pairs = new CheckedPairs();
    private LocalGeneration current;
    private Optional<LocalGeneration> previous = Optional.empty();
    private boolean consentExpired;

    /**
     * @param remote empty while the peer's answer is still to come; checks may come first
     */
    public IceLiteAgent(IceCredentials local, Optional<IceCredentials> remote) {
        current = new LocalGeneration(local, remote);
    }

    /** Goes on as the agent of another node. */
    public static IceLiteAgent restore(IceState state, long nowNanos) {
        IceLiteAgent agent = new IceLiteAgent(state.local(), state.remote());
        agent.previous =
                state.previousLocal().map(old -> new LocalGeneration(old, Optional.empty()));
        agent.pairs.restore(state, nowNanos);
        return agent;
    }

    /**
     * The ufrag a check is addressed to, for finding the agent: the part of USERNAME before the
     * first colon (RFC 8445 §7.2.2); empty where there is none. Nothing is proven by it yet.
     */
    public static Optional<String> addressedUfrag(StunPacket packet) {
        return packet.message()
                .username()
                .filter(name -> name.indexOf(':') > 0)
                .map(name -> name.substring(0, name.indexOf(':')));
    }

    /** The peer's credentials, once its answer is known. From then on its ufrag is checked too. */
    public void remote(IceCredentials credentials) {
        current = current.withRemote(credentials);
    }

    /**
     * Takes a STUN packet and writes the reply, if one is due. Never throws for what a packet says.
     *
     * @param local the address of ours on which it came in
     * @param reply at least {@link #REPLY_BYTES_MAX} long; cleared here; on return from position 0
     *     to limit what is to be sent from {@code local} to {@code remote}; empty where nothing is
     */
    public IceOutcome handle(
            StunPacket packet,
            InetSocketAddress local,
            InetSocketAddress remote,
            ByteBuffer reply,
            long nowNanos) {
        reply.clear().limit(0);
        StunMessage message = packet.message();
        if (message.isBinding(StunClass.INDICATION)) {
            return IceOutcome.INDICATION;
        }
        if (!message.isBinding(StunClass.REQUEST)) {
            return IceOutcome.UNEXPECTED;
        }
        if (!packet.hasFingerprint()) {
            return IceOutcome.NO_FINGERPRINT;
        }
        if (!packet.hasIntegrity() || message.username().isEmpty()) {
            return IceOutcome.NO_CREDENTIALS;
        }
        Optional<LocalGeneration> addressed = generation(message.username().get());
        if (addressed.isEmpty()) {
            return IceOutcome.UNKNOWN_USERNAME;
        }
        LocalGeneration generation = addressed.get();
        if (!packet.provenBy(generation.key())) {
            return IceOutcome.BAD_INTEGRITY;
        }
        reply.clear();
        IceOutcome outcome =
                verified(message, generation, new IcePair(local, remote), reply, nowNanos);
        reply.flip();
        return outcome;
    }

    private Optional<LocalGeneration> generation(String username) {
        if (current.isAddressedBy(username)) {
            return Optional.of(current);
        }
        return previous.filter(old -> old.isAddressedBy(username));
    }

    private IceOutcome verified(
            StunMessage check,
            LocalGeneration generation,
            IcePair pair,
            ByteBuffer reply,
            long nowNanos) {
        List<Integer> notUnderstood = check.notUnderstood();
        if (!notUnderstood.isEmpty()) {
            CheckReply.notUnderstood(check, notUnderstood, generation.key(), reply);
            return IceOutcome.NOT_UNDERSTOOD;
        }
        if (check.first(StunAttribute.IceControlled.class).isPresent()) {
            CheckReply.roleConflict(check, generation.key(), reply);
            return IceOutcome.ROLE_CONFLICT;
        }
        if (generation == current) {
            previous = Optional.empty();
        }
        CheckReply.success(check, pair.remote(), generation.key(), reply);
        boolean nominated = pairs.checked(pair, check.useCandidate(), nowNanos);
        consentExpired &= !nominated;
        return nominated ? IceOutcome.NOMINATED : IceOutcome.ANSWERED;
    }

    /** True where a verified check came over this pair of addresses and its consent still holds. */
    public boolean accepts(InetSocketAddress local, InetSocketAddress remote) {
        return pairs.contains(local, remote);
    }

    /** The pair the peer nominated last; empty before that and after its consent ran out. */
    public Optional<IcePair> selectedPair() {
        return pairs.selected();
    }

    /** The remote addresses from which DTLS and SRTP may come; at most {@link #PAIRS_MAX}. */
    public Set<InetSocketAddress> validAddresses() {
        return pairs.remotes();
    }

    /**
     * ICE restart (RFC 8445 §9). Media goes on over the pairs there are; checks with the old
     * credentials are good until the first one with the new. Where the last restart's have not been
     * used yet, they are dropped and the ones before it stay good.
     */
    public void restart(IceCredentials newLocal, Optional<IceCredentials> newRemote) {
        previous = previous.or(() -> Optional.of(current));
        current = new LocalGeneration(newLocal, newRemote);
    }

    /** The ufrags by which checks may find this agent: one, or two during a restart. */
    public Set<String> localUfrags() {
        Set<String> ufrags = new LinkedHashSet<>();
        ufrags.add(current.local().ufrag());
        previous.ifPresent(old -> ufrags.add(old.local().ufrag()));
        return ufrags;
    }

    /** When {@link #handleTimeout} wants to be called: the next pair's consent runs out. */
    public OptionalLong deadlineNanos() {
        return pairs.deadlineNanos();
    }

    /**
     * Forgets pairs whose consent has run out.
     *
     * @return true where the selected pair was among them: stop sending at once
     */
    public boolean handleTimeout(long nowNanos) {
        boolean lost = pairs.forgetExpired(nowNanos);
        consentExpired |= lost;
        return lost;
    }

    /** True from the moment the selected pair's consent ran out until another is nominated. */
    public boolean consentExpired() {
        return consentExpired;
    }

    /** What another node needs to go on. */
    public IceState exportState(long nowNanos) {
        return new IceState(
                current.local(),
                current.remote(),
                previous.map(LocalGeneration::local),
                pairs.export(nowNanos),
                pairs.selected());
    }
}
