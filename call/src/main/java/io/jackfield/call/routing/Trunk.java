package io.jackfield.call.routing;

import io.jackfield.call.edge.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A way to the telephone network.
 *
 * @param host address or name of the carrier's SIP server
 * @param port 1 to 65535; default 5060, over TLS 5061
 * @param codecs names in order of preference: PCMA, PCMU, G722, opus
 * @param login for carriers that challenge; empty for those that know us by address
 * @param register whether to register there (RFC 3261 §10)
 * @param registerEvery how long a registration is asked for
 * @param callerId the number shown to the called one unless a route says otherwise
 * @param ping how often OPTIONS asks whether the trunk is alive; zero for never
 * @param matches where its calls come from; empty: from {@code host}:{@code port} alone
 * @param latch whether media may be learned from the first packets rather than from the SDP
 *     (carriers behind NAT); off unless said
 * @param codecPolicy of the phones' legs in its calls; the trunk itself has its own codecs
 */
public record Trunk(
        String name,
        Transport transport,
        String host,
        int port,
        List<String> codecs,
        Optional<Login> login,
        boolean register,
        Duration registerEvery,
        Optional<String> callerId,
        Duration ping,
        List<SourceMatch> matches,
        boolean latch,
        CodecPolicy codecPolicy) {

    /** User name and password for the carrier; the password is never printed. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    public Trunk {
        codecs = List.copyOf(codecs);
        matches = List.copyOf(matches);
        if (transport.webSocket()) {
            throw new InvalidSite("trunk " + name + ": transport is udp, tcp or tls");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidSite("trunk " + name + ": port is 1 to 65535");
        }
        if (codecs.isEmpty()) {
            throw new InvalidSite("trunk " + name + ": name at least one codec, e.g. PCMA");
        }
        if (register && login.isEmpty()) {
            throw new InvalidSite("trunk " + name + ": register needs username and password");
        }
    }
}
