package io.jackfield.media.dtls;

import java.io.IOException;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;

/** Our certificate as Bouncy Castle wants it. Immutable; any thread. */
final class DtlsIdentity {
    private final GuardedCrypto crypto;
    private final DtlsCertificate certificate;
    private final Certificate chain;

    DtlsIdentity(GuardedCrypto crypto, DtlsCertificate certificate) {
        this.crypto = crypto;
        this.certificate = certificate;
        try {
            TlsCertificate parsed = crypto.createCertificate(certificate.der());
            this.chain = new Certificate(new TlsCertificate[] {parsed});
        } catch (IOException ourOwnMaking) {
            throw new IllegalStateException("cannot read our own certificate", ourOwnMaking);
        }
    }

    TlsCredentialedSigner signer(TlsContext context) {
        return new JcaDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                certificate.privateKey(),
                chain,
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }
}
