package io.jackfield.server.config;

import io.jackfield.media.recording.RecordingOrder;
import io.jackfield.observe.hep.HepTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Everything that can be set in {@code jackfield.yaml}, in the order of the documentation. */
final class Keys {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,252})");
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|https?://[A-Za-z0-9.\\[\\]:-]{1,255}");

    static final Key<String> DOMAIN =
            new Key<>(
                    "domain",
                    Form.text("a host name or an IP address", HOST),
                    "required; in the demo 127.0.0.1",
                    "The SIP domain. When it is a name, TLS clients must ask for exactly this name.");
    static final Key<String> REALM =
            new Key<>(
                    "realm",
                    Form.text(
                            "1 to 128 printable characters",
                            Pattern.compile("[ -~&&[^\"\\\\]]{1,128}")),
                    "the domain",
                    "Shown when a password is asked for. Stored password hashes are bound to it.");
    static final Key<Path> DATA =
            new Key<>(
                    "data",
                    Form.path("a folder"),
                    "data",
                    "Holds the database, spool, recordings and certificates. A relative path starts"
                            + " at the folder of this file.");
    static final Key<Path> SITE =
            new Key<>(
                    "site",
                    Form.path("a file"),
                    "site.yaml beside this file; in the demo built in",
                    "Agents, trunks, routes, numbers and queues. The database is filled from it at"
                            + " the first start, and whenever a start finds it changed.");
    static final Key<String> DATABASE_URL =
            new Key<>(
                    "database.url",
                    Form.text(
                            "a URL as sqlite:PATH, postgresql://HOST/DATABASE or"
                                    + " mariadb://HOST/DATABASE, without a password",
                            Pattern.compile(
                                    "sqlite:.+|(postgresql|mariadb)://[^/@\\s]+/[^/@?\\s]+(\\?\\S*)?")),
                    "sqlite:jackfield.db in the data folder",
                    "Where the site and the call records are kept.");
    static final Key<String> DATABASE_USER =
            new Key<>(
                    "database.user",
                    Form.text("a user name"),
                    "none",
                    "Who we are to PostgreSQL or MariaDB.");
    static final Key<String> DATABASE_PASSWORD =
            new Key<>(
                    "database.password",
                    Form.secret(1),
                    "none",
                    "That user's password; rather as JACKFIELD_DATABASE_PASSWORD than in this"
                            + " file.");
    static final Key<Path> DATABASE_KEY =
            new Key<>(
                    "database.key",
                    Form.path("a file of 64 hexadecimal digits"),
                    "site.key in the data folder, made at the first start",
                    "Seals the passwords in the database. Keep a copy elsewhere: without it they"
                            + " must be set anew.");

    static final Key<InetAddress> HTTP_ADDRESS =
            new Key<>(
                    "http.address",
                    Form.address(),
                    "127.0.0.1",
                    "The address of the plain listener. Browsers give the microphone only to pages"
                            + " that came by HTTPS or from the same machine.");
    static final Key<Integer> HTTP_PORT =
            new Key<>("http.port", Form.port(), "8080", "The port of the plain listener.");
    static final Key<List<String>> HTTP_ORIGINS =
            new Key<>(
                    "http.origins",
                    Form.list(Form.text("an origin as https://crm.example.com, or *", ORIGIN)),
                    "none but our own pages; in the demo *",
                    "Web pages of other hosts that may open a SIP connection.");
    static final Key<List<AddressRange>> HTTP_PROXIES =
            new Key<>(
                    "http.proxies",
                    Form.list(NetworkForms.addressRange()),
                    "none",
                    "Reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.");
    static final Key<InetAddress> HTTPS_ADDRESS =
            new Key<>(
                    "https.address",
                    Form.address(),
                    "0.0.0.0",
                    "The address of the TLS listener for browsers.");
    static final Key<Integer> HTTPS_PORT =
            new Key<>("https.port", Form.port(), "8443", "The port of the TLS listener.");
    static final Key<Path> HTTPS_CERTIFICATE =
            new Key<>(
                    "https.certificate",
                    Form.path("a PEM file"),
                    "none: no TLS listener",
                    "The certificate with its chain.");
    static final Key<Path> HTTPS_KEY =
            new Key<>(
                    "https.key",
                    Form.path("a PEM file"),
                    "none",
                    "The private key of the certificate, PKCS #8 without a password.");

    static final Key<List<InetSocketAddress>> SIP_UDP =
            new Key<>(
                    "sip.udp",
                    Form.list(Form.socketAddress(5060)),
                    "port 5060 of each local address under media.addresses",
                    "Where trunks reach us over UDP, on addresses under media.addresses. An empty list"
                            + " [] turns it off.");
    static final Key<List<InetSocketAddress>> SIP_TCP =
            new Key<>(
                    "sip.tcp",
                    Form.list(Form.socketAddress(5060)),
                    "as sip.udp",
                    "Where trunks reach us over TCP.");
    static final Key<List<InetSocketAddress>> SIP_TLS =
            new Key<>(
                    "sip.tls",
                    Form.list(Form.socketAddress(5061)),
                    "port 5061 of the same addresses when there is a certificate, else off",
                    "Where trunks reach us over TLS.");
    static final Key<Path> SIP_CERTIFICATE =
            new Key<>(
                    "sip.certificate",
                    Form.path("a PEM file"),
                    "https.certificate",
                    "The certificate for trunks over TLS.");
    static final Key<Path> SIP_KEY =
            new Key<>(
                    "sip.key",
                    Form.path("a PEM file"),
                    "https.key",
                    "The private key of that certificate.");

    static final Key<Integer> MEDIA_PORT =
            new Key<>(
                    "media.port",
                    Form.number(1024, 65_535),
                    "10000",
                    "The one UDP port of all browser media.");
    static final Key<PortRange> MEDIA_PORTS =
            new Key<>(
                    "media.ports",
                    NetworkForms.portRange(),
                    "10002-19999",
                    "UDP ports of trunk media, two a leg.");
    static final Key<List<AddressMapping>> MEDIA_ADDRESSES =
            new Key<>(
                    "media.addresses",
                    Form.list(NetworkForms.addressMapping()),
                    "required; in the demo 127.0.0.1",
                    "The addresses of this host that carry media and SIP, and what the world calls"
                            + " each. An address that is not listed never leaves this host.");

    static final Key<Duration> CALLS_RING =
            new Key<>(
                    "calls.ring",
                    Form.duration(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                    "60s",
                    "How long a called phone rings at most.");
    static final Key<Duration> CALLS_RESUME =
            new Key<>(
                    "calls.resume",
                    Form.duration(Duration.ZERO, Duration.ofMinutes(5)),
                    "30s",
                    "How long a call waits for a phone whose connection was lost.");
    static final Key<Duration> CALLS_SILENCE =
            new Key<>(
                    "calls.silence",
                    Form.duration(Duration.ofSeconds(5), Duration.ofHours(1)),
                    "30s",
                    "How long nothing may arrive from a leg that is not on hold before the call"
                            + " ends.");
    static final Key<Duration> CALLS_LENGTH =
            new Key<>(
                    "calls.length",
                    Form.duration(Duration.ofMinutes(1), Duration.ofDays(1)),
                    "12h",
                    "After which any call ends.");

    static final Key<Path> RECORDINGS_FOLDER =
            new Key<>(
                    "recordings.folder",
                    Form.path("a folder"),
                    "recordings in the data folder",
                    "Where recordings lie, by day. What is recorded, the site says.");
    static final Key<RecordingOrder.Format> RECORDINGS_FORMAT =
            new Key<>(
                    "recordings.format",
                    Form.scalar("wav or opus", Keys::recordingFormat),
                    "wav",
                    "WAV takes 115 MB an hour at 8000 Hz; Opus about 15 MB, and far more of the"
                            + " processor.");
    static final Key<Integer> RECORDINGS_RATE =
            new Key<>(
                    "recordings.rate",
                    Form.scalar("8000 or 16000", Keys::recordingRate),
                    "8000",
                    "Samples a second. 8000 is all that the telephone network carries.");
    static final Key<RecordingOrder.PauseMark> RECORDINGS_PAUSE =
            new Key<>(
                    "recordings.pause",
                    Form.scalar("tone or silence", Keys::pauseMark),
                    "tone",
                    "What is heard where a recording was paused.");
    static final Key<Duration> RECORDINGS_KEEP =
            new Key<>(
                    "recordings.keep",
                    Form.duration(Duration.ofDays(1), Duration.ofDays(36_500)),
                    "until somebody deletes them",
                    "After so many whole days recordings are deleted.");
    static final Key<Path> RECORDINGS_KEY =
            new Key<>(
                    "recordings.key",
                    Form.path("a file that holds 32 bytes in hexadecimal or base64"),
                    "none: recordings are not sealed",
                    "Seals recordings by AES-256-GCM. Keep it elsewhere as well: without it they"
                            + " are lost. 'openssl rand -hex 32' makes one.");

    static final Key<Boolean> LADDER =
            new Key<>(
                    "ladder.enabled",
                    Form.flag(),
                    "true",
                    "Keeps every call's SIP messages and media events, without secrets, in"
                            + " ladder.db in the data folder. No key that was pressed is in it, but"
                            + " numbers and names are.");
    static final Key<Duration> LADDER_KEEP =
            new Key<>(
                    "ladder.keep",
                    Form.duration(Duration.ofMinutes(1), Duration.ofDays(3_650)),
                    "14d",
                    "After which a ladder is deleted.");
    static final Key<Long> LADDER_SIZE =
            new Key<>(
                    "ladder.size",
                    Form.size(1L << 20, 1L << 40),
                    "2 GiB",
                    "How large the file of the ladders may grow; then the oldest go.");

    static final Key<List<HepTarget>> HEP_SERVERS =
            new Key<>(
                    "hep.servers",
                    Form.list(
                            Form.scalar(
                                    "udp:, tcp: or tls: and a host with its port, as"
                                            + " udp:192.0.2.1:9060",
                                    HepTarget::parse)),
                    "none",
                    "Capture servers (HOMER, sngrep) that get SIP and RTCP of both legs by HEP"
                            + " version 3, without secrets. Needs ladder.enabled.");
    static final Key<Integer> HEP_ID =
            new Key<>(
                    "hep.id",
                    Form.number(1, Integer.MAX_VALUE),
                    "2001",
                    "Which of the senders this server is.");
    static final Key<String> HEP_PASSWORD =
            new Key<>(
                    "hep.password",
                    Form.secret(1),
                    "none",
                    "What the capture servers ask for; rather as JACKFIELD_HEP_PASSWORD than in"
                            + " this file. It goes in the clear unless by tls:.");

    static final Key<String> API_TOKEN =
            new Key<>(
                    "api.token",
                    Form.secret(16),
                    "none",
                    "Opens call records, recordings, running calls and metrics to whoever sends it as"
                            + " 'Authorization: Bearer …'.");
    static final Key<List<AddressRange>> API_TRUSTED =
            new Key<>(
                    "api.trusted",
                    Form.list(NetworkForms.addressRange()),
                    "127.0.0.0/8, ::1",
                    "Who may read them without a token.");

    static final Key<Boolean> WEBHOOKS_ALLOW_PRIVATE =
            new Key<>(
                    "webhooks.allowPrivate",
                    Form.flag(),
                    "false; in the demo true",
                    "Whether webhooks may go to addresses that are not on the public internet:"
                            + " loopback and private networks.");

    static final Key<Duration> DRAIN =
            new Key<>(
                    "drain",
                    Form.duration(Duration.ZERO, Duration.ofDays(1)),
                    "30m",
                    "How long running calls may go on after SIGTERM. A second SIGTERM ends them at"
                            + " once.");
    static final Key<Configuration.LogLevel> LOGGING_LEVEL =
            new Key<>(
                    "logging.level",
                    Form.scalar("error, warning, info, debug or trace", Keys::logLevel),
                    "info",
                    "How much is logged. debug shows SIP messages.");

    static final List<Key<?>> ALL =
            List.of(
                    DOMAIN,
                    REALM,
                    DATA,
                    SITE,
                    DATABASE_URL,
                    DATABASE_USER,
                    DATABASE_PASSWORD,
                    DATABASE_KEY,
                    HTTP_ADDRESS,
                    HTTP_PORT,
                    HTTP_ORIGINS,
                    HTTP_PROXIES,
                    HTTPS_ADDRESS,
                    HTTPS_PORT,
                    HTTPS_CERTIFICATE,
                    HTTPS_KEY,
                    SIP_UDP,
                    SIP_TCP,
                    SIP_TLS,
                    SIP_CERTIFICATE,
                    SIP_KEY,
                    MEDIA_PORT,
                    MEDIA_PORTS,
                    MEDIA_ADDRESSES,
                    CALLS_RING,
                    CALLS_RESUME,
                    CALLS_SILENCE,
                    CALLS_LENGTH,
                    RECORDINGS_FOLDER,
                    RECORDINGS_FORMAT,
                    RECORDINGS_RATE,
                    RECORDINGS_PAUSE,
                    RECORDINGS_KEEP,
                    RECORDINGS_KEY,
                    LADDER,
                    LADDER_KEEP,
                    LADDER_SIZE,
                    HEP_SERVERS,
                    HEP_ID,
                    HEP_PASSWORD,
                    API_TOKEN,
                    API_TRUSTED,
                    WEBHOOKS_ALLOW_PRIVATE,
                    DRAIN,
                    LOGGING_LEVEL);

    private Keys() {}

    private static Optional<RecordingOrder.Format> recordingFormat(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "wav" -> Optional.of(RecordingOrder.Format.WAV);
            case "opus" -> Optional.of(RecordingOrder.Format.OPUS);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> recordingRate(String text) {
        return switch (text) {
            case "8000" -> Optional.of(8_000);
            case "16000" -> Optional.of(16_000);
            default -> Optional.empty();
        };
    }

    private static Optional<RecordingOrder.PauseMark> pauseMark(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tone" -> Optional.of(RecordingOrder.PauseMark.TONE);
            case "silence" -> Optional.of(RecordingOrder.PauseMark.SILENCE);
            default -> Optional.empty();
        };
    }

    private static Optional<Configuration.LogLevel> logLevel(String text) {
        for (Configuration.LogLevel level : Configuration.LogLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
