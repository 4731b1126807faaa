package io.jackfield.media.dtls;

import io.jackfield.protocol.sdp.Fingerprint;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate our end of every association shows: self-signed, ECDSA P-256, made at start.
 *
 * <p>Nobody checks who signed it: the peer compares its fingerprint with that of the session
 * description (RFC 8827 §6.5). Immutable; any thread. The private key stays inside.
 */
public final class DtlsCertificate {
    /** As long as browsers make theirs good for; a process that runs longer makes a new one. */
    public static final Duration VALID_FOR = Duration.ofDays(30);

    /** Clocks of peers may be behind ours. */
    private static final Duration VALID_BEFORE = Duration.ofDays(1);

    private final byte[] der;
    private final PrivateKey privateKey;
    private final Fingerprint fingerprint;
    private final Instant notAfter;

    DtlsCertificate(byte[] der, PrivateKey privateKey, Instant notAfter) {
        this.der = der;
        this.privateKey = privateKey;
        this.notAfter = notAfter;
        this.fingerprint = fingerprintOf(Fingerprint.Hash.SHA_256, der);
    }

    /** Makes a new key and certificate; a few milliseconds. */
    public static DtlsCertificate generate(SecureRandom random, Instant wallClock) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=WebRTC");
            Instant notAfter = wallClock.plus(VALID_FOR);
            X509v3CertificateBuilder builder =
                    new X509v3CertificateBuilder(
                            name,
                            new BigInteger(63, random).add(BigInteger.ONE),
                            Date.from(wallClock.minus(VALID_BEFORE)),
                            Date.from(notAfter),
                            name,
                            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            byte[] der =
                    builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate()))
                            .getEncoded();
            return new DtlsCertificate(der, keys.getPrivate(), notAfter);
        } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    /** SHA-256, for {@code a=fingerprint} (RFC 8122 §5). */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** When peers that look at the dates would begin to refuse it; browsers do not look. */
    public Instant notAfter() {
        return notAfter;
    }

    byte[] der() {
        return der.clone();
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /** The fingerprint of a certificate in DER form. */
    static Fingerprint fingerprintOf(Fingerprint.Hash hash, byte[] der) {
        try {
            return Fingerprint.of(hash, MessageDigest.getInstance(hash.digestName()).digest(der));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(hash + " is missing", everyJavaHasIt);
        }
    }
}
