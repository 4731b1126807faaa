package io.jackfield.server.config;

import io.jackfield.call.RecordingSettings;
import io.jackfield.media.recording.RecordingKey;
import io.jackfield.observe.hep.HepTarget;
import io.jackfield.storage.jdbc.Database;
import io.jackfield.storage.jdbc.ServerDatabase;
import io.jackfield.storage.jdbc.SqliteDatabase;
import io.jackfield.storage.ladder.LadderLimits;
import io.jackfield.storage.migration.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a file and the environment into a {@link Configuration}, or says all that is wrong. */
public final class ConfigurationLoader {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final List<AddressRange> LOOPBACK_ONLY =
            List.of(
                    new AddressRange(InetAddress.ofLiteral("127.0.0.0"), 8),
                    new AddressRange(InetAddress.ofLiteral("::1"), 128));

    private static final String SQLITE = "sqlite:";

    /** What one session description may show (bounds of the media engine). */
    private static final int ADDRESSES_MAX = 8;

    private final boolean demo;
    private final Path folder;
    private final Set<InetAddress> hostAddresses;
    private final Settings settings;
    private final Problems problems;

    private ConfigurationLoader(
            boolean demo,
            Path folder,
            Set<InetAddress> hostAddresses,
            Settings settings,
            Problems problems) {
        this.demo = demo;
        this.folder = folder;
        this.hostAddresses = new LinkedHashSet<>(hostAddresses);
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Reads the file of {@code jackfield serve}.
     *
     * @param file relative paths inside it start at its folder
     * @param hostAddresses of this host's interfaces, to name them where one is asked for
     * @throws ConfigurationException with every mistake that was found
     */
    public static Configuration serve(
            Path file, Map<String, String> environment, Set<InetAddress> hostAddresses) {
        Problems problems = new Problems();
        String text = text(file);
        Yaml.Mapping yaml = YamlReader.readMapping(file.toString(), text, problems);
        problems.throwIfAny();
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? file.toAbsolutePath() : parent;
        Settings settings = new Settings(yaml, environment, Keys.ALL, problems);
        return new ConfigurationLoader(false, folder, hostAddresses, settings, problems).load();
    }

    /**
     * The demo's settings: loopback alone, changed by the environment only.
     *
     * @param folder where its data folder goes
     */
    public static Configuration demo(Path folder, Map<String, String> environment) {
        Problems problems = new Problems();
        Yaml.Mapping nothing = new Yaml.Mapping(Place.whole("demo"), Map.of());
        Settings settings = new Settings(nothing, environment, Keys.ALL, problems);
        return new ConfigurationLoader(true, folder, Set.of(LOOPBACK), settings, problems).load();
    }

    /** The text of a configuration file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "there is no such file", "Check the path.");
        } catch (IOException broken) {
            throw unreadable(
                    file,
                    "it cannot be read (" + broken.getMessage() + ")",
                    "It must be a text file in UTF-8 that this user may read.");
        }
    }

    private static ConfigurationException unreadable(Path file, String what, String remedy) {
        return new ConfigurationException(
                List.of(new Problem(Place.whole(file.toString()), what, remedy)));
    }

    private Configuration load() {
        String domain = settings.get(Keys.DOMAIN).orElseGet(this::standardDomain);
        Path data = path(Keys.DATA).orElse(folder.resolve(demo ? "data/demo" : "data"));
        Configuration.Media media = media();
        Configuration configuration =
                new Configuration(
                        demo,
                        domain,
                        settings.get(Keys.REALM).orElse(domain),
                        data,
                        database(data),
                        path(Keys.DATABASE_KEY).orElse(data.resolve("site.key")),
                        site(),
                        http(),
                        https(),
                        sip(media),
                        media,
                        calls(),
                        recordings(data),
                        ladder(),
                        hep(),
                        api(),
                        new Configuration.Webhooks(
                                settings.get(Keys.WEBHOOKS_ALLOW_PRIVATE).orElse(demo)),
                        settings.get(Keys.DRAIN).orElse(Duration.ofMinutes(30)),
                        settings.get(Keys.LOGGING_LEVEL).orElse(Configuration.LogLevel.INFO));
        problems.throwIfAny();
        return configuration;
    }

    private String standardDomain() {
        if (!demo && !settings.has(Keys.DOMAIN)) {
            problem(
                    Keys.DOMAIN,
                    "domain is missing",
                    "Write the name under which phones reach this host: 'domain: pbx.example.com'.");
        }
        return "127.0.0.1";
    }

    private Database database(Path data) {
        String url = settings.get(Keys.DATABASE_URL).orElse(SQLITE + data.resolve("jackfield.db"));
        if (url.startsWith(SQLITE)) {
            for (Key<?> key : List.of(Keys.DATABASE_USER, Keys.DATABASE_PASSWORD)) {
                if (settings.has(key)) {
                    problem(
                            key,
                            key.path() + " is set, yet SQLite is a file that knows no users",
                            "Remove it, or set database.url to a server's.");
                }
            }
            return new SqliteDatabase(folder.resolve(url.substring(SQLITE.length())));
        }
        Dialect dialect = url.startsWith("postgresql:") ? Dialect.POSTGRESQL : Dialect.MARIADB;
        return new ServerDatabase(
                dialect,
                url.substring(url.indexOf("://") + 3),
                settings.get(Keys.DATABASE_USER),
                settings.get(Keys.DATABASE_PASSWORD));
    }

    private Optional<Path> site() {
        Optional<Path> written = path(Keys.SITE);
        return demo ? written : Optional.of(written.orElse(folder.resolve("site.yaml")));
    }

    private Configuration.Http http() {
        InetSocketAddress address =
                new InetSocketAddress(
                        settings.get(Keys.HTTP_ADDRESS).orElse(LOOPBACK),
                        settings.get(Keys.HTTP_PORT).orElse(8080));
        demoStaysLocal(Keys.HTTP_ADDRESS, address.getAddress());
        return new Configuration.Http(
                address,
                settings.get(Keys.HTTP_ORIGINS).orElse(demo ? List.of("*") : List.of()),
                settings.get(Keys.HTTP_PROXIES).orElse(List.of()));
    }

    private Optional<Configuration.Https> https() {
        Optional<Configuration.TlsFiles> files = files(Keys.HTTPS_CERTIFICATE, Keys.HTTPS_KEY);
        for (Key<?> key : List.of(Keys.HTTPS_ADDRESS, Keys.HTTPS_PORT)) {
            if (settings.has(key) && !settings.has(Keys.HTTPS_CERTIFICATE)) {
                problem(
                        key,
                        key.path() + " is set, yet there is no certificate",
                        "Add https.certificate and https.key, or remove " + key.path() + ".");
            }
        }
        InetAddress anywhere = demo ? LOOPBACK : InetAddress.ofLiteral("0.0.0.0");
        InetAddress address = settings.get(Keys.HTTPS_ADDRESS).orElse(anywhere);
        demoStaysLocal(Keys.HTTPS_ADDRESS, address);
        int port = settings.get(Keys.HTTPS_PORT).orElse(8443);
        return files.map(
                both -> new Configuration.Https(new InetSocketAddress(address, port), both));
    }

    private Optional<Configuration.TlsFiles> files(Key<Path> certificate, Key<Path> key) {
        Optional<Path> first = path(certificate);
        Optional<Path> second = path(key);
        if (first.isPresent() != second.isPresent()) {
            Key<Path> missing = first.isPresent() ? key : certificate;
            Key<Path> present = first.isPresent() ? certificate : key;
            problem(
                    present,
                    present.path() + " is set without " + missing.path(),
                    "A certificate and its private key go together.");
        }
        return first.flatMap(c -> second.map(k -> new Configuration.TlsFiles(c, k)));
    }

    private Configuration.Sip sip(Configuration.Media media) {
        Optional<Configuration.TlsFiles> files =
                files(Keys.SIP_CERTIFICATE, Keys.SIP_KEY)
                        .or(() -> files(Keys.HTTPS_CERTIFICATE, Keys.HTTPS_KEY));
        List<InetSocketAddress> udp = listeners(Keys.SIP_UDP, media, 5060);
        List<InetSocketAddress> tcp = listeners(Keys.SIP_TCP, media, 5060);
        List<InetSocketAddress> tls =
                files.isPresent() || settings.has(Keys.SIP_TLS)
                        ? listeners(Keys.SIP_TLS, media, 5061)
                        : List.of();
        if (files.isEmpty() && !tls.isEmpty()) {
            problem(
                    Keys.SIP_TLS,
                    "sip.tls is set, yet there is no certificate",
                    "Add sip.certificate and sip.key (or those of https), or remove sip.tls.");
        }
        return new Configuration.Sip(udp, tcp, tls, files);
    }

    private List<InetSocketAddress> listeners(
            Key<List<InetSocketAddress>> key, Configuration.Media media, int port) {
        List<InetSocketAddress> standard =
                media.addresses().stream()
                        .map(m -> new InetSocketAddress(m.local(), port))
                        .distinct()
                        .toList();
        List<InetSocketAddress> listeners = settings.get(key).orElse(standard);
        listeners.forEach(l -> demoStaysLocal(key, l.getAddress()));
        if (listeners.stream().anyMatch(l -> l.getAddress().isAnyLocalAddress())) {
            problem(
                    key,
                    key.path() + " holds the wildcard address",
                    "Name the address: " + hostAddressWords() + ".");
        }
        listeners.forEach(l -> checkMapped(key, l.getAddress(), media));
        return listeners;
    }

    /** A call's media goes out from where its SIP came in; what is not mapped is told to nobody. */
    private void checkMapped(Key<?> key, InetAddress listener, Configuration.Media media) {
        boolean mapped = media.addresses().stream().anyMatch(m -> m.local().equals(listener));
        if (!mapped && !media.addresses().isEmpty() && !listener.isAnyLocalAddress()) {
            problem(
                    key,
                    key.path()
                            + " names "
                            + listener.getHostAddress()
                            + ", which is not under media.addresses",
                    "Calls that come in there need media there: add it to media.addresses with what"
                            + " the world calls it, or listen on another.");
        }
    }

    private Configuration.Media media() {
        int port = settings.get(Keys.MEDIA_PORT).orElse(10_000);
        PortRange ports = settings.get(Keys.MEDIA_PORTS).orElse(new PortRange(10_002, 19_999));
        if (ports.contains(port)) {
            problems.add(
                    settings.placeOf(
                            settings.has(Keys.MEDIA_PORTS) ? Keys.MEDIA_PORTS : Keys.MEDIA_PORT),
                    "media.ports " + ports + " holds media.port " + port,
                    "Choose a range without it: browsers and trunks cannot share a port.");
        }
        return new Configuration.Media(port, ports, addresses());
    }

    private List<AddressMapping> addresses() {
        Optional<List<AddressMapping>> written = settings.get(Keys.MEDIA_ADDRESSES);
        List<AddressMapping> mappings =
                written.orElse(demo ? List.of(new AddressMapping(LOOPBACK, LOOPBACK)) : List.of());
        if (!demo && mappings.isEmpty() && (written.isPresent() || !has(Keys.MEDIA_ADDRESSES))) {
            problem(
                    Keys.MEDIA_ADDRESSES,
                    "media.addresses is missing; this host has " + hostAddressWords(),
                    "Write which of them carries calls, and under which address the world reaches"
                            + " it:\n    media: {addresses: [{local: "
                            + exampleAddress()
                            + ", advertised: "
                            + exampleAddress()
                            + "}]}");
        }
        mappings.forEach(this::checkMapping);
        checkCount(mappings);
        return mappings;
    }

    private void checkCount(List<AddressMapping> mappings) {
        long locals = mappings.stream().map(AddressMapping::local).distinct().count();
        if (locals < mappings.size()) {
            problem(
                    Keys.MEDIA_ADDRESSES,
                    "media.addresses names a local address twice",
                    "Keep one line for each.");
        }
        if (mappings.size() > ADDRESSES_MAX) {
            problem(
                    Keys.MEDIA_ADDRESSES,
                    "media.addresses holds " + mappings.size() + " addresses",
                    "Keep at most " + ADDRESSES_MAX + ": each is offered to every browser.");
        }
    }

    private boolean has(Key<?> key) {
        return settings.has(key);
    }

    private void checkMapping(AddressMapping mapping) {
        demoStaysLocal(Keys.MEDIA_ADDRESSES, mapping.local());
        boolean ours =
                mapping.local().isLoopbackAddress() || hostAddresses.contains(mapping.local());
        if (!ours) {
            problem(
                    Keys.MEDIA_ADDRESSES,
                    "media.addresses: local "
                            + mapping.local().getHostAddress()
                            + " is not an address of this host",
                    "This host has " + hostAddressWords() + ".");
        }
    }

    private void problem(Key<?> key, String what, String remedy) {
        problems.add(settings.placeOf(key), what, remedy);
    }

    private void demoStaysLocal(Key<?> key, InetAddress address) {
        if (demo && !address.isLoopbackAddress()) {
            problem(
                    key,
                    key.path() + " is not a loopback address",
                    "The demo's passwords are public, so it stays on this machine. For others to"
                            + " reach it use 'jackfield serve --config jackfield.yaml'.");
        }
    }

    private String hostAddressWords() {
        List<String> words =
                hostAddresses.stream().map(InetAddress::getHostAddress).sorted().toList();
        return words.isEmpty() ? "no address but loopback" : String.join(", ", words);
    }

    private String exampleAddress() {
        return hostAddresses.stream()
                .filter(a -> !a.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .sorted()
                .findFirst()
                .orElse("127.0.0.1");
    }

    private Configuration.Calls calls() {
        return new Configuration.Calls(
                settings.get(Keys.CALLS_RING).orElse(Duration.ofSeconds(60)),
                settings.get(Keys.CALLS_RESUME).orElse(Duration.ofSeconds(30)),
                settings.get(Keys.CALLS_SILENCE).orElse(Duration.ofSeconds(30)),
                settings.get(Keys.CALLS_LENGTH).orElse(Duration.ofHours(12)));
    }

    private Optional<LadderLimits> ladder() {
        return settings.get(Keys.LADDER).orElse(true)
                ? Optional.of(
                        new LadderLimits(
                                settings.get(Keys.LADDER_KEEP).orElse(Duration.ofDays(14)),
                                settings.get(Keys.LADDER_SIZE).orElse(2L << 30)))
                : Optional.empty();
    }

    private Configuration.Hep hep() {
        List<HepTarget> servers = settings.get(Keys.HEP_SERVERS).orElse(List.of());
        if (!servers.isEmpty() && !settings.get(Keys.LADDER).orElse(true)) {
            problem(
                    Keys.HEP_SERVERS,
                    "hep.servers has nothing to send while ladder.enabled is false",
                    "Set ladder.enabled to true, or take hep.servers out.");
        }
        return new Configuration.Hep(
                servers, settings.get(Keys.HEP_ID).orElse(2001), settings.get(Keys.HEP_PASSWORD));
    }

    private Configuration.Recordings recordings(Path data) {
        RecordingSettings standard = RecordingSettings.DEFAULT;
        return new Configuration.Recordings(
                path(Keys.RECORDINGS_FOLDER).orElse(data.resolve("recordings")),
                new RecordingSettings(
                        settings.get(Keys.RECORDINGS_FORMAT).orElse(standard.format()),
                        settings.get(Keys.RECORDINGS_RATE).orElse(standard.rate()),
                        settings.get(Keys.RECORDINGS_PAUSE).orElse(standard.mark())),
                settings.get(Keys.RECORDINGS_KEEP),
                path(Keys.RECORDINGS_KEY).flatMap(this::recordingKey));
    }

    private Optional<RecordingKey> recordingKey(Path file) {
        try {
            return Optional.of(RecordingKey.read(file));
        } catch (NoSuchFileException missing) {
            recordingKeyProblem(file, "does not exist");
        } catch (IOException unreadable) {
            recordingKeyProblem(file, "cannot be read");
        } catch (IllegalArgumentException noKey) {
            recordingKeyProblem(file, "holds no key");
        }
        return Optional.empty();
    }

    private void recordingKeyProblem(Path file, String what) {
        problem(
                Keys.RECORDINGS_KEY,
                "recordings.key: " + file + " " + what,
                "It holds 32 bytes in hexadecimal or base64, as 'openssl rand -hex 32' makes them.");
    }

    private Configuration.Api api() {
        return new Configuration.Api(
                settings.get(Keys.API_TOKEN), settings.get(Keys.API_TRUSTED).orElse(LOOPBACK_ONLY));
    }

    private Optional<Path> path(Key<Path> key) {
        return settings.get(key).map(folder::resolve);
    }
}
