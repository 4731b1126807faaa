package io.jackfield.media.dtls;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsSecret;

/**
 * Key pairs that are made while nobody waits for them, each used once, in one handshake.
 *
 * <p>Thread-safety: any thread.
 */
final class PreparedKeys {
    /** Handshakes that begin at about the same time; the next ones make their key when needed. */
    private static final int KEPT_MAX = 32;

    private final BlockingQueue<TlsAgreement> kept = new ArrayBlockingQueue<>(KEPT_MAX);
    private final TlsECDomain domain;

    PreparedKeys(TlsECDomain domain) {
        this.domain = domain;
    }

    /** Makes one more key pair, unless enough are kept. */
    void prepare() {
        if (kept.remainingCapacity() == 0) {
            return;
        }
        try {
            boolean _ = kept.offer(new Prepared(domain.createECDH()));
        } catch (IOException unlikely) {
            // The handshake makes a key of its own then, and says what is wrong.
        }
    }

    /** A key pair for one handshake. */
    TlsAgreement take() {
        TlsAgreement prepared = kept.poll();
        return prepared == null ? domain.createECDH() : prepared;
    }

    /** An agreement whose own key is there already. */
    private static final class Prepared implements TlsAgreement {
        private final TlsAgreement agreement;
        private final byte[] publicKey;

        Prepared(TlsAgreement agreement) throws IOException {
            this.agreement = agreement;
            this.publicKey = agreement.generateEphemeral();
        }

        @Override
        public byte[] generateEphemeral() {
            return publicKey;
        }

        @Override
        public void receivePeerValue(byte[] peerValue) throws IOException {
            agreement.receivePeerValue(peerValue);
        }

        @Override
        public TlsSecret calculateSecret() throws IOException {
            return agreement.calculateSecret();
        }
    }
}
