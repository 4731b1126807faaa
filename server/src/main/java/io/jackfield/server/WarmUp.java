package io.jackfield.server;

import io.jackfield.call.RecordingSettings;
import io.jackfield.loadtool.phone.HeadlessPhone;
import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.server.config.AddressMapping;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.PbxSite;
import io.jackfield.server.config.PortRange;
import io.jackfield.server.config.SiteLoader;
import io.jackfield.storage.jdbc.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Calls a PBX of its own at start, so that the first true call meets compiled code: an INVITE takes
 * some 150 ms in a cold process and three in a warm one, a DTLS handshake 60 ms and two.
 *
 * <p>That PBX listens on the loopback alone, on ports that the system picks, lets in one phone
 * whose password nobody is told, and is gone with all it wrote when the calls are over.
 */
final class WarmUp {
    /**
     * A call takes about half of the first ones' time after these; more would make it faster still,
     * at the price of seconds of a core for which the calls of others wait.
     */
    static final int CALLS = 200;

    private static final long STEP_SECONDS_MAX = 5;
    private static final int PASSWORD_BYTES = 16;
    private static final String USER = "1";
    private static final String ECHO = "600";
    private static final Duration LONG = Duration.ofHours(1);
    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final PhoneAccount account;
    private final Path folder;

    private WarmUp(Path folder) {
        byte[] password = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(password);
        this.account =
                new PhoneAccount(
                        USER, HexFormat.of().formatHex(password), loopback.getHostAddress());
        this.folder = folder;
    }

    /** Runs on a thread of its own, which does not keep the process alive. */
    static void inBackground() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Thread.ofPlatform().daemon().name("warm-up").start(() -> run(CALLS, temporary));
    }

    /**
     * Runs that many calls, one after another.
     *
     * @param parent where a folder may be made, which is gone at the end
     * @return how long it took; empty where it did not work, which the log tells
     */
    static Optional<Duration> run(int calls, Path parent) {
        long beganNanos = System.nanoTime();
        try {
            Path folder = Files.createTempDirectory(parent, "jackfield-warm-up");
            try {
                new WarmUp(folder).calls(calls);
            } finally {
                delete(folder);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - beganNanos);
            LOG.log(System.Logger.Level.INFO, "warm after_ms=" + took.toMillis());
            return Optional.of(took);
        } catch (IOException
                | UncheckedIOException
                | ExecutionException
                | CompletionException
                | TimeoutException notFatal) {
            LOG.log(System.Logger.Level.WARNING, "warm-up did not finish reason=" + notFatal);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void calls(int calls)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Pbx pbx = new Pbx(configuration(), site(), Optional.empty(), PbxLog.NONE);
                HeadlessHost host = HeadlessHost.start();
                HttpClient http =
                        HttpClient.newBuilder()
                                .executor(Executors.newVirtualThreadPerTaskExecutor())
                                .build()) {
            URI server = URI.create("ws://" + account.domain() + ":" + pbx.httpPort() + "/ws");
            for (int i = 0; i < calls; i++) {
                OfferedCodec codec = i % 2 == 0 ? OfferedCodec.OPUS : OfferedCodec.PCMU;
                try (HeadlessPhone phone =
                        HeadlessPhone.connect(account, host, loopback, codec, http, server)) {
                    call(phone);
                }
            }
        }
    }

    private static void call(HeadlessPhone phone)
            throws InterruptedException, ExecutionException, TimeoutException {
        Object _ = soon(phone.register());
        Object _ = soon(phone.call(ECHO));
        Object _ = soon(phone.media().settled());
        Object _ = soon(phone.hangUp());
    }

    private static <T> T soon(Future<T> awaited)
            throws InterruptedException, ExecutionException, TimeoutException {
        return awaited.get(STEP_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private PbxSite site() {
        String text =
                """
                agents:
                  - name: "%s"
                    password: "%s"
                """
                        .formatted(account.user(), account.password());
        return SiteLoader.read("warm-up", text, account.domain());
    }

    private Configuration configuration() {
        InetSocketAddress anyPort = new InetSocketAddress(loopback, 0);
        return new Configuration(
                false,
                account.domain(),
                account.domain(),
                folder,
                new SqliteDatabase(folder.resolve("warm-up.db")),
                folder.resolve("site.key"),
                Optional.empty(),
                new Configuration.Http(anyPort, List.of("*"), List.of()),
                Optional.empty(),
                new Configuration.Sip(List.of(), List.of(), List.of(), Optional.empty()),
                new Configuration.Media(
                        0,
                        new PortRange(65_534, 65_535),
                        List.of(new AddressMapping(loopback, loopback))),
                new Configuration.Calls(LONG, LONG, LONG, LONG),
                new Configuration.Recordings(
                        folder.resolve("recordings"),
                        RecordingSettings.DEFAULT,
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Configuration.Hep.NONE,
                new Configuration.Api(Optional.empty(), List.of()),
                new Configuration.Webhooks(false),
                Duration.ZERO,
                Configuration.LogLevel.WARNING);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
