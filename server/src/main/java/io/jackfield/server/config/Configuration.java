package io.jackfield.server.config;

import io.jackfield.call.RecordingSettings;
import io.jackfield.media.recording.RecordingKey;
import io.jackfield.observe.hep.HepTarget;
import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.ladder.LadderLimits;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All settings of the process, checked.
 *
 * @param demo started as {@code jackfield demo}: loopback only, passwords shown to everybody
 * @param domain SIP domain, and the name that TLS clients must ask for when it is a name
 * @param realm shown in digest challenges; stored password hashes hang on it
 * @param data the folder that holds everything we write
 * @param site the file that the tables are filled from; empty in the demo
 * @param drain how long running calls may go on after the first SIGTERM
 * @param database where call records and the site are kept
 * @param ladder how much of ladders is kept; empty: there are none
 * @param siteKey the file of the key that seals the site's secrets
 */
public record Configuration(
        boolean demo,
        String domain,
        String realm,
        Path data,
        Database database,
        Path siteKey,
        Optional<Path> site,
        Http http,
        Optional<Https> https,
        Sip sip,
        Media media,
        Calls calls,
        Recordings recordings,
        Optional<LadderLimits> ladder,
        Hep hep,
        Api api,
        Webhooks webhooks,
        Duration drain,
        LogLevel logLevel) {

    /**
     * The plain listener.
     *
     * @param origins which web pages may open a SIP connection: {@code https://crm.example.com};
     *     {@code *} lets all; a page of the same host always may
     * @param proxies whose {@code X-Forwarded-For} is believed
     */
    public record Http(
            InetSocketAddress address, List<String> origins, List<AddressRange> proxies) {
        public Http {
            origins = List.copyOf(origins);
            proxies = List.copyOf(proxies);
        }
    }

    /** The TLS listener for browsers. */
    public record Https(InetSocketAddress address, TlsFiles files) {}

    /** PEM files: the certificate with its chain, and its private key (PKCS #8). */
    public record TlsFiles(Path certificate, Path key) {}

    /**
     * Listeners towards trunks; a list that is empty is a transport that is off.
     *
     * @param files needed when {@code tls} is not empty
     */
    public record Sip(
            List<InetSocketAddress> udp,
            List<InetSocketAddress> tcp,
            List<InetSocketAddress> tls,
            Optional<TlsFiles> files) {
        public Sip {
            udp = List.copyOf(udp);
            tcp = List.copyOf(tcp);
            tls = List.copyOf(tls);
        }
    }

    /**
     * @param port UDP port of all browser media
     * @param ports UDP ports of trunk media, an even one for RTP and the next for RTCP
     * @param addresses what is bound and what is told; an address that is not here stays hidden
     */
    public record Media(int port, PortRange ports, List<AddressMapping> addresses) {
        public Media {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * @param ring how long a called phone rings at most
     * @param resume how long a call waits for a phone whose connection was lost
     * @param silence how long nothing may be heard from a leg before its call ends
     * @param lengthMax after which any call ends
     */
    public record Calls(Duration ring, Duration resume, Duration silence, Duration lengthMax) {}

    /**
     * @param settings how recordings are made
     * @param keep how long they are kept; empty: for ever
     * @param key by which they are sealed; empty: they are not
     */
    public record Recordings(
            Path folder,
            RecordingSettings settings,
            Optional<Duration> keep,
            Optional<RecordingKey> key) {}

    /**
     * @param servers where SIP and RTCP go; empty: nowhere
     * @param id which of the senders we are
     * @param password that the servers ask for
     */
    public record Hep(List<HepTarget> servers, int id, Optional<String> password) {
        public Hep {
            servers = List.copyOf(servers);
        }

        /** To nobody. */
        public static final Hep NONE = new Hep(List.of(), 1, Optional.empty());

        @Override
        public String toString() {
            return "Hep[servers=" + servers + ", id=" + id + "]";
        }
    }

    /**
     * @param allowPrivate whether they may go to addresses that are not on the public internet
     */
    public record Webhooks(boolean allowPrivate) {}

    /**
     * @param token the bearer token that opens the guarded parts of the API; empty: nobody has one
     * @param trusted who needs none
     */
    public record Api(Optional<String> token, List<AddressRange> trusted) {
        public Api {
            trusted = List.copyOf(trusted);
        }

        @Override
        public String toString() {
            return "Api[trusted=" + trusted + "]";
        }
    }

    /** As in {@link System.Logger}. */
    public enum LogLevel {
        ERROR,
        WARNING,
        INFO,
        DEBUG,
        TRACE
    }
}
