package io.jackfield.media.engine;

import io.jackfield.media.Outcome;
import io.jackfield.media.demux.DatagramKind;
import io.jackfield.media.socket.UdpSocket;
import io.jackfield.protocol.ice.IceLiteAgent;
import io.jackfield.protocol.stun.StunPacket;
import io.jackfield.protocol.stun.StunParse;
import io.jackfield.protocol.stun.StunParser;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The port all browser legs share: on one socket per local address, told apart by ufrag (STUN) and
 * then by the addresses that have proven themselves (everything else). What belongs to nobody is
 * counted, dropped and never answered.
 *
 * <p>Thread: the media loop's.
 */
final class BrowserPort {
    private final OutcomeCounters counters;
    private final Map<InetSocketAddress, UdpSocket> sockets = new HashMap<>();
    private final Map<String, RunningBrowserLeg> byUfrag = new HashMap<>();
    private final Map<InetSocketAddress, RunningBrowserLeg> byAddress = new HashMap<>();
    private final Map<RunningBrowserLeg, Names> names = new HashMap<>();
    private final ByteBuffer reply = ByteBuffer.allocate(IceLiteAgent.REPLY_BYTES_MAX);

    /** By what a leg is found; both bounded by {@link IceLiteAgent}. */
    private record Names(Set<String> ufrags, Set<InetSocketAddress> addresses) {
        Names() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    BrowserPort(List<UdpSocket> bound, OutcomeCounters counters) {
        this.counters = counters;
        bound.forEach(socket -> sockets.put(socket.local(), socket));
    }

    /** Makes a leg known, or notes that its ufrags or addresses have changed. */
    void refresh(RunningBrowserLeg leg) {
        Names known = names.computeIfAbsent(leg, _ -> new Names());
        replace(byUfrag, known.ufrags(), leg.ufrags(), leg);
        replace(byAddress, known.addresses(), leg.addresses(), leg);
    }

    private static <K> void replace(
            Map<K, RunningBrowserLeg> index, Set<K> before, Set<K> now, RunningBrowserLeg leg) {
        for (K key : before) {
            if (!now.contains(key)) {
                index.remove(key, leg);
            }
        }
        before.clear();
        before.addAll(now);
        now.forEach(key -> index.put(key, leg));
    }

    void forget(RunningBrowserLeg leg) {
        Names known = names.remove(leg);
        if (known != null) {
            known.ufrags().forEach(ufrag -> byUfrag.remove(ufrag, leg));
            known.addresses().forEach(address -> byAddress.remove(address, leg));
        }
    }

    /** Legs, ufrags and addresses known; for tests that nothing is left behind. */
    int size() {
        return names.size() + byUfrag.size() + byAddress.size();
    }

    void receive(UdpSocket socket, ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        InetSocketAddress to = socket.local();
        DatagramKind kind = DatagramKind.of(datagram);
        switch (kind) {
            case STUN -> stun(socket, datagram, from, nowNanos);
            case DTLS, RTP, RTCP -> {
                RunningBrowserLeg leg = byAddress.get(from);
                if (leg == null) {
                    counters.count(Outcome.UNKNOWN_SOURCE);
                } else {
                    leg.receive(kind, datagram, to, from, nowNanos);
                }
            }
            case OTHER -> counters.count(Outcome.NOT_MEDIA);
        }
    }

    private void stun(
            UdpSocket socket, ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        switch (StunParser.parse(datagram)) {
            case StunParse.Refused _ -> counters.count(Outcome.STUN_REFUSED);
            case StunParse.Received(var packet) -> check(socket, packet, from, nowNanos);
        }
    }

    private void check(UdpSocket socket, StunPacket packet, InetSocketAddress from, long nowNanos) {
        RunningBrowserLeg leg = IceLiteAgent.addressedUfrag(packet).map(byUfrag::get).orElse(null);
        if (leg == null) {
            counters.count(Outcome.STUN_UNKNOWN);
            return;
        }
        Outcome outcome = leg.receiveStun(packet, socket.local(), from, reply, nowNanos);
        if (reply.hasRemaining()) {
            boolean _ = socket.send(reply, from);
        }
        leg.count(outcome);
        if (outcome == Outcome.STUN_ANSWERED) {
            refresh(leg);
        }
    }

    boolean send(ByteBuffer datagram, InetSocketAddress local, InetSocketAddress remote) {
        UdpSocket socket = sockets.get(local);
        return socket != null && socket.send(datagram, remote);
    }
}
