package io.jackfield.media.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** What Bouncy Castle asks of a client, answered for DTLS-SRTP. */
final class SrtpClient extends AbstractTlsClient {
    private final DtlsIdentity identity;
    private final SrtpNegotiation negotiation;
    private final HandshakeTiming timing;
    private final LateVerification late;

    SrtpClient(
            TlsCrypto crypto,
            DtlsIdentity identity,
            SrtpNegotiation negotiation,
            HandshakeTiming timing,
            LateVerification late) {
        super(crypto);
        this.identity = identity;
        this.negotiation = negotiation;
        this.timing = timing;
        this.late = late;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), CipherSuites.suites());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"})
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        Vector groups = new Vector();
        Arrays.stream(CipherSuites.groups()).forEach(group -> groups.add(group));
        return groups;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, negotiation.offer());
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        negotiation.accept(TlsSRTPUtils.getUseSRTPExtension(serverExtensions));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                negotiation.checkCertificate(shown.getCertificate());
                if (shown.getCertificate().getCertificateAt(0) instanceof PeerCertificate peer) {
                    peer.verifyLate(late);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return identity.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        late.perform();
        negotiation.complete(context);
    }

    /** The keys' exporter is bound to the handshake by it (RFC 7627). */
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /** Nobody can renegotiate here, so whether it would be secure does not matter. */
    @Override
    public void notifySecureRenegotiation(boolean secureRenegotiation) {}

    @Override
    public int getHandshakeTimeoutMillis() {
        return timing.timeoutMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return timing.resendMillis();
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return DtlsRecordGuard.MESSAGE_BYTES_MAX;
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        timing.alertReceived(description);
    }
}
