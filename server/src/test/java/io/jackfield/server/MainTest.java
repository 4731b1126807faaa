package io.jackfield.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.testkit.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the program as an operator does, in a process of its own. */
@DisplayName("The command jackfield")
@Timeout(120)
class MainTest {
    @TempDir private Path folder;
    private int httpPort;
    private int mediaPort;

    @BeforeEach
    void ports() throws IOException {
        httpPort = FreePorts.next();
        mediaPort = FreePorts.next();
    }

    @Test
    @DisplayName("--version and --help say what they should and end with 0")
    void helps() throws Exception {
        Ended version = run("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).startsWith("Jackfield");

        Ended help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("demo", "serve");
    }

    @Test
    @DisplayName("wrong usage ends with 2")
    void refusesWrongUsage() throws Exception {
        assertThat(run("serve").code()).isEqualTo(2);
        assertThat(run("sreve", "--config", "x").code()).isEqualTo(2);
    }

    @Nested
    @DisplayName("serve")
    class Serve {
        @Test
        @DisplayName("ends with 2 and all mistakes in words when the settings cannot be used")
        void namesMistakes() throws Exception {
            Path file = Files.writeString(folder.resolve("jackfield.yaml"), "domian: x\n");
            Ended ended = run("serve", "--config", file.toString());

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("jackfield.yaml:1:1: domian is not known")
                    .contains("Did you mean domain?")
                    .contains("media.addresses is missing")
                    .doesNotContain("Exception", "\tat ");
        }

        @Test
        @DisplayName("ends with 2 when the site cannot be used, naming its line")
        void namesMistakesOfTheSite() throws Exception {
            Path file = configure("agents:\n  - {name: \"1001\", pasword: x}\n");
            Ended ended = run("serve", "--config", file.toString());

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err()).contains("site.yaml:2", "Did you mean password?");
        }

        @Test
        @DisplayName("ends with 1 and names port and setting when the web port is taken")
        void namesTheTakenWebPort() throws Exception {
            try (ServerSocket _ =
                    new ServerSocket(httpPort, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                Ended ended = run("serve", "--config", configure("").toString());

                assertThat(ended.code()).isEqualTo(1);
                assertThat(ended.err())
                        .contains("port " + httpPort, "is taken", "http.port")
                        .doesNotContain("\tat ");
            }
        }

        @Test
        @DisplayName("ends with 1 and names port and setting when the media port is taken")
        void namesTheTakenMediaPort() throws Exception {
            try (DatagramSocket _ =
                    new DatagramSocket(mediaPort, InetAddress.ofLiteral("127.0.0.1"))) {
                Ended ended = run("serve", "--config", configure("").toString());

                assertThat(ended.code()).isEqualTo(1);
                assertThat(ended.err())
                        .contains(Integer.toString(mediaPort), "media.port")
                        .doesNotContain("\tat ");
            }
        }

        @Test
        @DisplayName(
                "serves until SIGTERM, then ends with 0, its files private and its spool empty")
        void servesUntilTold() throws Exception {
            Process process = start("serve", "--config", configure("").toString());
            try {
                awaitReady(process);
                assertThat(get("/health/ready")).contains("\"ready\":true");
                assertThat(get("/metrics")).contains("jackfield_calls 0.0");
                assertThat(get("/api/v1/cdrs")).isEqualTo("{\"cdrs\":[],\"next\":null}");

                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }

            assertThat(process.exitValue()).isZero();
            assertThat(folder.resolve("data/jackfield.db")).exists();
            try (Stream<Path> left = Files.list(folder.resolve("data/spool"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("apply")
    class Apply {
        private static final String SITE = "agents:\n  - {name: \"1001\", password: secret-one}\n";

        @Test
        @DisplayName("shows what a file would change, changes it, and takes it back")
        void appliesAndUndoes() throws Exception {
            configure(SITE);
            Ended first = run("apply", "site.yaml");
            assertThat(first.code()).isZero();
            assertThat(first.out()).contains("+ agents 1001", "1 added, 0 changed, 0 removed; v");
            assertThat(run("apply").out()).isEqualTo("Nothing is different.\n");

            configure(SITE.replace("secret-one", "secret-two") + "recording: all\n");
            Ended dry = run("apply", "--dry-run");
            assertThat(dry.code()).isZero();
            assertThat(dry.out())
                    .contains("~ agents 1001", "ha1: ", "+ site_sections recording")
                    .contains("1 added, 1 changed, 0 removed; nothing was written.")
                    .doesNotContain("secret");
            assertThat(run("apply", "--json").out())
                    .contains("\"written\":true", "\"kind\":\"CHANGED\"")
                    .doesNotContain("secret");

            Ended undone = run("apply", "--undo");
            assertThat(undone.code()).isZero();
            assertThat(undone.out()).contains("- site_sections recording", "0 added, 1 changed");
            assertThat(run("apply", "--history").out().lines().filter(l -> l.contains("applied")))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).contains("apply:"));
        }

        @Test
        @DisplayName(
                "ends with 2 when the file is wrong, 1 when the database is away, and writes nothing")
        void refuses() throws Exception {
            configure(SITE + "queues:\n  - {number: \"700\", members: [\"1002\"]}\n");
            Ended wrong = run("apply", "site.yaml");
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).contains("site.yaml:4:", "there is no agent 1002");
            assertThat(run("apply", "--history").out()).isEmpty();
            assertThat(run("apply", "--undo").code()).isEqualTo(2);
            assertThat(run("apply", "site.yaml", "--undo").code()).isEqualTo(2);

            Path settings = configure(SITE);
            Files.writeString(
                    settings,
                    "database: {url: \"postgresql://127.0.0.1:1/none\"}\n",
                    StandardOpenOption.APPEND);
            Ended away = run("apply");
            assertThat(away.code()).isEqualTo(1);
            assertThat(away.err())
                    .contains("postgresql://127.0.0.1:1/none cannot be used")
                    .doesNotContain("\tat ");
        }

        @Test
        @DisplayName("is taken over by a server that runs")
        void worksBesideAServer() throws Exception {
            Process process = start("serve", "--config", configure(SITE).toString());
            try {
                awaitReady(process);
                assertThat(get("/metrics")).contains("asterisk_endpoints_count 1.0");
                configure(SITE + "  - {name: \"1002\", password: x}\n");
                assertThat(run("apply").code()).isZero();
                while (!get("/metrics").contains("asterisk_endpoints_count 2.0")) {
                    LockSupport.parkNanos(50_000_000);
                }
            } finally {
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }

        @Test
        @DisplayName("seal ends with 2 when there is no password to seal")
        void sealsNothing() throws Exception {
            configure(SITE);
            Ended sealed = run("seal", "agent", "1001");
            assertThat(sealed.code()).isEqualTo(2);
            assertThat(sealed.err()).contains("no password");
        }
    }

    private Path configure(String site) throws IOException {
        Files.writeString(folder.resolve("site.yaml"), site);
        return Files.writeString(
                folder.resolve("jackfield.yaml"),
                """
                domain: 127.0.0.1
                http: {port: %d}
                sip: {udp: [], tcp: []}
                media: {addresses: [127.0.0.1], port: %d, ports: 40000-40099}
                """
                        .formatted(httpPort, mediaPort));
    }

    private record Ended(int code, String out, String err) {}

    private Ended run(String... arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                command(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(String... arguments) throws IOException {
        return command(arguments).redirectError(folder.resolve("err.txt").toFile()).start();
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.jackfield.server.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JACKFIELD_"));
        return builder;
    }

    private void awaitReady(Process process) throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("ready")) {
            line = out.readLine();
        }
        assertThat(line)
                .as(
                        "said that it is ready, and not %s",
                        Files.readString(folder.resolve("err.txt")))
                .isNotNull();
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
