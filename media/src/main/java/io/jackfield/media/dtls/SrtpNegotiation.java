package io.jackfield.media.dtls;

import io.jackfield.protocol.sdp.Fingerprint;
import io.jackfield.protocol.srtp.SrtpKeys;
import io.jackfield.protocol.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * What both roles do on top of DTLS: agree on an SRTP profile (RFC 5764 §4.1), check the peer's
 * certificate by fingerprint, export the keys (§4.2).
 *
 * <p>Thread: the association's; what it found is read there afterwards.
 */
final class SrtpNegotiation {
    private final DtlsRole role;
    private final List<SrtpProfile> ours;
    private final List<Fingerprint> expected;

    private Optional<SrtpProfile> profile = Optional.empty();
    private Optional<DtlsResult.Established> established = Optional.empty();
    private boolean certificateSeen;
    private boolean fingerprintMismatch;

    SrtpNegotiation(DtlsRole role, List<SrtpProfile> ours, List<Fingerprint> expected) {
        this.role = role;
        this.ours = ours;
        this.expected = expected;
    }

    /** As server: the first of our profiles that the client offers. */
    void choose(@Nullable UseSRTPData offered) throws TlsFatalAlert {
        if (offered == null) {
            throw new TlsFatalAlert(
                    AlertDescription.handshake_failure, "no use_srtp in the ClientHello");
        }
        profile = ours.stream().filter(p -> contains(offered, p)).findFirst();
        if (profile.isEmpty()) {
            throw new TlsFatalAlert(
                    AlertDescription.handshake_failure, "no SRTP profile in common");
        }
    }

    /** As client: exactly one profile, one that we offered, and no MKI (RFC 5764 §4.1.1). */
    void accept(@Nullable UseSRTPData answered) throws TlsFatalAlert {
        boolean fits =
                answered != null
                        && answered.getProtectionProfiles().length == 1
                        && answered.getMki().length == 0;
        if (fits) {
            profile = ours.stream().filter(p -> contains(answered, p)).findFirst();
        }
        if (profile.isEmpty()) {
            throw new TlsFatalAlert(
                    AlertDescription.illegal_parameter, "the server chose no profile of ours");
        }
    }

    private static boolean contains(@Nullable UseSRTPData data, SrtpProfile profile) {
        return data != null
                && Arrays.stream(data.getProtectionProfiles())
                        .anyMatch(id -> id == profile.dtlsId());
    }

    /** What we offer as client. */
    UseSRTPData offer() {
        int[] ids = ours.stream().mapToInt(SrtpProfile::dtlsId).toArray();
        return new UseSRTPData(ids, new byte[0]);
    }

    /** What we answer as server. */
    UseSRTPData answer() {
        int[] id = profile.stream().mapToInt(SrtpProfile::dtlsId).toArray();
        return new UseSRTPData(id, new byte[0]);
    }

    /**
     * "the endpoint MUST NOT" go on unless the certificate matches a fingerprint (RFC 8122 §5).
     * Comes before any key exists.
     */
    void checkCertificate(@Nullable Certificate certificate) throws IOException {
        certificateSeen = true;
        if (certificate == null || certificate.isEmpty()) {
            fingerprintMismatch = true;
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "no certificate");
        }
        byte[] der = certificate.getCertificateAt(0).getEncoded();
        boolean matches =
                expected.stream()
                        .filter(f -> f.hash().isStrong())
                        .anyMatch(f -> DtlsCertificate.fingerprintOf(f.hash(), der).equals(f));
        if (!matches) {
            fingerprintMismatch = true;
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate,
                    "fingerprint is not that of the session description");
        }
    }

    /** Takes the keys out before Bouncy Castle forgets the secret they come from. */
    void complete(TlsContext context) {
        SrtpProfile agreed = profile.orElseThrow();
        byte[] exported =
                context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, agreed.exporterBytes());
        SrtpKeys client = SrtpKeys.ofClient(agreed, exported);
        SrtpKeys server = SrtpKeys.ofServer(agreed, exported);
        Arrays.fill(exported, (byte) 0);
        String cipher =
                CipherSuites.name(context.getSecurityParametersConnection().getCipherSuite());
        established =
                Optional.of(
                        switch (role) {
                            case CLIENT -> new DtlsResult.Established(client, server, cipher);
                            case SERVER -> new DtlsResult.Established(server, client, cipher);
                        });
    }

    Optional<DtlsResult.Established> established() {
        return established;
    }

    /** True once the peer has shown a certificate, right or wrong. */
    boolean certificateSeen() {
        return certificateSeen;
    }

    boolean fingerprintMismatch() {
        return fingerprintMismatch;
    }
}
