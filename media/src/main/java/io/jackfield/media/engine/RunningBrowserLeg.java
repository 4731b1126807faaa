package io.jackfield.media.engine;

import io.jackfield.media.LegParameters;
import io.jackfield.media.LegState;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaListener;
import io.jackfield.media.Outcome;
import io.jackfield.media.demux.DatagramKind;
import io.jackfield.media.dtls.DtlsRole;
import io.jackfield.media.peer.PeerEvent;
import io.jackfield.media.peer.PeerTransport;
import io.jackfield.media.peer.PeerUser;
import io.jackfield.protocol.ice.IceCredentials;
import io.jackfield.protocol.sdp.Candidate;
import io.jackfield.protocol.sdp.RemoteMedia;
import io.jackfield.protocol.sdp.SetupRole;
import io.jackfield.protocol.stun.StunPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A browser leg on the media loop: {@link PeerTransport} and what it needs around it. */
final class RunningBrowserLeg extends RunningLeg implements PeerUser {
    private final BrowserPort port;
    private final PeerTransport transport;
    private boolean keyed;
    private Optional<MediaEvent.RtcpSeen.Path> path = Optional.empty();

    RunningBrowserLeg(
            String id,
            IceCredentials local,
            BrowserPort port,
            MediaListener listener,
            Engine engine,
            long nowNanos) {
        super(id, listener, engine, nowNanos);
        this.port = port;
        this.transport =
                new PeerTransport(
                        local,
                        engine.dtls(),
                        task -> {
                            boolean _ = engine.loop().post(task);
                        },
                        this);
    }

    @Override
    void applyTransport(LegParameters agreed, long nowNanos) {
        if (!(agreed.transport() instanceof RemoteMedia.WebRtc remote)) {
            return;
        }
        boolean active = agreed.localSetup().equals(Optional.of(SetupRole.ACTIVE));
        transport.remote(
                new IceCredentials(remote.ice().ufrag(), remote.ice().pwd()),
                remote.fingerprints(),
                active ? DtlsRole.CLIENT : DtlsRole.SERVER,
                nowNanos);
        port.refresh(this);
    }

    void restart(IceCredentials local) {
        if (!isClosed()) {
            transport.restart(local);
            port.refresh(this);
        }
    }

    Outcome receiveStun(
            StunPacket packet,
            InetSocketAddress to,
            InetSocketAddress from,
            ByteBuffer reply,
            long nowNanos) {
        Outcome outcome = transport.stun(packet, to, from, reply, nowNanos);
        rearm();
        return outcome;
    }

    void receive(
            DatagramKind kind,
            ByteBuffer datagram,
            InetSocketAddress to,
            InetSocketAddress from,
            long nowNanos) {
        count(
                switch (kind) {
                    case DTLS -> transport.dtls(datagram, to, from, nowNanos);
                    case RTP -> transport.srtp(datagram, to, from, nowNanos);
                    case RTCP -> transport.srtcp(datagram, to, from, nowNanos);
                    case STUN, OTHER -> Outcome.NOT_MEDIA;
                });
    }

    @Override
    public Outcome rtp(ByteBuffer packet, long nowNanos) {
        return receiveRtp(packet, nowNanos);
    }

    @Override
    public Outcome rtcp(ByteBuffer compound, long nowNanos) {
        return receiveRtcp(compound, nowNanos);
    }

    @Override
    public boolean send(ByteBuffer datagram, InetSocketAddress local, InetSocketAddress remote) {
        return port.send(datagram, local, remote);
    }

    @Override
    public void event(PeerEvent event) {
        switch (event) {
            case PeerEvent.PathChosen(var pair) -> {
                path = Optional.of(new MediaEvent.RtcpSeen.Path(pair.local(), pair.remote()));
                tell(
                        new MediaEvent.IceConnected(
                                id(),
                                pair.local(),
                                pair.remote(),
                                typeOf(pair.remote()),
                                sinceOpen()));
            }
            case PeerEvent.ConsentLost() -> tell(new MediaEvent.ConsentLost(id()));
            case PeerEvent.Keyed(var profile, var cipher) -> {
                keyed = true;
                tell(new MediaEvent.DtlsConnected(id(), profile, cipher, sinceOpen()));
                transportChanged(System.nanoTime());
            }
            case PeerEvent.KeysFailed(var cause, var detail) ->
                    tell(
                            new MediaEvent.DtlsFailed(
                                    id(), PeerTransport.words(cause) + ": " + detail, sinceOpen()));
            case PeerEvent.AssociationClosed(var detail) ->
                    tell(new MediaEvent.DtlsClosed(id(), detail));
        }
    }

    /** What the peer's description calls the address. */
    private Candidate.Type typeOf(InetSocketAddress remote) {
        return parameters()
                .map(LegParameters::transport)
                .filter(RemoteMedia.WebRtc.class::isInstance)
                .map(RemoteMedia.WebRtc.class::cast)
                .flatMap(media ->
                        media.candidates().stream()
                                .filter(c -> c.isUdp() && c.port() == remote.getPort())
                                .filter(c -> c.literal().equals(Optional.of(remote.getAddress())))
                                .map(Candidate::type)
                                .findFirst())
                .orElse(Candidate.Type.PRFLX);
    }

    @Override
    public boolean ready() {
        return transport.ready();
    }

    @Override
    public Outcome sendRtp(ByteBuffer packet) {
        return transport.sendRtp(packet);
    }

    @Override
    Optional<MediaEvent.RtcpSeen.Path> rtcpPath() {
        return path;
    }

    @Override
    Outcome sendCompound(ByteBuffer compound) {
        return transport.sendRtcp(compound);
    }

    @Override
    boolean connected() {
        return keyed;
    }

    @Override
    OptionalLong transportDeadlineNanos() {
        return transport.deadlineNanos();
    }

    @Override
    void onTransportTimer(long nowNanos) {
        transport.handleTimeout(nowNanos);
        port.refresh(this);
    }

    @Override
    boolean closeRtp() {
        return false;
    }

    @Override
    void closeTransport() {
        transport.close();
        port.forget(this);
    }

    @Override
    LegState.Transport exportTransport(long nowNanos) {
        return transport.exportState(nowNanos);
    }

    Set<String> ufrags() {
        return transport.ufrags();
    }

    Set<InetSocketAddress> addresses() {
        return transport.addresses();
    }
}
