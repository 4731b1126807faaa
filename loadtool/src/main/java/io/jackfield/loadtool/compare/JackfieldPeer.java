package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.scenario.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Jackfield from its source tree, with the site of the benchmark on ports of its own. */
final class JackfieldPeer implements Peer {
    static final String NAME = "Jackfield";

    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 100;
    private static final int HTTP_PORT = 8188;
    private static final int SIP_PORT = 5170;
    private static final int TRUNK_PORT = 5190;

    /** What the log says once the first calls would meet compiled code. */
    private static final String WARM = " warm ";

    private final Process server;
    private final Path gcLog;

    private JackfieldPeer(Process server, Path gcLog) {
        this.server = server;
        this.gcLog = gcLog;
    }

    /**
     * Starts it and waits until it is warm.
     *
     * @param tree the source tree, built
     * @param folder for what it writes; emptied by whoever made it
     */
    static JackfieldPeer start(Path tree, Path folder, int cpu)
            throws IOException, InterruptedException {
        Path example = tree.resolve("examples/bench");
        Path config = folder.resolve("jackfield.yaml");
        Files.writeString(
                config,
                Files.readString(example.resolve("jackfield.yaml"))
                        .replace("port: 8088", "port: " + HTTP_PORT)
                        .replace("127.0.0.1:5070", "127.0.0.1:" + SIP_PORT));
        Files.writeString(
                folder.resolve("site.yaml"),
                Files.readString(example.resolve("site.yaml"))
                        .replace("port: 5090", "port: " + TRUNK_PORT));
        Path gcLog = Files.createTempFile(folder, "gc", ".log");
        Path log = Files.createTempFile(folder, "server", ".log");
        List<String> command =
                List.of(
                        tree.resolve("jackfield").toString(),
                        "serve",
                        "--config",
                        config.toString());
        ProcessBuilder builder =
                new ProcessBuilder(Commands.pinned(cpu, command))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + gcLog);
        JackfieldPeer peer = new JackfieldPeer(builder.start(), gcLog);
        peer.awaitWarm(log);
        return peer;
    }

    private void awaitWarm(Path log) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + START_MAX.toNanos();
        while (!Files.readString(log).contains(WARM)) {
            if (!server.isAlive() || endNanos - System.nanoTime() <= 0) {
                close();
                throw new IOException("Jackfield did not start: " + Files.readString(log));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI webSocket() {
        return URI.create("ws://127.0.0.1:" + HTTP_PORT + "/ws");
    }

    @Override
    public InetSocketAddress trunk() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), TRUNK_PORT);
    }

    @Override
    public ServerProcess process() {
        return new ServerProcess(OptionalLong.of(server.pid()), true, Optional.of(gcLog));
    }

    @Override
    public void close() throws IOException {
        if (!server.isAlive()) {
            return;
        }
        Commands.uninterrupted(() -> {
            goOn();
            server.destroy();
            if (!server.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                server.destroyForcibly();
            }
        });
    }
}
