package io.jackfield.server.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS of SIP connections to and from trunks (RFC 3261 §26.3, RFC 5922).
 *
 * <p>Thread-safety: any thread. A handshake blocks the calling one; whoever calls has to end the
 * socket when it takes too long.
 */
public final class SipTls {
    /** The dNSName of a subjectAltName (RFC 5280 §4.2.1.6). */
    private static final int DNS_NAME = 2;

    private final SSLContext context;
    private final X509TrustManager trust;
    private final Optional<ServerName> name;

    /**
     * The result of a handshake.
     *
     * @param peerName the name that the peer's certificate proves, when it showed one we trust
     */
    public record Handshake(SSLSocket socket, Optional<String> peerName) {}

    /**
     * @param authorities whom we believe about trunks; empty: the system's usual ones
     * @param name what clients must ask for; empty: anything
     */
    public SipTls(TlsIdentity identity, Optional<KeyStore> authorities, Optional<ServerName> name) {
        this.name = name;
        try {
            this.trust = trust(authorities);
            this.context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {keyManager(identity, name)},
                    new TrustManager[] {new LenientTrust(trust)},
                    null);
        } catch (GeneralSecurityException unfit) {
            throw new IllegalStateException("TLS cannot be set up", unfit);
        }
    }

    private static KeyManager keyManager(TlsIdentity identity, Optional<ServerName> name)
            throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(identity.keyStore(), TlsIdentity.PASSWORD);
        X509ExtendedKeyManager plain = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        return name.<KeyManager>map(n -> new NamedKeyManager(plain, n)).orElse(plain);
    }

    private static X509TrustManager trust(Optional<KeyStore> authorities)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities.orElse(null));
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Our side of a connection that somebody opened. */
    public Handshake accept(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secure.setUseClientMode(false);
        SSLParameters parameters = parameters(secure);
        parameters.setWantClientAuth(true);
        name.ifPresent(n -> n.require(parameters));
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return new Handshake(secure, provenClientName(secure.getSession()));
    }

    /** Our side of a connection that we opened; the certificate must be for that name. */
    public Handshake connect(Socket socket, String host) throws IOException {
        SSLSocket secure =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(socket, host, socket.getPort(), true);
        secure.setUseClientMode(true);
        SSLParameters parameters = parameters(secure);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        serverName(host).ifPresent(sni -> parameters.setServerNames(List.of(sni)));
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return new Handshake(secure, Optional.of(host));
    }

    private static Optional<SNIHostName> serverName(String host) {
        return ServerName.of(host).map(n -> new SNIHostName(n.domain()));
    }

    private static SSLParameters parameters(SSLSocket secure) {
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(TlsSettings.PROTOCOLS.toArray(String[]::new));
        parameters.setCipherSuites(TlsSettings.cipherSuites(secure.getSupportedCipherSuites()));
        return parameters;
    }

    private Optional<String> provenClientName(SSLSession session) {
        try {
            X509Certificate[] chain = x509(session.getPeerCertificates());
            trust.checkClientTrusted(chain, "UNKNOWN");
            return dnsName(chain[0]);
        } catch (SSLPeerUnverifiedException | CertificateException provesNothing) {
            return Optional.empty();
        }
    }

    private static X509Certificate[] x509(Certificate[] chain) {
        return java.util.Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    }

    private static Optional<String> dnsName(X509Certificate certificate)
            throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return Optional.empty();
        }
        return names.stream()
                .filter(entry -> entry.getFirst().equals(DNS_NAME))
                .map(entry -> entry.getLast().toString())
                .findFirst();
    }
}
