package io.jackfield.server.web;

import io.jackfield.server.config.Configuration;
import io.jackfield.server.tls.ServerName;
import io.jackfield.server.tls.TlsIdentity;
import io.jackfield.server.tls.TlsSettings;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty's TLS, set up as {@link TlsSettings} and {@link ServerName} say. */
final class HttpsTls {
    private HttpsTls() {}

    static SslContextFactory.Server factory(
            Configuration configuration, Configuration.Https https) {
        Optional<ServerName> name = ServerName.of(configuration.domain());
        SslContextFactory.Server factory = new Strict(name);
        TlsIdentity identity = TlsIdentity.read(https.files().certificate(), https.files().key());
        factory.setKeyStore(identity.keyStore());
        factory.setKeyStorePassword(new String(TlsIdentity.PASSWORD));
        factory.setIncludeProtocols(TlsSettings.PROTOCOLS.toArray(String[]::new));
        factory.setRenegotiationAllowed(false);
        factory.setSniRequired(name.isPresent());
        return factory;
    }

    /** Ends the handshake for a name that is not ours, before a byte of HTTP. */
    private static final class Strict extends SslContextFactory.Server {
        private final Optional<ServerName> name;

        private Strict(Optional<ServerName> name) {
            this.name = name;
        }

        @Override
        public void customize(SSLEngine engine) {
            super.customize(engine);
            engine.setEnabledCipherSuites(
                    TlsSettings.cipherSuites(engine.getSupportedCipherSuites()));
            SSLParameters parameters = engine.getSSLParameters();
            name.ifPresent(n -> n.require(parameters));
            engine.setSSLParameters(parameters);
        }
    }
}
