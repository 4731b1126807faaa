package io.jackfield.media.peer;

import io.jackfield.media.LegState;
import io.jackfield.media.Outcome;
import io.jackfield.media.dtls.DtlsResult;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.ice.IceLiteAgent;
import io.jackfield.protocol.ice.IceOutcome;
import io.jackfield.protocol.ice.IcePair;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.srtp.SrtpOutcome;
import io.jackfield.protocol.stun.StunPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * ICE-lite, DTLS and SRTP towards one browser.
 *
 * <p>The order of trust: a check with the password of the session description makes an address
 * good; from good addresses alone DTLS is read; the certificate must be the description's; its keys
 * alone open SRTP. A packet that fails at any step is counted and dropped, and changes nothing.
 *
 * <p>An ICE restart (RFC 8445 §9) moves the path and keeps the keys. Only where it comes with
 * another fingerprint, as after a page was loaded anew, a second association is made, and the old
 * keys work until it is done.
 *
 * <p>Thread: the media loop's.
 */
public final class PeerTransport {
    private final IceLiteAgent ice;
    private final KeyAgreement keys;
    private final PeerUser user;

    private IceCredentials local;
    private Optional<IceCredentials> remote = Optional.empty();
    private Optional<IcePair> path = Optional.empty();
    private boolean nominated;
    private boolean awaitsNewGeneration;

    /**
     * @param loop runs what comes back from handshakes on this transport's thread
     */
    public PeerTransport(IceCredentials local, DtlsStarter dtls, LoopExecutor loop, PeerUser user) {
        this.local = local;
        this.ice = new IceLiteAgent(local, Optional.empty());
        this.user = user;
        this.keys = new KeyAgreement(dtls, loop, user, this::sendDtls);
    }

    /**
     * The peer's end, the first time and after every re-negotiation. The same again changes
     * nothing; another fingerprint is heeded only together with other ICE credentials (RFC 8842
     * §4.4).
     */
    public void remote(
            IceCredentials credentials,
            List<Fingerprint> fingerprints,
            DtlsRole role,
            long nowNanos) {
        boolean first = remote.isEmpty();
        boolean restarted = !first && !remote.get().equals(credentials);
        if (first || restarted) {
            ice.remote(credentials);
            remote = Optional.of(credentials);
        }
        if (first) {
            keys.expect(fingerprints, role, nowNanos);
        } else if (restarted) {
            keys.expectAfterRestart(fingerprints, role, nowNanos);
        }
        proceed(nowNanos);
    }

    /** ICE restart: checks with these credentials are good from now on, the old ones until then. */
    public void restart(IceCredentials newLocal) {
        local = newLocal;
        ice.restart(newLocal, Optional.empty());
        awaitsNewGeneration = true;
    }

    /**
     * Takes a STUN packet addressed to this leg.
     *
     * @param reply as {@link IceLiteAgent#handle} wants it; to be sent back where not empty
     */
    public Outcome stun(
            StunPacket packet,
            InetSocketAddress to,
            InetSocketAddress from,
            ByteBuffer reply,
            long nowNanos) {
        IceOutcome outcome = ice.handle(packet, to, from, reply, nowNanos);
        switch (outcome) {
            case NOMINATED -> choose(new IcePair(to, from));
            case ANSWERED -> considerBeforeNomination(to, from);
            case ROLE_CONFLICT,
                    NOT_UNDERSTOOD,
                    CHECK_SUCCEEDED,
                    CHECK_REFUSED,
                    INDICATION,
                    UNEXPECTED,
                    NO_FINGERPRINT,
                    NO_CREDENTIALS,
                    UNKNOWN_USERNAME,
                    BAD_INTEGRITY,
                    UNKNOWN_TRANSACTION -> {
                return Outcome.STUN_REFUSED;
            }
        }
        noteGeneration();
        proceed(nowNanos);
        return Outcome.STUN_ANSWERED;
    }

    private void choose(IcePair pair) {
        nominated = true;
        take(pair);
    }

    /**
     * Any valid pair may carry packets before one is nominated (RFC 8445 §12.1), and waiting would
     * cost browsers 50 ms.
     */
    private void considerBeforeNomination(InetSocketAddress to, InetSocketAddress from) {
        if (!nominated && path.isEmpty()) {
            take(new IcePair(to, from));
        }
    }

    private void take(IcePair pair) {
        Optional<IcePair> before = path;
        path = Optional.of(pair);
        if (!before.equals(path)) {
            user.event(new PeerEvent.PathChosen(pair));
        }
    }

    private void noteGeneration() {
        if (awaitsNewGeneration && ice.localUfrags().size() == 1) {
            awaitsNewGeneration = false;
        }
    }

    private void proceed(long nowNanos) {
        if (path.isPresent() && !awaitsNewGeneration) {
            keys.proceed(nowNanos);
        }
    }

    /** Takes a datagram of DTLS records. */
    public Outcome dtls(
            ByteBuffer datagram, InetSocketAddress to, InetSocketAddress from, long nowNanos) {
        return ice.accepts(to, from) ? keys.dtls(datagram, nowNanos) : Outcome.UNKNOWN_SOURCE;
    }

    /** Takes an SRTP packet, which is decrypted in place. */
    public Outcome srtp(
            ByteBuffer packet, InetSocketAddress to, InetSocketAddress from, long nowNanos) {
        return ice.accepts(to, from) ? keys.srtp(packet, nowNanos) : Outcome.UNKNOWN_SOURCE;
    }

    /** Takes an SRTCP packet, which is decrypted in place. */
    public Outcome srtcp(
            ByteBuffer packet, InetSocketAddress to, InetSocketAddress from, long nowNanos) {
        return ice.accepts(to, from) ? keys.srtcp(packet, nowNanos) : Outcome.UNKNOWN_SOURCE;
    }

    /** True where media can be sent: there are a path, consent and keys. */
    public boolean ready() {
        return path.isPresent() && keys.ready();
    }

    /**
     * Protects and sends an RTP packet, from position to limit with room for a tag behind.
     *
     * @return {@code FORWARDED}, or why it did not leave
     */
    public Outcome sendRtp(ByteBuffer packet) {
        return ready() ? sendIf(keys.protect(packet), packet) : Outcome.NO_PATH;
    }

    /** The same for an RTCP compound. */
    public Outcome sendRtcp(ByteBuffer compound) {
        return ready() ? sendIf(keys.protectRtcp(compound), compound) : Outcome.NO_PATH;
    }

    private Outcome sendIf(SrtpOutcome outcome, ByteBuffer packet) {
        return outcome == SrtpOutcome.ACCEPTED && send(packet)
                ? Outcome.FORWARDED
                : Outcome.SEND_FAILED;
    }

    private boolean send(ByteBuffer datagram) {
        IcePair pair = path.orElseThrow();
        return user.send(datagram, pair.local(), pair.remote());
    }

    private void sendDtls(ByteBuffer datagram) {
        if (path.isPresent()) {
            boolean _ = send(datagram);
        }
    }

    /** When {@link #handleTimeout} wants to be called. */
    public OptionalLong deadlineNanos() {
        OptionalLong consent = ice.deadlineNanos();
        OptionalLong retry = keys.deadlineNanos();
        if (consent.isEmpty() || retry.isEmpty()) {
            return consent.isPresent() ? consent : retry;
        }
        boolean consentFirst = consent.getAsLong() - retry.getAsLong() < 0;
        return consentFirst ? consent : retry;
    }

    /** Lets consent run out, and begins a handshake there was no room for. */
    public void handleTimeout(long nowNanos) {
        boolean lost = ice.handleTimeout(nowNanos);
        if (lost || path.filter(p -> !ice.accepts(p.local(), p.remote())).isPresent()) {
            path = Optional.empty();
            nominated = false;
        }
        if (lost) {
            user.event(new PeerEvent.ConsentLost());
        }
        keys.handleTimeout(nowNanos);
        proceed(nowNanos);
    }

    /** The ufrags by which checks find this leg. */
    public Set<String> ufrags() {
        return ice.localUfrags();
    }

    /** The addresses by which DTLS and SRTP find this leg. */
    public Set<InetSocketAddress> addresses() {
        return ice.validAddresses();
    }

    /** Our newest credentials. */
    public IceCredentials local() {
        return local;
    }

    /** What another node needs to go on. */
    public LegState.Transport.WebRtc exportState(long nowNanos) {
        return new LegState.Transport.WebRtc(
                ice.exportState(nowNanos), keys.fingerprints(), keys.exportState());
    }

    /** Closes the association. */
    public void close() {
        keys.close();
    }

    /** The words with which a failure is reported. */
    public static String words(DtlsResult.Cause cause) {
        return switch (cause) {
            case FINGERPRINT_MISMATCH -> "fingerprint";
            case TIMEOUT -> "timeout";
            case NOTHING_IN_COMMON -> "nothing in common";
            case REFUSED_BY_PEER -> "refused by the peer";
            case PROTOCOL_VIOLATION -> "protocol violation";
            case CANCELLED -> "cancelled";
        };
    }
}
