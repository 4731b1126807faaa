package io.jackfield.loadtool.media;

import io.jackfield.loadtool.net.PacketSocket;
import io.jackfield.loadtool.net.PacketSource;
import io.jackfield.loadtool.phone.OfferedBy;
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
import io.jackfield.protocol.stun.StunClass;
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
 * A phone's media of one call: ICE with one socket, DTLS-SRTP, frames and reports.
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
    private final Ears ears;
    private final MediaClock times;
    private final PacketSocket socket;
    private final IceCredentials credentials;
    private final LocalMedia.WebRtc local;
    private final IceAnswers answers;
    private final KeyAgreement keys;
    private final ByteBuffer stun = ByteBuffer.allocate(STUN_BYTES_MAX);
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();

    private @Nullable IceControllingClient ice;
    private @Nullable PhoneReports reports;
    private boolean applied;

    /** The peer's credentials, where it controls. */
    private Optional<IceCredentials> controlling = Optional.empty();

    /** Where the peer has checked from, which may be before its description is known here. */
    private Optional<InetSocketAddress> checkedFrom = Optional.empty();

    private boolean nominated;
    private boolean hasPath;
    private boolean talking;
    private boolean closed;
    private long slowDueNanos;
    private long arrivedNanos;

    /** Opens the socket; waits for the loop. */
    BrowserMedia(MediaHost host, InetSocketAddress bind, Talker talker, Ears ears, MediaClock times)
            throws IOException {
        this.host = host;
        this.talker = talker;
        this.ears = ears;
        this.times = times;
        this.socket = host.loop().bind(bind, this::packet);
        this.credentials = new IceCredentials(host.name(UFRAG_LENGTH), host.name(PASSWORD_LENGTH));
        this.answers = new IceAnswers(credentials, host.random());
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
    public void apply(LegParameters agreed, OfferedBy offeredBy) {
        host.loop().post(nowNanos -> connect(agreed, offeredBy, nowNanos));
    }

    private void connect(LegParameters agreed, OfferedBy offeredBy, long nowNanos) {
        List<InetSocketAddress> candidates = candidates(agreed.transport());
        if (!(agreed.transport() instanceof RemoteMedia.WebRtc remote)
                || candidates.isEmpty()
                || applied
                || closed) {
            connected.complete(false);
            return;
        }
        talker.speak(agreed.codecs().chosen());
        ears.listenTo(agreed.codecs());
        reports = new PhoneReports(talker, host, nowNanos);
        boolean active = agreed.localSetup().equals(Optional.of(SetupRole.ACTIVE));
        keys.expect(remote.fingerprints(), active ? DtlsRole.CLIENT : DtlsRole.SERVER, nowNanos);
        applied = true;
        IceCredentials theirs = new IceCredentials(remote.ice().ufrag(), remote.ice().pwd());
        controlling = Optional.of(theirs);
        // Where one is lite, "the full agent MUST take the controlling role" (RFC 8445 §6.1.1).
        if (offeredBy == OfferedBy.US || remote.iceLite()) {
            controlling = Optional.empty();
            ice =
                    new IceControllingClient(
                            credentials,
                            theirs,
                            candidates,
                            IceControllingClient.Nomination.AGGRESSIVE,
                            host.random(),
                            nowNanos);
        }
        host.loop().add(this, host.place());
        checkedFrom.ifPresent(this::checkBack);
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
                        ears.close();
                        host.gone(talker);
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
        if (!applied || closed) {
            return;
        }
        if (ice != null) {
            check(ice, nowNanos);
        }
        keys.handleTimeout(nowNanos);
        if (hasPath) {
            keys.proceed(nowNanos);
        }
        if (reports != null && keys.ready() && reports.poll(host.packet(), nowNanos)) {
            sendReport(host.packet());
        }
        slowDueNanos = nextSlow(nowNanos);
    }

    private void check(IceControllingClient client, long nowNanos) {
        for (var target = client.poll(stun, nowNanos);
                target.isPresent();
                target = client.poll(stun, nowNanos)) {
            send(stun, target.get());
        }
        client.selectedRemote().ifPresent(this::takePath);
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

    private void takePath(InetSocketAddress remote) {
        if (hasPath) {
            return;
        }
        try {
            socket.connect(remote);
            hasPath = true;
        } catch (IOException unreachable) {
            connected.complete(false);
        }
    }

    private void sendReport(ByteBuffer compound) {
        if (keys.protectRtcp(compound) == SrtpOutcome.ACCEPTED) {
            sendRaw(compound);
        }
    }

    private long nextSlow(long nowNanos) {
        OptionalLong checking = ice == null ? OptionalLong.empty() : ice.deadlineNanos();
        OptionalLong reporting =
                reports == null ? OptionalLong.empty() : OptionalLong.of(reports.deadlineNanos());
        return Stream.of(checking, keys.deadlineNanos(), reporting)
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
        if (!(StunParser.parse(packet) instanceof StunParse.Received(var message))) {
            return;
        }
        InetSocketAddress from = source.address();
        IceAnswers.Answered answered = answers.answer(message, from, stun);
        if (answered != IceAnswers.Answered.NO) {
            send(stun, from);
        }
        if (ice != null) {
            ice.handle(message, from, nowNanos);
        }
        if (answered != IceAnswers.Answered.NO) {
            checkedFrom = Optional.of(from);
            nominated |= answered == IceAnswers.Answered.NOMINATION;
            checkBack(from);
        }
        boolean checked = message.message().isBinding(StunClass.SUCCESS);
        if (controlling.isPresent() && nominated && checked) {
            takePath(from);
        }
        proceed(nowNanos);
    }

    /** The triggered check, without which a peer may not take the path for valid. */
    private void checkBack(InetSocketAddress from) {
        controlling.ifPresent(theirs -> {
            answers.check(theirs, stun);
            send(stun, from);
        });
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
            if (ears.hear(packet, bytes, arrivedNanos, nowNanos)) {
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
