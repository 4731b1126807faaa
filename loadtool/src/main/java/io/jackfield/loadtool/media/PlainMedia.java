package io.jackfield.loadtool.media;

import io.jackfield.loadtool.net.PacketSocket;
import io.jackfield.loadtool.net.PacketSource;
import io.jackfield.loadtool.trunk.TrunkMedia;
import io.jackfield.media.LegParameters;
import io.jackfield.media.demux.DatagramKind;
import io.jackfield.protocol.rtp.RtpPacket;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sdp.RemoteMedia;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A trunk's media of one call: RTP in the clear. Reports are taken and not answered.
 *
 * <p>Thread-safety: what {@link TrunkMedia} has, on any thread; the rest on the loop.
 */
final class PlainMedia implements TrunkMedia, Ticking {
    private static final int PORT_TRIES_MAX = 50;

    private final MediaHost host;
    private final Talker talker;
    private final Ears ears;
    private final PacketSocket rtp;
    private final PacketSocket rtcp;
    private final LocalMedia.Plain local;
    private final RtpPacket heard = new RtpPacket();
    private boolean connected;
    private boolean talking;
    private boolean ticking;
    private boolean closed;

    private PlainMedia(MediaHost host, Talker talker, Ears ears, PacketPair sockets) {
        this.host = host;
        this.talker = talker;
        this.ears = ears;
        this.rtp = sockets.rtp;
        this.rtcp = sockets.rtcp;
        InetSocketAddress at = rtp.local();
        this.local = new LocalMedia.Plain(at.getAddress(), at.getPort(), rtcp.local().getPort());
    }

    /** Two ports in a row (RFC 3550 §11), and whoever will take what comes to the first. */
    private static final class PacketPair {
        private final PacketSocket rtp;
        private final PacketSocket rtcp;
        private @Nullable PlainMedia user;

        private PacketPair(MediaHost host, InetSocketAddress bind) throws IOException {
            rtp = host.loop().bind(bind, this::packet);
            InetSocketAddress next =
                    new InetSocketAddress(bind.getAddress(), rtp.local().getPort() + 1);
            try {
                rtcp = host.loop().bind(next, (_, _, _) -> {});
            } catch (IOException taken) {
                host.loop().post(_ -> rtp.close());
                throw taken;
            }
        }

        private void packet(ByteBuffer packet, PacketSource source, long arrivedNanos) {
            if (user != null) {
                user.packet(packet, arrivedNanos);
            }
        }
    }

    /**
     * Opens the sockets; waits for the loop.
     *
     * @param bind address of this machine, any port
     */
    static PlainMedia open(MediaHost host, InetSocketAddress bind, Talker talker, Ears ears)
            throws IOException {
        IOException last = new IOException("no two ports in a row");
        for (int i = 0; i < PORT_TRIES_MAX; i++) {
            try {
                PacketPair pair = new PacketPair(host, bind);
                PlainMedia media = new PlainMedia(host, talker, ears, pair);
                host.loop().post(_ -> pair.user = media);
                return media;
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    @Override
    public LocalMedia.Plain local() {
        return local;
    }

    @Override
    public void apply(LegParameters agreed) {
        host.loop().post(_ -> connect(agreed));
    }

    private void connect(LegParameters agreed) {
        if (closed
                || !(agreed.transport() instanceof RemoteMedia.Plain remote)
                || remote.rtpTarget().isEmpty()) {
            return;
        }
        talker.speak(agreed.codecs().chosen());
        ears.listenTo(agreed.codecs());
        try {
            rtp.connect(remote.rtpTarget().get());
            connected = true;
        } catch (IOException unreachable) {
            connected = false;
        }
    }

    @Override
    public void talk() {
        host.loop()
                .post(_ -> {
                    talking = true;
                    if (!ticking) {
                        ticking = true;
                        host.loop().add(this, host.place());
                    }
                });
    }

    @Override
    public boolean tick(long dueNanos, long nowNanos) {
        if (closed) {
            return false;
        }
        if (talking && connected) {
            long sentNanos = System.nanoTime();
            ByteBuffer packet = host.packet();
            talker.write(packet, sentNanos);
            boolean _ = rtp.send(packet);
            host.hearing().sent(sentNanos - dueNanos);
        }
        return true;
    }

    private void packet(ByteBuffer packet, long arrivedNanos) {
        if (DatagramKind.of(packet) == DatagramKind.RTP) {
            boolean _ = ears.hear(heard, packet, arrivedNanos, System.nanoTime());
        }
    }

    @Override
    public void close() {
        host.loop()
                .post(_ -> {
                    if (!closed) {
                        closed = true;
                        rtp.close();
                        rtcp.close();
                        ears.close();
                        host.gone(talker);
                    }
                });
    }
}
