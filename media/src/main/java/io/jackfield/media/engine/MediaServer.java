package io.jackfield.media.engine;

import io.jackfield.media.BrowserLeg;
import io.jackfield.media.IceSide;
import io.jackfield.media.MediaAddress;
import io.jackfield.media.MediaCounters;
import io.jackfield.media.MediaEngine;
import io.jackfield.media.MediaLeg;
import io.jackfield.media.MediaListener;
import io.jackfield.media.MediaPortsExhausted;
import io.jackfield.media.MediaRoom;
import io.jackfield.media.MediaSettings;
import io.jackfield.media.TrunkLeg;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.dtls.DtlsCertificate;
import io.jackfield.media.dtls.DtlsEngine;
import io.jackfield.media.dtls.DtlsSettings;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.Recording;
import io.jackfield.media.socket.MediaLoop;
import io.jackfield.media.socket.PortRange;
import io.jackfield.media.socket.UdpSocket;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.SetupRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * The media engine over real sockets.
 *
 * <p>Thread-safety: any thread, as {@link MediaEngine} promises.
 */
public final class MediaServer implements MediaEngine {
    /** More than the 24 bits RFC 8839 §5.4 demands. */
    private static final int UFRAG_CHARACTERS = 8;

    /** 144 bits; the RFC demands 128. */
    private static final int PASSWORD_CHARACTERS = 24;

    private final Engine engine;
    private final DtlsEngine dtls;
    private final List<UdpSocket> browserSockets;
    private final List<LocalCandidate> candidates;
    private final BrowserPort browserPort;
    private final PortRange trunkPorts;

    private MediaServer(Engine engine, DtlsEngine dtls, List<UdpSocket> browserSockets) {
        this.engine = engine;
        this.dtls = dtls;
        this.browserSockets = browserSockets;
        this.candidates = candidates(engine.settings(), browserSockets);
        this.browserPort = new BrowserPort(browserSockets, engine.counters());
        this.trunkPorts =
                new PortRange(
                        engine.settings().trunkPortMin(),
                        engine.settings().trunkPortMax(),
                        engine.settings().socketBufferBytes());
    }

    /**
     * Binds the browser port on every local address and starts the loop.
     *
     * @throws io.jackfield.media.MediaSocketUnavailable where an address or the port is not to be
     *     had
     */
    public static MediaServer start(MediaSettings settings) throws IOException {
        return start(settings, DtlsSettings.DEFAULT, new SecureRandom(), InstantSource.system());
    }

    /** The same with everything told. */
    public static MediaServer start(
            MediaSettings settings,
            DtlsSettings dtlsSettings,
            SecureRandom random,
            InstantSource wallClock)
            throws IOException {
        DtlsEngine dtls =
                new DtlsEngine(
                        DtlsCertificate.generate(random, wallClock.instant()),
                        dtlsSettings,
                        random);
        List<UdpSocket> sockets = bind(settings);
        Engine engine =
                new Engine(
                        settings,
                        MediaLoop.start("media"),
                        dtls::start,
                        new OutcomeCounters(),
                        random,
                        wallClock,
                        new RunningLegs(settings.legsMax()),
                        SpeechCodecs.best());
        MediaServer server = new MediaServer(engine, dtls, sockets);
        server.command(_ -> server.listen());
        return server;
    }

    private static List<UdpSocket> bind(MediaSettings settings) throws IOException {
        List<UdpSocket> bound = new ArrayList<>();
        int port = settings.browserPort();
        try {
            for (MediaAddress address : settings.addresses()) {
                UdpSocket socket =
                        UdpSocket.bind(
                                new InetSocketAddress(address.local(), port),
                                settings.socketBufferBytes());
                bound.add(socket);
                port = socket.local().getPort();
            }
            return List.copyOf(bound);
        } catch (IOException taken) {
            bound.forEach(UdpSocket::close);
            throw taken;
        }
    }

    /** The advertised addresses, and nothing else. */
    private static List<LocalCandidate> candidates(
            MediaSettings settings, List<UdpSocket> sockets) {
        List<LocalCandidate> advertised = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            MediaAddress address = settings.addresses().get(i);
            int port = address.advertisedPort().orElse(sockets.get(i).local().getPort());
            advertised.add(new LocalCandidate(address.advertised(), port));
        }
        return List.copyOf(advertised);
    }

    private void listen() {
        for (UdpSocket socket : browserSockets) {
            engine.loop()
                    .register(
                            socket,
                            (datagram, from, nowNanos) ->
                                    browserPort.receive(socket, datagram, from, nowNanos));
        }
    }

    @Override
    public BrowserLeg openBrowserLeg(String legId, IceSide side, MediaListener listener) {
        if (!engine.legs().admit()) {
            throw new IllegalStateException("no more than " + engine.settings().legsMax());
        }
        IceCredentials credentials = freshCredentials();
        SetupRole setup =
                switch (side) {
                    case ANSWERING -> SetupRole.ACTIVE;
                    case OFFERING -> SetupRole.ACTPASS;
                };
        LocalMedia.WebRtc local =
                new LocalMedia.WebRtc(
                        BrowserLegHandle.forDescription(credentials),
                        dtls.fingerprint(),
                        setup,
                        candidates);
        RunningBrowserLeg running =
                new RunningBrowserLeg(
                        legId, credentials, browserPort, listener, engine, System.nanoTime());
        commandOrRelease(
                _ -> {
                    engine.legs().add(running);
                    browserPort.refresh(running);
                },
                () -> {});
        return new BrowserLegHandle(engine.loop(), running, local, this::freshCredentials);
    }

    @Override
    public TrunkLeg openTrunkLeg(String legId, InetAddress localAddress, MediaListener listener)
            throws MediaPortsExhausted {
        MediaAddress address =
                engine.settings().addresses().stream()
                        .filter(a -> a.local().equals(localAddress))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "not a media address: " + localAddress));
        if (!engine.legs().admit()) {
            throw new MediaPortsExhausted("no more than " + engine.settings().legsMax() + " legs");
        }
        Optional<PortRange.Pair> pair = trunkPorts.open(localAddress);
        if (pair.isEmpty()) {
            engine.legs().release();
            throw new MediaPortsExhausted(
                    "no free port pair from "
                            + engine.settings().trunkPortMin()
                            + " to "
                            + engine.settings().trunkPortMax());
        }
        return startTrunkLeg(legId, address, pair.get(), listener);
    }

    private TrunkLeg startTrunkLeg(
            String legId, MediaAddress address, PortRange.Pair pair, MediaListener listener) {
        RunningTrunkLeg running =
                new RunningTrunkLeg(legId, trunkPorts, pair, listener, engine, System.nanoTime());
        commandOrRelease(
                _ -> {
                    engine.legs().add(running);
                    running.listen();
                },
                () -> {
                    pair.rtp().close();
                    pair.rtcp().close();
                    trunkPorts.release(pair);
                });
        LocalMedia.Plain local =
                new LocalMedia.Plain(
                        address.advertised(),
                        pair.rtp().local().getPort(),
                        pair.rtcp().local().getPort());
        return new TrunkLegHandle(engine.loop(), running, local);
    }

    private void commandOrRelease(LongConsumer command, Runnable otherwise) {
        if (!engine.loop().post(command)) {
            engine.legs().release();
            otherwise.run();
            throw new IllegalStateException("the media loop takes no more commands");
        }
    }

    private IceCredentials freshCredentials() {
        return new IceCredentials(
                iceCharacters(UFRAG_CHARACTERS), iceCharacters(PASSWORD_CHARACTERS));
    }

    private String iceCharacters(int count) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        StringBuilder characters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            characters.append(alphabet.charAt(engine.random().nextInt(alphabet.length())));
        }
        return characters.toString();
    }

    @Override
    public void bridge(MediaLeg a, MediaLeg b) {
        both(
                a,
                b,
                (one, other) -> {
                    one.speakTo(other);
                    other.speakTo(one);
                });
    }

    @Override
    public void echo(MediaLeg leg) {
        both(leg, leg, (one, _) -> one.speakTo(one));
    }

    @Override
    public void qualityEcho(MediaLeg leg) {
        both(leg, leg, (one, _) -> one.qualityEcho());
    }

    @Override
    public MediaRoom room() {
        return new RoomHandle(new RunningRoom(engine), this::command, MediaServer::running);
    }

    @Override
    public void park(MediaLeg leg) {
        both(leg, leg, (one, _) -> one.park());
    }

    @Override
    public void play(MediaLeg leg, Prompt prompt, boolean loop) {
        RunningLeg running = running(leg);
        command(nowNanos -> running.play(prompt, loop, nowNanos));
    }

    @Override
    public void record(Recording recording, MediaLeg agent, MediaLeg customer) {
        both(
                agent,
                customer,
                (one, other) -> {
                    one.tap(new RecordingTap(recording.agent()));
                    other.tap(new RecordingTap(recording.customer()));
                });
    }

    private void both(MediaLeg a, MediaLeg b, BiConsumer<RunningLeg, RunningLeg> action) {
        RunningLeg one = running(a);
        RunningLeg other = running(b);
        command(_ -> action.accept(one, other));
    }

    private static RunningLeg running(MediaLeg leg) {
        return switch (leg) {
            case BrowserLegHandle browser -> browser.running;
            case TrunkLegHandle trunk -> trunk.running;
            case BrowserLeg _, TrunkLeg _ ->
                    throw new IllegalArgumentException("a leg of another engine");
        };
    }

    private void command(LongConsumer command) {
        if (!engine.loop().post(command)) {
            throw new IllegalStateException("the media loop takes no more commands");
        }
    }

    @Override
    public MediaCounters counters() {
        return new MediaCounters(
                engine.counters().all(),
                engine.legs().count(),
                trunkPorts.inUse(),
                dtls.handshakesRunning(),
                dtls.handshakesCancelled(),
                engine.loop().tasksDropped(),
                browserSockets.stream().mapToInt(UdpSocket::receiveBufferBytes).min().orElse(0));
    }

    @Override
    public void close() {
        boolean posted =
                engine.loop()
                        .post(nowNanos -> {
                            engine.legs().all().forEach(leg -> leg.closeNow(nowNanos));
                            browserSockets.forEach(UdpSocket::close);
                            boolean _ = engine.loop().post(_ -> engine.loop().close());
                        });
        if (!posted) {
            browserSockets.forEach(UdpSocket::close);
        }
        engine.loop().awaitEnd();
    }
}
