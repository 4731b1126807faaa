package io.jackfield.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.jspecify.annotations.Nullable;

/** A certificate whose signatures may be verified a little later. Thread: the association's. */
final class PeerCertificate extends JcaTlsCertificate {
    private @Nullable LateVerification late;

    PeerCertificate(GuardedCrypto crypto, byte[] der) throws IOException {
        super(crypto, der);
    }

    void verifyLate(LateVerification verification) {
        late = verification;
    }

    @Override
    public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
        TlsVerifier verifier = super.createVerifier(signatureAlgorithm);
        return late == null ? verifier : late.postpone(verifier);
    }
}
