package io.jackfield.loadtool.media;

import io.jackfield.loadtool.net.PacketSocket;
import io.jackfield.loadtool.net.PacketSource;
import io.jackfield.loadtool.phone.PhoneMedia;
import io.jackfield.media.LegParameters;
import io.jackfield.media.Outcome;
import io.jackfield.media.demux.DatagramKind;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.media.peer.KeyAgreement;
import io.jackfield.media.peer.PeerEvent;
import io.jackfield.media.peer.PeerUser;
import io.jackfield.protocol.ice.IceControllingClient;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Candidate;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import io.jackfield.protocol.srtp.SrtpOutcome;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A phone's media of one call: a controlling ICE client, DTLS-SRTP, frames and reports.
 *
 * <p>Thread-safety: what {@link PhoneMedia} and {@link MediaClock} have, on any thread; the rest on
 * the loop.
 */
final class BrowserMedia implements PhoneMedia, Ticking {
    private static final int UFRAG_LENGTH = 8;
    private static final int PASSWORD_LENGTH = 24;
    private static final int STUN_BYTES_MAX = 512;

    private final MediaHost host;
    private final Talker talker;
    private final MediaClock times;
    private final PacketSocket socket;
    private final IceCredentials credentials;
    private final LocalMedia.WebRtc local;
    private final KeyAgreement keys;
    private final ByteBuffer stun = ByteBuffer.allocate(STUN_BYTES_MAX);
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();

    private @Nullable IceControllingClient ice;
    private @Nullable PhoneReports reports;
    private boolean hasPath;
    private boolean talking;
    private boolean closed;
    private long slowDueNanos;
    private long arrivedNanos;

    /** Opens the socket; waits for the loop. */
    BrowserMedia(MediaHost host, InetSocketAddress bind, Talker talker, MediaClock times)
            throws IOException {
        this.host = host;
        this.talker = talker;
        this.times = times;
        this.socket = host.loop().bind(bind, this::packet);
        this.credentials = new IceCredentials(host.name(UFRAG_LENGTH), host.name(PASSWORD_LENGTH));
        this.local = describe();
        this.keys =
                new KeyAgreement(host.dtls()::start, host.loop()::post, new Taken(), this::sendRaw);
    }

    private LocalMedia.WebRtc describe() {
        return new LocalMedia.WebRtc(
                new io.jackfield.protocol.sdp.IceCredentials(
                        credentials.ufrag(), credentials.password()),
                host.dtls().fingerprint(),
                SetupRole.ACTPASS,
                List.of(new LocalCandidate(socket.local().getAddress(), socket.local().getPort())));
    }

    // What a phone does.

    @Override
    public LocalMedia.WebRtc local() {
        return local;
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        return connected.copy();
    }

    @Override
    public void apply(LegParameters agreed) {
        host.loop().post(nowNanos -> connect(agreed, nowNanos));
    }

    private void connect(LegParameters agreed, long nowNanos) {
        List<InetSocketAddress> candidates = candidates(agreed.transport());
        if (!(agreed.transport() instanceof RemoteMedia.WebRtc remote)
                || candidates.isEmpty()
                || ice != null
                || closed) {
            connected.complete(false);
            return;
        }
        talker.speak(agreed.codecs().chosen());
        reports = new PhoneReports(talker, host, nowNanos);
        boolean active = agreed.localSetup().equals(Optional.of(SetupRole.ACTIVE));
        keys.expect(remote.fingerprints(), active ? DtlsRole.CLIENT : DtlsRole.SERVER, nowNanos);
        ice =
                new IceControllingClient(
                        credentials,
                        new IceCredentials(remote.ice().ufrag(), remote.ice().pwd()),
                        candidates,
                        IceControllingClient.Nomination.AGGRESSIVE,
                        host.random(),
                        nowNanos);
        host.loop().add(this, host.place());
        proceed(nowNanos);
    }

    private static List<InetSocketAddress> candidates(RemoteMedia transport) {
        return transport instanceof RemoteMedia.WebRtc remote
                ? remote.candidates().stream()
                        .filter(Candidate::isUdp)
                        .flatMap(c ->
                                c.literal().stream()
                                        .map(address -> new InetSocketAddress(address, c.port())))
                        .toList()
                : List.of();
    }

    @Override
    public void talk() {
        host.loop().post(_ -> talking = true);
    }

    @Override
    public void hush() {
        host.loop().post(_ -> talking = false);
    }

    @Override
    public void close() {
        host.loop()
                .post(_ -> {
                    if (!closed) {
                        closed = true;
                        keys.close();
                        socket.close();
                        host.hearing().gone(talker);
                        connected.complete(false);
                    }
                });
    }

    // Turns.

    @Override
    public boolean tick(long dueNanos, long nowNanos) {
        if (closed) {
            return false;
        }
        if (slowDueNanos - nowNanos <= 0) {
            proceed(nowNanos);
        }
        if (talking && hasPath && keys.ready()) {
            sendFrame(dueNanos);
        }
        return true;
    }

    private void sendFrame(long dueNanos) {
        ByteBuffer packet = host.packet();
        long nowNanos = System.nanoTime();
        talker.write(packet, nowNanos);
        if (keys.protect(packet) == SrtpOutcome.ACCEPTED) {
            sendRaw(packet);
            host.hearing().sent(nowNanos - dueNanos);
            if (reports != null) {
                reports.sent(nowNanos);
            }
        }
    }

    /** What is not due with each frame: checks, handshakes, reports. */
    private void proceed(long nowNanos) {
        if (ice == null || closed) {
            return;
        }
        for (var target = ice.poll(stun, nowNanos);
                target.isPresent();
                target = ice.poll(stun, nowNanos)) {
            send(stun, target.get());
        }
        notePath(ice);
        keys.handleTimeout(nowNanos);
        if (hasPath) {
            keys.proceed(nowNanos);
        }
        if (reports != null && keys.ready() && reports.poll(host.packet(), nowNanos)) {
            sendReport(host.packet());
        }
        slowDueNanos = nextSlow(ice, nowNanos);
    }

    private void sendReport(ByteBuffer compound) {
        if (keys.protectRtcp(compound) == SrtpOutcome.ACCEPTED) {
            sendRaw(compound);
        }
    }

    private void notePath(IceControllingClient client) {
        Optional<InetSocketAddress> selected = client.selectedRemote();
        if (selected.isPresent() && !hasPath) {
            try {
                socket.connect(selected.get());
                hasPath = true;
            } catch (IOException unreachable) {
                connected.complete(false);
            }
        }
        boolean hopeless =
                switch (client.state()) {
                    case FAILED, CONSENT_EXPIRED -> true;
                    case CHECKING, CONNECTED -> false;
                };
        if (hopeless) {
            hasPath = false;
            connected.complete(false);
        }
    }

    private long nextSlow(IceControllingClient client, long nowNanos) {
        OptionalLong reporting =
                reports == null ? OptionalLong.empty() : OptionalLong.of(reports.deadlineNanos());
        return Stream.of(client.deadlineNanos(), keys.deadlineNanos(), reporting)
                .flatMapToLong(OptionalLong::stream)
                .reduce((a, b) -> b - a < 0 ? b : a)
                .orElse(nowNanos + FrameWheel.FRAME_NANOS);
    }

    // Packets.

    private void packet(ByteBuffer packet, PacketSource source, long arrived) {
        arrivedNanos = arrived;
        switch (DatagramKind.of(packet)) {
            case STUN -> stun(packet, source, System.nanoTime());
            case DTLS -> {
                Outcome _ = keys.dtls(packet, System.nanoTime());
            }
            case RTP -> {
                Outcome _ = keys.srtp(packet, System.nanoTime());
            }
            case RTCP -> {
                Outcome _ = keys.srtcp(packet, System.nanoTime());
            }
            case OTHER -> {}
        }
    }

    private void stun(ByteBuffer packet, PacketSource source, long nowNanos) {
        if (ice != null && StunParser.parse(packet) instanceof StunParse.Received(var message)) {
            ice.handle(message, source.address(), nowNanos);
            proceed(nowNanos);
        }
    }

    private void sendRaw(ByteBuffer packet) {
        if (hasPath) {
            boolean _ = socket.send(packet);
        }
    }

    private void send(ByteBuffer packet, InetSocketAddress to) {
        boolean _ = hasPath ? socket.send(packet) : socket.send(packet, to);
    }

    /** What comes out of SRTP. */
    private final class Taken implements PeerUser {
        private final RtpPacket packet = new RtpPacket();

        @Override
        public Outcome rtp(ByteBuffer bytes, long nowNanos) {
            if (host.hearing().hear(packet, bytes, arrivedNanos, nowNanos)) {
                times.heard(arrivedNanos);
            }
            if (reports != null) {
                reports.received(packet, arrivedNanos);
            }
            return Outcome.FORWARDED;
        }

        @Override
        public Outcome rtcp(ByteBuffer compound, long nowNanos) {
            return Outcome.RTCP_TAKEN;
        }

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress from, InetSocketAddress remote) {
            BrowserMedia.this.send(datagram, remote);
            return true;
        }

        @Override
        public void event(PeerEvent event) {
            switch (event) {
                case PeerEvent.Keyed _ -> {
                    times.connected(System.nanoTime());
                    connected.complete(true);
                }
                case PeerEvent.KeysFailed _ -> connected.complete(false);
                case PeerEvent.PathChosen _,
                        PeerEvent.ConsentLost _,
                        PeerEvent.AssociationClosed _ -> {}
            }
        }
    }
}
