package io.jackfield.server.tls;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

/**
 * The name that a TLS client must ask for (RFC 6066 §3). Scanners that walk through addresses do
 * not know it and learn nothing.
 *
 * @param domain host name; without case
 */
public record ServerName(String domain) {

    /** Strict only where the domain is a name: clients cannot ask for an address. */
    public static Optional<ServerName> of(String domain) {
        boolean address = domain.contains(":") || domain.matches("[0-9.]+");
        return address || domain.equalsIgnoreCase("localhost")
                ? Optional.empty()
                : Optional.of(new ServerName(domain));
    }

    /** Makes the handshake end with {@code unrecognized_name} when another name is asked for. */
    public void require(SSLParameters parameters) {
        parameters.setSNIMatchers(List.of(new Matcher(domain)));
    }

    /** True when the handshake asked for the name; false also when it asked for none. */
    public boolean wasAsked(List<SNIServerName> asked) {
        return asked.stream().anyMatch(new Matcher(domain)::matches);
    }

    private static final class Matcher extends SNIMatcher {
        private final String domain;

        private Matcher(String domain) {
            super(StandardConstants.SNI_HOST_NAME);
            this.domain = domain;
        }

        @Override
        public boolean matches(SNIServerName asked) {
            try {
                return new SNIHostName(asked.getEncoded()).getAsciiName().equalsIgnoreCase(domain);
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
    }
}
