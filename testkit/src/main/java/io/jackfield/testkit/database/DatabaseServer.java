package io.jackfield.testkit.database;

import io.jackfield.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A true PostgreSQL or MariaDB on a free port of 127.0.0.1, its data in a folder of its own that is
 * deleted at the end. Started by root it runs as the user that its package made for it.
 *
 * <p>Single-threaded.
 */
public final class DatabaseServer implements AutoCloseable {
    public static final String USER = "jackfield";
    public static final String PASSWORD = "secret of the tests";
    public static final String DATABASE = "jackfield";

    private static final Duration STEP_MAX = Duration.ofMinutes(2);

    /** Which of the two. */
    public enum Kind {
        POSTGRESQL,
        MARIADB
    }

    private final Kind kind;
    private final Path programs;
    private final Path folder;
    private final int port;
    private Optional<Process> process = Optional.empty();

    private DatabaseServer(Kind kind, Path programs, Path folder, int port) {
        this.kind = kind;
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** The Debian package that has it. */
    public static String packageOf(Kind kind) {
        return switch (kind) {
            case POSTGRESQL -> "postgresql";
            case MARIADB -> "mariadb-server";
        };
    }

    /** Makes and starts one; empty when it is not installed. */
    public static Optional<DatabaseServer> start(Kind kind) {
        Optional<Path> programs = programs(kind);
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("jackfield-" + kind);
            DatabaseServer server =
                    new DatabaseServer(kind, programs.get(), folder, FreePorts.next());
            server.make();
            server.start();
            server.makeDatabase();
            return Optional.of(server);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Optional<Path> programs(Kind kind) {
        return switch (kind) {
            case POSTGRESQL -> postgresql();
            case MARIADB ->
                    Optional.of(Path.of("/usr/sbin")).filter(p -> exists(p.resolve("mariadbd")));
        };
    }

    /** The newest, where there are several. */
    private static Optional<Path> postgresql() {
        Path root = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(root)) {
            return versions.map(v -> v.resolve("bin"))
                    .filter(bin -> exists(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean exists(Path program) {
        return Files.isExecutable(program);
    }

    /** What stands in a URL behind the two slashes. */
    public String address() {
        return "127.0.0.1:" + port + "/" + DATABASE;
    }

    public int port() {
        return port;
    }

    private void make() throws IOException {
        if (root()) {
            run(List.of("chown", systemUser(), folder.toString()), false, "");
        }
        switch (kind) {
            case POSTGRESQL -> {
                Path password = Files.writeString(folder.resolve("password"), PASSWORD);
                Files.setPosixFilePermissions(
                        password, PosixFilePermissions.fromString("rw-r--r--"));
                run(
                        List.of(
                                programs.resolve("initdb").toString(),
                                "--pgdata=" + folder.resolve("data"),
                                "--username=" + USER,
                                "--auth=scram-sha-256",
                                "--pwfile=" + password,
                                "--encoding=UTF8",
                                "--no-sync"),
                        true,
                        "");
            }
            case MARIADB ->
                    run(
                            List.of(
                                    "mariadb-install-db",
                                    "--no-defaults",
                                    "--datadir=" + folder.resolve("data"),
                                    "--auth-root-authentication-method=normal",
                                    "--skip-test-db"),
                            true,
                            "");
        }
    }

    /** Starts it, or starts it again, and waits until it lets somebody in. */
    public void start() throws IOException {
        List<String> command =
                switch (kind) {
                    case POSTGRESQL ->
                            List.of(
                                    programs.resolve("postgres").toString(),
                                    "-D",
                                    folder.resolve("data").toString(),
                                    "-p",
                                    Integer.toString(port),
                                    "-c",
                                    "listen_addresses=127.0.0.1",
                                    "-c",
                                    "unix_socket_directories=",
                                    "-c",
                                    "fsync=off");
                    case MARIADB ->
                            List.of(
                                    programs.resolve("mariadbd").toString(),
                                    "--no-defaults",
                                    "--datadir=" + folder.resolve("data"),
                                    "--port=" + port,
                                    "--bind-address=127.0.0.1",
                                    "--socket=" + folder.resolve("socket"),
                                    "--pid-file=" + folder.resolve("pid"),
                                    "--innodb-flush-log-at-trx-commit=0");
                };
        process =
                Optional.of(
                        new ProcessBuilder(asSystemUser(command))
                                .redirectErrorStream(true)
                                .redirectOutput(
                                        ProcessBuilder.Redirect.appendTo(
                                                folder.resolveSibling(folder.getFileName() + ".log")
                                                        .toFile()))
                                .start());
        awaitReady();
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + STEP_MAX.toNanos();
        while (System.nanoTime() - end < 0) {
            if (listens() && answers()) {
                return;
            }
            if (!process.orElseThrow().isAlive()) {
                break;
            }
            pause();
        }
        throw new IOException(kind + " did not start: " + Files.readString(log()).lines().toList());
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean answers() {
        try {
            asOwner("SELECT 1");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void makeDatabase() throws IOException {
        switch (kind) {
            case POSTGRESQL -> asOwner("CREATE DATABASE " + DATABASE);
            case MARIADB -> {
                asOwner("CREATE DATABASE " + DATABASE);
                asOwner("CREATE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + PASSWORD + "'");
                asOwner("GRANT ALL ON " + DATABASE + ".* TO " + USER + "@'127.0.0.1'");
            }
        }
    }

    private String asOwner(String sql) throws IOException {
        return switch (kind) {
            case POSTGRESQL -> psql("postgres", sql);
            case MARIADB ->
                    run(
                            List.of(
                                    "mariadb",
                                    "--no-defaults",
                                    "--user=root",
                                    "--socket=" + folder.resolve("socket"),
                                    "--execute=" + sql),
                            true,
                            "");
        };
    }

    /**
     * Lets the database's own client, psql or mariadb, execute this.
     *
     * @return what it printed: values without decoration
     */
    public String execute(String sql) throws IOException {
        return switch (kind) {
            case POSTGRESQL -> psql(DATABASE, sql);
            case MARIADB ->
                    run(
                            List.of(
                                    "mariadb",
                                    "--no-defaults",
                                    "--host=127.0.0.1",
                                    "--port=" + port,
                                    "--user=" + USER,
                                    "--batch",
                                    "--skip-column-names",
                                    "--execute=" + sql,
                                    DATABASE),
                            false,
                            PASSWORD);
        };
    }

    private String psql(String database, String sql) throws IOException {
        return run(
                List.of(
                        programs.resolve("psql").toString(),
                        "--no-psqlrc",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + USER,
                        "--dbname=" + database,
                        "--tuples-only",
                        "--no-align",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--command=" + sql),
                false,
                PASSWORD);
    }

    /** Stops it as an operator does; connections are cut. */
    public void stop() throws IOException {
        Process running = process.orElseThrow();
        process = Optional.empty();
        // To PostgreSQL TERM means to wait until all have gone by themselves.
        String signal = kind == Kind.POSTGRESQL ? "-INT" : "-TERM";
        run(List.of("kill", signal, Long.toString(running.pid())), false, "");
        try {
            if (!running.waitFor(STEP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        if (process.isPresent()) {
            stop();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(log());
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".log");
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String systemUser() {
        return kind == Kind.POSTGRESQL ? "postgres" : "mysql";
    }

    private List<String> asSystemUser(List<String> command) {
        if (!root()) {
            return command;
        }
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=" + systemUser(),
                                "--regid=" + systemUser(),
                                "--clear-groups"));
        all.addAll(command);
        return all;
    }

    private String run(List<String> command, boolean systemUser, String password)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(systemUser ? asSystemUser(command) : command)
                        .directory(new java.io.File("/"))
                        .redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        builder.environment().put("MYSQL_PWD", password);
        Process step = builder.start();
        step.getOutputStream().close();
        String output = new String(step.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!step.waitFor(STEP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                step.destroyForcibly();
                throw new IOException(command.getFirst() + " does not end");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        if (step.exitValue() != 0) {
            throw new IOException(command.getFirst() + ": " + output);
        }
        return output.strip();
    }
}
