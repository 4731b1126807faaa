package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.event.PbxEvent;
import io.jackfield.contactcenter.floor.FloorEffect;
import io.jackfield.loadtool.phone.HeadlessPhone;
import io.jackfield.loadtool.phone.OfferedCodec;
import io.jackfield.loadtool.phone.PhoneAccount;
import io.jackfield.media.client.HeadlessHost;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.server.config.SiteRowsLoader;
import io.jackfield.server.site.SiteBase;
import io.jackfield.testkit.FreePorts;
import io.jackfield.testkit.database.DatabaseServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A change of the site while calls are up")
@Timeout(300)
class SiteOverCallsTest {
    private static final int CALLS = 10;

    @TempDir private Path folder;
    private final InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    private final BlockingQueue<PbxEvent> events = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @EnumSource
    @DisplayName("by another tool is in force at once, and no call is touched")
    void touchesNoCall(DatabaseServer.Kind kind) throws Exception {
        DatabaseServer started = installed(kind);
        Configuration configuration = configuration(kind, started);
        SiteBase base = SiteBase.open(configuration);
        SiteRowsLoader loader = SiteBase.loader(configuration);
        try (DatabaseServer server = started;
                Pbx pbx = new Pbx(configuration, base.site(), Optional.empty(), log());
                HeadlessHost host = HeadlessHost.start();
                HttpClient http =
                        HttpClient.newBuilder()
                                .executor(Executors.newVirtualThreadPerTaskExecutor())
                                .build()) {
            pbx.with(base.follow(pbx::replace, pbx::publish));
            Phones phones = new Phones(host, http, pbx.httpPort());
            for (int i = 0; i < CALLS; i++) {
                phones.call(Integer.toString(1001 + i));
            }
            assertThat(pbx.callsUp()).isEqualTo(CALLS);

            server.execute("UPDATE trunks SET port = 5099 WHERE name = 'north'");
            await(PbxEvent.SiteChanged.class, _ -> true);
            server.execute("DELETE FROM agents WHERE name = '1001'");
            await(PbxEvent.Unregistered.class, gone -> gone.agent().equals("1001"));
            server.execute("UPDATE trunks SET port = 99999 WHERE name = 'north'");
            await(
                    PbxEvent.SiteRefused.class,
                    refused -> refused.place().equals("trunks[north].port"));
            server.execute(
                    "UPDATE trunks SET port = 5060 WHERE name = 'north'; INSERT INTO agents (name,"
                            + " ha1) VALUES ('2001', '"
                            + loader.sealedAgent("2001", "secret-2001")
                            + "')");
            await(PbxEvent.SiteChanged.class, changed -> changed.version() > 0 && known(pbx));
            phones.call("2001");

            assertThat(pbx.callsUp()).isEqualTo(CALLS + 1);
            assertThat(touched).isEmpty();
            phones.hangUp();
            phones.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "cannot come while the database is stopped; calls and log-ins go on, no record is lost")
    void outlivesTheDatabase(DatabaseServer.Kind kind) throws Exception {
        DatabaseServer started = installed(kind);
        Configuration configuration = configuration(kind, started);
        SiteBase base = SiteBase.open(configuration);
        try (DatabaseServer server = started;
                Pbx pbx = new Pbx(configuration, base.site(), Optional.empty(), log());
                HeadlessHost host = HeadlessHost.start();
                HttpClient http =
                        HttpClient.newBuilder()
                                .executor(Executors.newVirtualThreadPerTaskExecutor())
                                .build()) {
            pbx.with(base.follow(pbx::replace, pbx::publish));
            Phones phones = new Phones(host, http, pbx.httpPort());
            phones.call("1001");
            phones.call("1002");
            server.stop();
            phones.call("1003");
            phones.call("1004");
            assertThat(touched).isEmpty();
            phones.hangUp();
            phones.close();
            server.start();
            while (!server.execute("SELECT COUNT(*) FROM cdr").equals("4")) {
                LockSupport.parkNanos(50_000_000);
            }

            assertThat(server.execute("SELECT caller FROM cdr ORDER BY caller").lines())
                    .containsExactly("1001", "1002", "1003", "1004");
            server.execute("DELETE FROM agents WHERE name = '1004'");
            await(PbxEvent.SiteChanged.class, _ -> pbx.site().agent("1004").isEmpty());
        }
    }

    /** Skipped where it is not installed, failed where all is promised. */
    private static DatabaseServer installed(DatabaseServer.Kind kind) {
        Optional<DatabaseServer> started = DatabaseServer.start(kind);
        String missing = "the package " + DatabaseServer.packageOf(kind) + " is not installed";
        assertThat(started.isPresent() || !"true".equals(System.getenv("CI"))).as(missing).isTrue();
        Assumptions.assumeTrue(started.isPresent(), missing);
        return started.get();
    }

    private static boolean known(Pbx pbx) {
        return pbx.site().agent("2001").isPresent();
    }

    private final List<PbxEvent> touched =
            java.util.Collections.synchronizedList(new ArrayList<>());

    private PbxLog log() {
        return new PbxLog() {
            @Override
            public void on(PbxEvent event) {
                note(event);
            }

            @Override
            public void told(FloorEffect.Told what) {
                // not looked at here
            }
        };
    }

    private void note(PbxEvent event) {
        events.add(event);
        if (event instanceof PbxEvent.CallEnded
                || event instanceof PbxEvent.LegEnded
                || event instanceof PbxEvent.LegLost) {
            touched.add(event);
        }
    }

    private <T extends PbxEvent> void await(Class<T> kind, Predicate<T> wanted) throws Exception {
        while (true) {
            PbxEvent event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as(kind.getSimpleName()).isNotNull();
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return;
            }
        }
    }

    /** Agents' phones that talk to the echo. */
    private final class Phones {
        private final HeadlessHost host;
        private final HttpClient http;
        private final URI server;
        private final List<HeadlessPhone> all = new ArrayList<>();

        Phones(HeadlessHost host, HttpClient http, int port) {
            this.host = host;
            this.http = http;
            this.server = URI.create("ws://127.0.0.1:" + port + "/ws");
        }

        void call(String agent) throws Exception {
            PhoneAccount account = new PhoneAccount(agent, "secret-" + agent, "127.0.0.1");
            HeadlessPhone phone =
                    HeadlessPhone.connect(account, host, loopback, OfferedCodec.PCMU, http, server);
            all.add(phone);
            soon(phone.register());
            soon(phone.call("600"));
            soon(phone.media().settled());
        }

        void hangUp() throws Exception {
            for (HeadlessPhone phone : all) {
                soon(phone.hangUp());
            }
        }

        void close() {
            all.forEach(HeadlessPhone::close);
        }
    }

    private static void soon(Future<?> awaited) throws Exception {
        Object _ = awaited.get(60, TimeUnit.SECONDS);
    }

    private Configuration configuration(DatabaseServer.Kind kind, DatabaseServer server)
            throws IOException {
        Files.writeString(
                folder.resolve("site.yaml"),
                """
                agents:
                  - {range: 1001-1010, password: "secret-{name}"}
                trunks:
                  - {name: north, host: 192.0.2.1, ping: 0s}
                """);
        Path file =
                Files.writeString(
                        folder.resolve("jackfield.yaml"),
                        """
                        domain: 127.0.0.1
                        http: {port: %d}
                        sip: {udp: [], tcp: []}
                        media: {addresses: [127.0.0.1], port: %d, ports: 40000-40099}
                        database: {url: "%s://%s", user: %s, password: "%s"}
                        """
                                .formatted(
                                        FreePorts.next(),
                                        FreePorts.next(),
                                        kind.name().toLowerCase(Locale.ROOT),
                                        server.address(),
                                        DatabaseServer.USER,
                                        DatabaseServer.PASSWORD));
        return ConfigurationLoader.serve(file, Map.of(), Set.of(loopback));
    }
}
