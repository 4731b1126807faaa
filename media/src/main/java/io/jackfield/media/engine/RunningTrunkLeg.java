package io.jackfield.media.engine;

import io.jackfield.media.LegParameters;
import io.jackfield.media.LegState;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.MediaListener;
import io.jackfield.media.Outcome;
import io.jackfield.media.peer.PlainTransport;
import io.jackfield.media.socket.PortRange;
import io.jackfield.protocol.sdp.RemoteMedia;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A trunk leg on the media loop: two sockets and {@link PlainTransport}'s lock. */
final class RunningTrunkLeg extends RunningLeg {
    private final PortRange ports;
    private final PortRange.Pair sockets;
    private final PlainTransport transport = new PlainTransport();

    RunningTrunkLeg(
            String id,
            PortRange ports,
            PortRange.Pair sockets,
            MediaListener listener,
            Engine engine,
            long nowNanos) {
        super(id, listener, engine, nowNanos);
        this.ports = ports;
        this.sockets = sockets;
    }

    /** From now on packets are read. */
    void listen() {
        engine.loop().register(sockets.rtp(), this::rtp);
        engine.loop().register(sockets.rtcp(), this::rtcp);
    }

    @Override
    void applyTransport(LegParameters agreed, long nowNanos) {
        if (agreed.transport() instanceof RemoteMedia.Plain remote) {
            transport.remote(remote.rtp(), remote.rtcp(), agreed.sourceRule());
        }
    }

    private void rtp(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        if (!transport.acceptsRtp(from)) {
            count(Outcome.UNKNOWN_SOURCE);
            return;
        }
        Outcome outcome = receiveRtp(datagram, nowNanos);
        if (outcome == Outcome.FORWARDED || outcome == Outcome.UNHEARD) {
            transport.acceptedRtp(from);
        }
        count(outcome);
    }

    private void rtcp(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        count(
                transport.acceptsRtcp(from)
                        ? receiveRtcp(datagram, nowNanos)
                        : Outcome.UNKNOWN_SOURCE);
    }

    @Override
    public boolean ready() {
        return transport.rtpTarget().filter(RunningTrunkLeg::canBeSentTo).isPresent();
    }

    private static boolean canBeSentTo(InetSocketAddress target) {
        return !target.getAddress().isAnyLocalAddress() && target.getPort() > 0;
    }

    @Override
    public Outcome sendRtp(ByteBuffer packet) {
        return sockets.rtp().send(packet, transport.rtpTarget().orElseThrow())
                ? Outcome.FORWARDED
                : Outcome.SEND_FAILED;
    }

    @Override
    Optional<MediaEvent.RtcpSeen.Path> rtcpPath() {
        return transport
                .rtcpTarget()
                .map(remote -> new MediaEvent.RtcpSeen.Path(sockets.rtcp().local(), remote));
    }

    @Override
    Outcome sendCompound(ByteBuffer compound) {
        Optional<InetSocketAddress> target =
                transport.rtcpTarget().filter(RunningTrunkLeg::canBeSentTo);
        if (target.isEmpty()) {
            return Outcome.NO_PATH;
        }
        return sockets.rtcp().send(compound, target.get())
                ? Outcome.FORWARDED
                : Outcome.SEND_FAILED;
    }

    @Override
    boolean connected() {
        return transport.rtpTarget().isPresent();
    }

    @Override
    OptionalLong transportDeadlineNanos() {
        return OptionalLong.empty();
    }

    @Override
    void onTransportTimer(long nowNanos) {}

    @Override
    boolean closeRtp() {
        engine.loop().close(List.of(sockets.rtp()), () -> {});
        return true;
    }

    @Override
    void closeTransport() {
        engine.loop().close(List.of(sockets.rtp(), sockets.rtcp()), () -> ports.release(sockets));
    }

    @Override
    LegState.Transport exportTransport(long nowNanos) {
        Optional<LegState.Remote> remote =
                transport
                        .rtpTarget()
                        .flatMap(rtp ->
                                transport.rtcpTarget().map(rtcp -> new LegState.Remote(rtp, rtcp)));
        return new LegState.Transport.Plain(sockets.rtp().local(), remote);
    }
}
