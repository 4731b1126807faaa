package io.jackfield.media.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/**
 * Bouncy Castle's TLS over the JDK's own cryptography, whose P-256 and GCM are compiled to vector
 * instructions, with {@link GuardedCipher} around every cipher, {@link PreparedKeys} for X25519 and
 * certificates that can wait for their signature's verification ({@link PeerCertificate}).
 *
 * <p>Thread-safety: any thread.
 */
final class GuardedCrypto extends JcaTlsCrypto {
    private final PreparedKeys x25519;

    GuardedCrypto(SecureRandom random) {
        super(new DefaultJcaJceHelper(), random, random);
        this.x25519 = new PreparedKeys(super.createECDomain(new TlsECConfig(NamedGroup.x25519)));
    }

    /** Makes the key of a handshake that begins soon, while its path is still being found. */
    void prepareKey() {
        x25519.prepare();
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig config) {
        return config.getNamedGroup() == NamedGroup.x25519
                ? x25519::take
                : super.createECDomain(config);
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        if (type != CertificateType.X509) {
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
        }
        return new PeerCertificate(this, encoding);
    }

    @Override
    public TlsCipher createCipher(
            TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        return new GuardedCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
    }
}
