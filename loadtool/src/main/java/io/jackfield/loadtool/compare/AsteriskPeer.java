package io.jackfield.loadtool.compare;

import io.jackfield.loadtool.scenario.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The reference Asterisk, by the scripts of its rig. */
final class AsteriskPeer implements Peer {
    static final String NAME = "Asterisk";

    private final Path rig;
    private final Path folder;
    private final long pid;

    private AsteriskPeer(Path rig, Path folder, long pid) {
        this.rig = rig;
        this.folder = folder;
        this.pid = pid;
    }

    /**
     * Starts it and waits until it is booted.
     *
     * @param rig its scripts
     * @param folder in which it was set up
     */
    static AsteriskPeer start(Path rig, Path folder, int cpu)
            throws IOException, InterruptedException {
        Commands.run(rig.resolve("stop").toString(), folder.toString());
        Commands.run(
                Map.of("CPU", Integer.toString(cpu)),
                Commands.first(List.of(rig.resolve("start").toString(), folder.toString())));
        String written = Files.readString(folder.resolve("asterisk.pid")).strip();
        Commands.firstSession(written);
        return new AsteriskPeer(rig, folder, Long.parseLong(written));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public URI webSocket() {
        return URI.create("ws://127.0.0.1:8088/ws");
    }

    @Override
    public InetSocketAddress trunk() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 5090);
    }

    @Override
    public ServerProcess process() {
        return new ServerProcess(OptionalLong.of(pid), false, Optional.empty());
    }

    @Override
    public void close() throws IOException {
        Commands.uninterrupted(() -> {
            goOn();
            Commands.run(rig.resolve("stop").toString(), folder.toString());
        });
    }
}
