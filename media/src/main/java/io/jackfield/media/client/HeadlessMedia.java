package io.jackfield.media.client;

import io.jackfield.media.LegParameters;
import io.jackfield.media.Outcome;
import io.jackfield.media.codec.SpeechCodecs;
import io.jackfield.media.demux.DatagramKind;
import io.jackfield.media.dtls.DtlsEngine;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.media.peer.KeyAgreement;
import io.jackfield.media.peer.PeerEvent;
import io.jackfield.media.peer.PeerUser;
import io.jackfield.media.pipeline.Hearer;
import io.jackfield.media.pipeline.OutgoingStream;
import io.jackfield.media.pipeline.PacketOutput;
import io.jackfield.media.pipeline.PipelineEvents;
import io.jackfield.media.pipeline.ReceivePipeline;
import io.jackfield.media.pipeline.SoundSource;
import io.jackfield.media.socket.LoopTimer;
import io.jackfield.media.socket.MediaLoop;
import io.jackfield.media.socket.UdpSocket;
import io.jackfield.protocol.dtmf.DtmfDigit;
import io.jackfield.protocol.dtmf.DtmfPress;
import io.jackfield.protocol.ice.IceControllingClient;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.rtcp.RtcpParse;
import io.jackfield.protocol.rtcp.RtcpParser;
import io.jackfield.protocol.rtp.PayloadTypeMap;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.Candidate;
import io.jackfield.protocol.sdp.LocalCandidate;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import io.jackfield.protocol.srtp.SrtpOutcome;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One headless phone's media: a controlling ICE client, DTLS-SRTP, and frames every 20 ms.
 *
 * <p>Thread-safety: public methods on any thread; the rest on the host's loop.
 */
public final class HeadlessMedia implements AutoCloseable {
    private static final long FRAME_NANOS = 20_000_000L;
    private static final int FRAME_MILLIS = 20;
    private static final int TALK_SSRC = 3;
    private static final String ALPHABET =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final MediaLoop loop;
    private final UdpSocket socket;
    private final SecureRandom random;
    private final InstantSource wallClock;
    private final DtlsEngine dtls;
    private final LoopTimer timer;
    private final LoopTimer frameTimer;
    private final ReceivePipeline received;
    private final OutgoingStream outgoing;
    private final KeyAgreement keys;
    private final long me;
    private final FrameLog log;
    private final ByteBuffer stun = ByteBuffer.allocate(512);
    private final ByteBuffer frame = ByteBuffer.allocate(512);
    private final RtpPacket framePacket = new RtpPacket();
    private final List<DtmfPress> pressesHeard = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HeadlessReport.State> settled = new CompletableFuture<>();

    private volatile LocalMedia.WebRtc local;
    private volatile HeadlessReport.State state = HeadlessReport.State.NEW;
    private IceCredentials localCredentials;
    private Optional<IceCredentials> remoteCredentials = Optional.empty();
    private @Nullable IceControllingClient ice;
    private Optional<InetSocketAddress> path = Optional.empty();
    private long appliedNanos;
    private Optional<Duration> iceAfter = Optional.empty();
    private Optional<Duration> dtlsAfter = Optional.empty();
    private Optional<Duration> firstHeardAfter = Optional.empty();
    private PacketListener listener = (_, _) -> {};
    private boolean talking;
    private int talkPayloadType;
    private int unitsPerFrame;
    private long frames;
    private int frameTimestamp;
    private int frameSequenceNumber;
    private int frameSsrc = TALK_SSRC;
    private long frameDueNanos;

    HeadlessMedia(
            MediaLoop loop,
            DtlsEngine dtls,
            UdpSocket socket,
            SecureRandom random,
            InstantSource wallClock,
            SpeechCodecs codecs) {
        this.loop = loop;
        this.socket = socket;
        this.random = random;
        this.wallClock = wallClock;
        this.dtls = dtls;
        this.timer = loop.timer(this::onTimer);
        this.frameTimer = loop.timer(this::onFrame);
        this.received = new ReceivePipeline(new Noticed(), Duration.ofSeconds(60));
        this.outgoing = new OutgoingStream(new Out(), name(16), random, codecs);
        this.keys = new KeyAgreement(dtls::start, this::onLoop, new Taken(), this::sendRaw);
        this.me = random.nextLong();
        this.log = new FrameLog(me);
        this.localCredentials = new IceCredentials(name(8), name(24));
        this.local = describe(localCredentials, SetupRole.ACTPASS);
    }

    private String name(int length) {
        StringBuilder characters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }

    private LocalMedia.WebRtc describe(IceCredentials credentials, SetupRole setup) {
        return new LocalMedia.WebRtc(
                new io.jackfield.protocol.sdp.IceCredentials(
                        credentials.ufrag(), credentials.password()),
                dtls.fingerprint(),
                setup,
                List.of(new LocalCandidate(socket.local().getAddress(), socket.local().getPort())));
    }

    private void onLoop(java.util.function.LongConsumer task) {
        boolean _ = loop.post(task);
    }

    void listen() {
        onLoop(_ -> loop.register(socket, this::packet));
    }

    /** What goes into the session description. */
    public LocalMedia.WebRtc local() {
        return local;
    }

    /** New ICE credentials, for a description that restarts ICE. */
    public LocalMedia.WebRtc restartIce() {
        IceCredentials fresh = new IceCredentials(name(8), name(24));
        local = describe(fresh, SetupRole.ACTPASS);
        onLoop(_ -> localCredentials = fresh);
        return local;
    }

    /** Connects, or goes on with what was negotiated anew; the transport must be WebRTC's. */
    public void apply(LegParameters agreed) {
        onLoop(nowNanos -> applyOnLoop(agreed, nowNanos));
    }

    private void applyOnLoop(LegParameters agreed, long nowNanos) {
        if (!(agreed.transport() instanceof RemoteMedia.WebRtc remote)
                || state == HeadlessReport.State.CLOSED) {
            return;
        }
        if (outgoing.apply(agreed.codecs(), agreed.direction(), wallClock.instant(), nowNanos)) {
            outgoing.reporter().ifPresent(received::reportTo);
        }
        outgoing.forwardWith(PayloadTypeMap.identity());
        received.apply(agreed.codecs(), agreed.direction());
        talkPayloadType = agreed.codecs().chosen().send();
        unitsPerFrame = agreed.codecs().chosen().codec().clockRate() * FRAME_MILLIS / 1_000;
        IceCredentials credentials = new IceCredentials(remote.ice().ufrag(), remote.ice().pwd());
        if (!remoteCredentials.equals(Optional.of(credentials))) {
            boolean first = remoteCredentials.isEmpty();
            remoteCredentials = Optional.of(credentials);
            if (first) {
                appliedNanos = nowNanos;
                state = HeadlessReport.State.CHECKING;
                boolean active = agreed.localSetup().equals(Optional.of(SetupRole.ACTIVE));
                keys.expect(
                        remote.fingerprints(),
                        active ? DtlsRole.CLIENT : DtlsRole.SERVER,
                        nowNanos);
            }
            ice =
                    new IceControllingClient(
                            localCredentials,
                            credentials,
                            addresses(remote),
                            IceControllingClient.Nomination.AGGRESSIVE,
                            random,
                            nowNanos);
        }
        onTimer(nowNanos);
    }

    private static List<InetSocketAddress> addresses(RemoteMedia.WebRtc remote) {
        return remote.candidates().stream()
                .filter(Candidate::isUdp)
                .flatMap(c ->
                        c.literal().stream()
                                .map(address -> new InetSocketAddress(address, c.port())))
                .toList();
    }

    /** Begins to send numbered frames. */
    public void talk() {
        onLoop(nowNanos -> {
            talking = true;
            frameDueNanos = nowNanos;
            onFrame(nowNanos);
        });
    }

    /**
     * Says this in place of numbered frames, encoded as agreed, until there is no more of it; only
     * after {@link #apply}.
     */
    public void speak(SoundSource sound) {
        onLoop(nowNanos -> {
            if (outgoing.listenTo(sound)) {
                outgoing.soundBegins(nowNanos);
                rearm();
            }
        });
    }

    /** Shows every packet that is heard to that one too, on the host's loop. */
    public void listen(PacketListener also) {
        onLoop(_ -> listener = also);
    }

    /** Sees packets; they are the phone's again when it returns. */
    @FunctionalInterface
    public interface PacketListener {
        void heard(RtpPacket packet, long nowNanos);
    }

    /** Stops sending frames; reports go on. */
    public void hush() {
        onLoop(_ -> {
            talking = false;
            frameTimer.cancel();
        });
    }

    /** From now on frames have another SSRC, and other numbers, as after a change of microphone. */
    public void changeSource() {
        onLoop(_ -> {
            frameSsrc++;
            frameSequenceNumber = random.nextInt(0x8000);
            frameTimestamp = random.nextInt();
        });
    }

    /** Presses a key (RFC 4733). */
    public void press(char digit, int durationMillis) {
        DtmfDigit.byCharacter(digit)
                .ifPresent(d ->
                        onLoop(nowNanos -> {
                            boolean _ = outgoing.press(new DtmfPress(d, durationMillis), nowNanos);
                            rearm();
                        }));
    }

    /** Keys heard so far. */
    public List<DtmfPress> pressesHeard() {
        return List.copyOf(pressesHeard);
    }

    /** Completes when the phone is connected, has failed to, or is closed. */
    public CompletableFuture<HeadlessReport.State> settled() {
        return settled.copy();
    }

    /** What happened so far. */
    public CompletableFuture<HeadlessReport> report() {
        CompletableFuture<HeadlessReport> report = new CompletableFuture<>();
        if (!loop.post(nowNanos -> report.complete(reportNow(nowNanos)))) {
            report.completeExceptionally(new IllegalStateException("the loop has ended"));
        }
        return report;
    }

    private HeadlessReport reportNow(long nowNanos) {
        return new HeadlessReport(
                state,
                iceAfter,
                dtlsAfter,
                firstHeardAfter,
                frames,
                log.heard(),
                log.damaged(),
                log.repeated(),
                log.first(),
                log.missing(),
                log.longestGapMillis(),
                new HeadlessReport.RoundTrips(log.roundTripsNanos()),
                received.statistics(),
                outgoing.sent(),
                outgoing.heardByPeer(nowNanos));
    }

    @Override
    public void close() {
        onLoop(nowNanos -> {
            outgoing.close(nowNanos);
            settle(HeadlessReport.State.CLOSED);
            timer.cancel();
            frameTimer.cancel();
            keys.close();
            socket.close();
        });
    }

    // Packets.

    private void packet(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        switch (DatagramKind.of(datagram)) {
            case STUN -> stun(datagram, from, nowNanos);
            case DTLS -> {
                Outcome _ = keys.dtls(datagram, nowNanos);
            }
            case RTP -> {
                Outcome _ = keys.srtp(datagram, nowNanos);
            }
            case RTCP -> {
                Outcome _ = keys.srtcp(datagram, nowNanos);
            }
            case OTHER -> {}
        }
    }

    private void stun(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        if (ice != null && StunParser.parse(datagram) instanceof StunParse.Received(var packet)) {
            ice.handle(packet, from, nowNanos);
            onTimer(nowNanos);
        }
    }

    private void onTimer(long nowNanos) {
        if (ice == null || state == HeadlessReport.State.CLOSED) {
            return;
        }
        for (var target = ice.poll(stun, nowNanos);
                target.isPresent();
                target = ice.poll(stun, nowNanos)) {
            boolean _ = socket.send(stun, target.get());
        }
        notePath(ice, nowNanos);
        keys.handleTimeout(nowNanos);
        if (path.isPresent()) {
            keys.proceed(nowNanos);
        }
        received.handleTimeout(nowNanos);
        outgoing.handleTimeout(nowNanos);
        rearm();
    }

    private void notePath(IceControllingClient client, long nowNanos) {
        if (client.selectedRemote().isPresent()) {
            path = client.selectedRemote();
        }
        if (path.isPresent() && iceAfter.isEmpty()) {
            iceAfter = Optional.of(Duration.ofNanos(nowNanos - appliedNanos));
            state = HeadlessReport.State.SHAKING_HANDS;
        }
        boolean hopeless =
                switch (client.state()) {
                    case FAILED, CONSENT_EXPIRED -> true;
                    case CHECKING, CONNECTED -> false;
                };
        if (hopeless) {
            settle(HeadlessReport.State.FAILED);
        }
    }

    private void settle(HeadlessReport.State next) {
        state = next;
        settled.complete(next);
    }

    private void rearm() {
        OptionalLong next =
                java.util.stream.Stream.of(
                                ice == null ? OptionalLong.empty() : ice.deadlineNanos(),
                                keys.deadlineNanos(),
                                received.deadlineNanos(),
                                outgoing.deadlineNanos())
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .reduce((a, b) -> b - a < 0 ? b : a);
        next.ifPresent(timer::at);
    }

    private void onFrame(long nowNanos) {
        if (!talking || state == HeadlessReport.State.CLOSED) {
            return;
        }
        frameDueNanos += FRAME_NANOS;
        frameTimer.at(frameDueNanos);
        if (state != HeadlessReport.State.CONNECTED) {
            return;
        }
        frame.clear().position(RtpPacket.HEADER_BYTES);
        NumberedFrames.write(frame, me, frames, nowNanos);
        frame.flip();
        int end = frame.limit();
        RtpPacket.writeHeader(
                frame, false, talkPayloadType, frameSequenceNumber++, frameTimestamp, frameSsrc);
        frame.position(0).limit(end);
        frameTimestamp += unitsPerFrame;
        framePacket.wrap(frame);
        if (outgoing.forward(framePacket, nowNanos) == Outcome.FORWARDED) {
            frames++;
        }
    }

    private void sendRaw(ByteBuffer datagram) {
        path.ifPresent(to -> {
            boolean _ = socket.send(datagram, to);
        });
    }

    /** What comes out of SRTP. */
    private final class Taken implements PeerUser, Hearer {
        @Override
        public Outcome rtp(ByteBuffer packet, long nowNanos) {
            return outgoing.reporter()
                    .map(reporter -> received.handle(packet, reporter, this, nowNanos))
                    .orElse(Outcome.NOT_EXPECTED);
        }

        @Override
        public Outcome rtcp(ByteBuffer compound, long nowNanos) {
            if (RtcpParser.parse(compound) instanceof RtcpParse.Compound reports) {
                outgoing.reported(reports, nowNanos);
            }
            return Outcome.RTCP_TAKEN;
        }

        @Override
        public Outcome hear(RtpPacket packet, long nowNanos) {
            listener.heard(packet, nowNanos);
            if (packet.payloadType() == talkPayloadType) {
                log.add(
                        NumberedFrames.read(
                                packet.buffer(), packet.payloadOffset(), packet.payloadLength()),
                        nowNanos);
            }
            return Outcome.FORWARDED;
        }

        @Override
        public void pressed(DtmfPress press, long nowNanos) {}

        @Override
        public boolean send(ByteBuffer datagram, InetSocketAddress from, InetSocketAddress remote) {
            return socket.send(datagram, remote);
        }

        @Override
        public void event(PeerEvent event) {
            switch (event) {
                case PeerEvent.Keyed _ -> {
                    dtlsAfter = Optional.of(Duration.ofNanos(System.nanoTime() - appliedNanos));
                    settle(HeadlessReport.State.CONNECTED);
                    rearm();
                }
                case PeerEvent.KeysFailed _ -> settle(HeadlessReport.State.FAILED);
                case PeerEvent.PathChosen _,
                        PeerEvent.ConsentLost _,
                        PeerEvent.AssociationClosed _ -> {}
            }
        }
    }

    /** What the receive pipeline notices. */
    private final class Noticed implements PipelineEvents {
        @Override
        public void firstPacket() {
            firstHeardAfter = Optional.of(Duration.ofNanos(System.nanoTime() - appliedNanos));
        }

        @Override
        public void pressed(DtmfPress press) {
            pressesHeard.add(press);
        }

        @Override
        public void silent(Duration sinceLastPacket) {}

        @Override
        public void resumed() {}
    }

    /** Where the outgoing stream goes. */
    private final class Out implements PacketOutput {
        @Override
        public boolean ready() {
            return path.isPresent() && keys.ready();
        }

        @Override
        public Outcome sendRtp(ByteBuffer packet) {
            return sendIf(keys.protect(packet), packet);
        }

        @Override
        public Outcome sendRtcp(ByteBuffer compound) {
            return sendIf(keys.protectRtcp(compound), compound);
        }

        private Outcome sendIf(SrtpOutcome outcome, ByteBuffer packet) {
            boolean sent =
                    outcome == SrtpOutcome.ACCEPTED
                            && path.isPresent()
                            && socket.send(packet, path.get());
            return sent ? Outcome.FORWARDED : Outcome.SEND_FAILED;
        }
    }
}
