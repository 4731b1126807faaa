package io.jackfield.media.peer;

import io.jackfield.media.LegState;
import io.jackfield.media.Outcome;
import io.jackfield.media.dtls.DtlsEvents;
import io.jackfield.media.dtls.DtlsFilter;
import io.jackfield.media.dtls.DtlsHandshake;
import io.jackfield.media.dtls.DtlsResult;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.srtp.SrtpKeys;
import io.jackfield.protocol.srtp.SrtpOutcome;
import io.jackfield.protocol.srtp.SrtpReceiver;
import io.jackfield.protocol.srtp.SrtpSender;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * DTLS and the SRTP keys it gives, the second half of {@link PeerTransport}; which address a packet
 * came from has been checked before.
 *
 * <p>Thread: the media loop's.
 */
public final class KeyAgreement {
    /** Where too many handshakes run, this leg tries again. */
    private static final long RETRY_NANOS = 20_000_000L;

    /** As long as a handshake itself may take: then there is no hope. */
    private static final long RETRY_FOR_NANOS = 10_000_000_000L;

    /**
     * A ClientHello that waits for a path holds a thread and a place among the handshakes; a
     * browser checks within a fraction of this.
     */
    private static final long PREPARED_FOR_NANOS = 2_000_000_000L;

    /** The keys of one association, in use. */
    private record Active(
            SrtpKeys sendKeys, SrtpSender sender, SrtpKeys receiveKeys, SrtpReceiver receiver) {}

    private final DtlsStarter starter;
    private final LoopExecutor loop;
    private final PeerUser user;
    private final Consumer<ByteBuffer> out;
    private final EarlyPackets early = new EarlyPackets();

    private List<Fingerprint> fingerprints = List.of();
    private DtlsRole role = DtlsRole.SERVER;
    private int generation;
    private boolean due;
    private OptionalLong preparedUntil = OptionalLong.empty();
    private OptionalLong retryAt = OptionalLong.empty();
    private OptionalLong givesUpAt = OptionalLong.empty();
    private @Nullable DtlsHandshake association;
    private @Nullable Active active;

    /**
     * @param out sends a datagram of the association's to the peer
     */
    public KeyAgreement(
            DtlsStarter starter, LoopExecutor loop, PeerUser user, Consumer<ByteBuffer> out) {
        this.starter = starter;
        this.loop = loop;
        this.user = user;
        this.out = out;
    }

    /**
     * What the peer's certificate must match. As client the association is prepared; nothing of it
     * is sent before {@link #proceed}.
     */
    public void expect(List<Fingerprint> expected, DtlsRole ours, long nowNanos) {
        fingerprints = List.copyOf(expected);
        role = ours;
        due = true;
        if (role == DtlsRole.CLIENT && begin(nowNanos)) {
            preparedUntil = OptionalLong.of(nowNanos + PREPARED_FOR_NANOS);
        }
    }

    /** After an ICE restart: a new association where the fingerprint is new. */
    void expectAfterRestart(List<Fingerprint> expected, DtlsRole ours, long nowNanos) {
        if (fingerprints.equals(expected)) {
            return;
        }
        closeAssociation();
        expect(expected, ours, nowNanos);
    }

    /** Begins the association if one is due; there is a path. */
    public void proceed(long nowNanos) {
        boolean waits = retryAt.isPresent() && retryAt.getAsLong() - nowNanos > 0;
        if (!due || waits) {
            return;
        }
        if (preparedUntil.isEmpty() && !begin(nowNanos)) {
            tryLater(nowNanos);
            return;
        }
        due = false;
        preparedUntil = OptionalLong.empty();
        retryAt = OptionalLong.empty();
        givesUpAt = OptionalLong.empty();
        DtlsHandshake begun = Objects.requireNonNull(association);
        begun.release();
        early.takeHello().ifPresent(hello -> begun.offer(ByteBuffer.wrap(hello), nowNanos));
    }

    /** False where too many handshakes run. */
    private boolean begin(long nowNanos) {
        Optional<DtlsHandshake> started = starter.start(role, fingerprints, new Events(), nowNanos);
        started.ifPresent(handshake -> association = handshake);
        return started.isPresent();
    }

    private void tryLater(long nowNanos) {
        if (givesUpAt.isEmpty()) {
            givesUpAt = OptionalLong.of(nowNanos + RETRY_FOR_NANOS);
        }
        retryAt = OptionalLong.of(nowNanos + RETRY_NANOS);
        if (givesUpAt.getAsLong() - nowNanos <= 0) {
            due = false;
            retryAt = OptionalLong.empty();
            user.event(
                    new PeerEvent.KeysFailed(
                            DtlsResult.Cause.TIMEOUT, "too many handshakes at one time"));
        }
    }

    /** When {@link #handleTimeout}, and {@link #proceed} after it, want to be called. */
    public OptionalLong deadlineNanos() {
        return preparedUntil.isPresent() ? preparedUntil : retryAt;
    }

    /** Gives up what was prepared for a path that does not come; {@link #proceed} begins anew. */
    public void handleTimeout(long nowNanos) {
        if (preparedUntil.isPresent() && preparedUntil.getAsLong() - nowNanos <= 0) {
            closeAssociation();
        }
    }

    /** Takes a datagram of DTLS records. */
    public Outcome dtls(ByteBuffer datagram, long nowNanos) {
        if (association == null || preparedUntil.isPresent()) {
            // The peer may be faster than signalling: its hello waits for the fingerprint.
            early.keepHello(datagram);
            return Outcome.DTLS_TAKEN;
        }
        return association.offer(datagram, nowNanos) == DtlsFilter.PASSED
                ? Outcome.DTLS_TAKEN
                : Outcome.DTLS_REFUSED;
    }

    /** Takes an SRTP packet, which is decrypted in place and handed to the user. */
    public Outcome srtp(ByteBuffer packet, long nowNanos) {
        if (active == null) {
            return keepForKeys(packet);
        }
        SrtpOutcome outcome = active.receiver().unprotect(packet);
        return outcome == SrtpOutcome.ACCEPTED ? user.rtp(packet, nowNanos) : refusal(outcome);
    }

    /** The same for SRTCP. */
    public Outcome srtcp(ByteBuffer packet, long nowNanos) {
        if (active == null) {
            return Outcome.BEFORE_KEYS;
        }
        SrtpOutcome outcome = active.receiver().unprotectRtcp(packet);
        return outcome == SrtpOutcome.ACCEPTED ? user.rtcp(packet, nowNanos) : refusal(outcome);
    }

    /** The peer has its keys a moment before we have ours, and speaks at once. */
    private Outcome keepForKeys(ByteBuffer packet) {
        return association != null && early.keep(packet) ? Outcome.UNHEARD : Outcome.BEFORE_KEYS;
    }

    private static Outcome refusal(SrtpOutcome outcome) {
        return switch (outcome) {
            case BAD_TAG, NOT_ENCRYPTED -> Outcome.BAD_TAG;
            case REPLAYED -> Outcome.REPLAYED;
            case ACCEPTED,
                    TOO_SHORT,
                    MALFORMED,
                    INDEX_USED,
                    KEY_EXHAUSTED,
                    TOO_MANY_SSRCS,
                    NO_ROOM ->
                    Outcome.MALFORMED;
        };
    }

    /** True once there are keys. */
    public boolean ready() {
        return active != null;
    }

    /** Encrypts an RTP packet in place; there are keys. */
    public SrtpOutcome protect(ByteBuffer packet) {
        return active == null ? SrtpOutcome.KEY_EXHAUSTED : active.sender().protect(packet);
    }

    /** The same for RTCP. */
    public SrtpOutcome protectRtcp(ByteBuffer compound) {
        return active == null ? SrtpOutcome.KEY_EXHAUSTED : active.sender().protectRtcp(compound);
    }

    private void result(DtlsResult result, long nowNanos) {
        switch (result) {
            case DtlsResult.Established(var send, var receive, var cipher) -> {
                active = new Active(send, new SrtpSender(send), receive, new SrtpReceiver(receive));
                user.event(new PeerEvent.Keyed(send.profile(), cipher));
                early.takePackets(packet -> srtp(packet, nowNanos));
            }
            case DtlsResult.Failed(var cause, var detail) -> {
                early.clear();
                // Closed before its end, nobody waits for its keys any more: that is no failure.
                if (cause != DtlsResult.Cause.CANCELLED) {
                    user.event(new PeerEvent.KeysFailed(cause, detail));
                }
            }
            case DtlsResult.Closed(var detail) ->
                    user.event(new PeerEvent.AssociationClosed(detail));
        }
    }

    /** Brings what an association says to the loop, for as long as it is the current one. */
    private final class Events implements DtlsEvents {
        private final int mine = ++generation;

        @Override
        public void send(ByteBuffer datagram) {
            loop.execute(_ -> {
                if (mine == generation) {
                    out.accept(datagram);
                }
            });
        }

        @Override
        public void result(DtlsResult result) {
            loop.execute(nowNanos -> {
                if (mine == generation) {
                    KeyAgreement.this.result(result, nowNanos);
                }
            });
        }
    }

    List<Fingerprint> fingerprints() {
        return fingerprints;
    }

    Optional<LegState.Keys> exportState() {
        return Optional.ofNullable(active)
                .map(a ->
                        new LegState.Keys(
                                a.sendKeys(),
                                a.sender().exportState(),
                                a.receiveKeys(),
                                a.receiver().exportState()));
    }

    private void closeAssociation() {
        if (association != null) {
            association.close();
            association = null;
            preparedUntil = OptionalLong.empty();
            generation++;
        }
        early.clear();
    }

    /** Ends the association. */
    public void close() {
        if (preparedUntil.isPresent()) {
            closeAssociation();
        } else if (association != null) {
            association.close();
        }
        due = false;
        early.clear();
    }
}
