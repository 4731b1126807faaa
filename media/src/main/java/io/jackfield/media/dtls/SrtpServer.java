package io.jackfield.media.dtls;

import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCrypto;

/** What Bouncy Castle asks of a server, answered for DTLS-SRTP. */
final class SrtpServer extends AbstractTlsServer {
    private final DtlsIdentity identity;
    private final SrtpNegotiation negotiation;
    private final HandshakeTiming timing;

    SrtpServer(
            TlsCrypto crypto,
            DtlsIdentity identity,
            SrtpNegotiation negotiation,
            HandshakeTiming timing) {
        super(crypto);
        this.identity = identity;
        this.negotiation = negotiation;
        this.timing = timing;
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
    public int[] getSupportedGroups() {
        return CipherSuites.groups();
    }

    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return CipherSuites.groups()[0];
        }
        return Arrays.stream(CipherSuites.groups())
                .filter(group -> Arrays.stream(offered).anyMatch(o -> o == group))
                .findFirst()
                .orElse(-1);
    }

    @Override
    protected int getMaximumNegotiableCurveBits() {
        return selectECDH(0) < 0 ? 0 : super.getMaximumNegotiableCurveBits();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        negotiation.choose(TlsSRTPUtils.getUseSRTPExtension(clientExtensions));
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, negotiation.answer());
        return extensions;
    }

    @Override
    public TlsCredentials getCredentials() {
        return identity.signer(context);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public CertificateRequest getCertificateRequest() {
        Vector algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, algorithms, null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        negotiation.checkCertificate(clientCertificate);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
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
