package io.jackfield.media.dtls;

import io.jackfield.protocol.sdp.Fingerprint;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts DTLS associations and bounds how many shake hands at one time.
 *
 * <p>Thread-safety: any thread.
 */
public final class DtlsEngine {
    private final GuardedCrypto crypto;
    private final DtlsCertificate certificate;
    private final DtlsIdentity identity;
    private final DtlsSettings settings;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong cancelled = new AtomicLong();

    public DtlsEngine(DtlsCertificate certificate, DtlsSettings settings, SecureRandom random) {
        this.crypto = new GuardedCrypto(random);
        this.certificate = certificate;
        this.identity = new DtlsIdentity(crypto, certificate);
        this.settings = settings;
    }

    /** For {@code a=fingerprint}. */
    public Fingerprint fingerprint() {
        return certificate.fingerprint();
    }

    /**
     * Begins an association; nothing is sent before {@link DtlsHandshake#release}.
     *
     * @param expected fingerprints of the peer's description; its certificate must match one of
     *     those with a strong hash
     * @return empty where {@link DtlsSettings#handshakesMax} run already: try again a little later
     */
    public Optional<DtlsHandshake> start(
            DtlsRole role, List<Fingerprint> expected, DtlsEvents events, long nowNanos) {
        if (running.incrementAndGet() > settings.handshakesMax()) {
            running.decrementAndGet();
            return Optional.empty();
        }
        DtlsAssociation association =
                new DtlsAssociation(
                        role, crypto, identity, settings, expected, events, this::ended, nowNanos);
        Thread.ofVirtual().name("dtls").start(association);
        return Optional.of(association);
    }

    private void ended(Optional<DtlsResult.Cause> failure) {
        running.decrementAndGet();
        if (failure.equals(Optional.of(DtlsResult.Cause.CANCELLED))) {
            cancelled.incrementAndGet();
        }
    }

    /** Handshakes that we closed before their end, since start: nobody needed them any more. */
    public long handshakesCancelled() {
        return cancelled.get();
    }

    /** Handshakes that run now. */
    public int handshakesRunning() {
        return running.get();
    }
}
