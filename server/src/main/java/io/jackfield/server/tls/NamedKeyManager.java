package io.jackfield.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows our certificate to clients that ask for our name, and to nobody else: a client that asks
 * for no name at all never learns whose address this is. (A wrong name is refused before, by {@link
 * ServerName}.)
 */
final class NamedKeyManager extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final ServerName name;

    NamedKeyManager(X509ExtendedKeyManager keys, ServerName name) {
        this.keys = keys;
        this.name = name;
    }

    private boolean wasAsked(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                && name.wasAsked(extended.getRequestedServerNames());
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return socket instanceof SSLSocket secure && wasAsked(secure.getHandshakeSession())
                ? keys.chooseServerAlias(keyType, issuers, socket)
                : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal[] issuers, SSLEngine engine) {
        return wasAsked(engine.getHandshakeSession())
                ? keys.chooseEngineServerAlias(keyType, issuers, engine)
                : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal[] issuers, Socket socket) {
        return keys.chooseClientAlias(keyType, issuers, socket);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return keys.getClientAliases(keyType, issuers);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return keys.getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.getPrivateKey(alias);
    }
}
