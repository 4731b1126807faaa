package io.jackfield.protocol.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Reads where and how the peer wants its media. */
sealed interface TransportReading {
    record Usable(RemoteMedia media) implements TransportReading {}

    record Unusable(String reason) implements TransportReading {}

    static TransportReading of(SessionDescription sdp, MediaDescription line) {
        return switch (Profile.of(sdp, line)) {
            case WEBRTC -> webRtc(sdp, line);
            case PLAIN -> plain(sdp, line);
            case OTHER -> new Unusable("transport protocol of the audio line is not supported");
        };
    }

    private static TransportReading webRtc(SessionDescription sdp, MediaDescription line) {
        // In a BUNDLE group the tagged line may speak for all (RFC 9143 §7.1.3), and the session
        // level for every line (RFC 8866 §5.13): ask the nearest first.
        List<Attributes> levels = levels(sdp, line);
        Optional<IceCredentials> ice =
                levels.stream().flatMap(a -> a.iceCredentials().stream()).findFirst();
        List<Fingerprint> fingerprints =
                levels.stream()
                        .map(Attributes::fingerprints)
                        .filter(list -> !list.isEmpty())
                        .findFirst()
                        .orElse(List.of())
                        .stream()
                        .filter(f -> f.hash().isStrong())
                        .toList();
        // "The default value of the setup attribute … is 'active'" (RFC 4145 §4.1).
        SetupRole setup =
                levels.stream()
                        .flatMap(a -> a.setup().stream())
                        .findFirst()
                        .orElse(SetupRole.ACTIVE);
        if (ice.isEmpty()) {
            return new Unusable("no ice-ufrag and ice-pwd");
        }
        if (fingerprints.isEmpty()) {
            return new Unusable("no certificate fingerprint of sha-256 or better");
        }
        if (setup == SetupRole.HOLDCONN) {
            return new Unusable("setup:holdconn gives no media path");
        }
        if (levels.stream().noneMatch(a -> a.has("rtcp-mux"))) {
            return new Unusable("no rtcp-mux");
        }
        return new Usable(
                new RemoteMedia.WebRtc(
                        ice.get(),
                        sdp.attributes().iceLite(),
                        fingerprints,
                        setup,
                        line.candidates().stream().filter(c -> c.component() == 1).toList(),
                        levels.stream().anyMatch(a -> a.has("end-of-candidates")),
                        line.rtcpReducedSize()));
    }

    private static List<Attributes> levels(SessionDescription sdp, MediaDescription line) {
        Optional<MediaDescription> tagged =
                sdp.bundleOf(line)
                        .flatMap(group -> group.mids().stream().findFirst())
                        .flatMap(mid ->
                                sdp.media().stream()
                                        .filter(m -> m.mid().equals(Optional.of(mid)))
                                        .findFirst());
        return tagged.map(t -> List.of(line.attributes(), t.attributes(), sdp.attributes()))
                .orElse(List.of(line.attributes(), sdp.attributes()));
    }

    private static TransportReading plain(SessionDescription sdp, MediaDescription line) {
        Optional<InetAddress> rtp = sdp.connectionOf(line).flatMap(TransportReading::unicast);
        if (rtp.isEmpty()) {
            return new Unusable("media address is not a literal unicast address");
        }
        Optional<RtcpAddress> said = line.rtcp();
        Optional<InetAddress> rtcp =
                said.flatMap(RtcpAddress::address).map(TransportReading::unicast).orElse(rtp);
        int rtcpPort = said.map(RtcpAddress::port).orElse(line.port() + 1);
        if (rtcp.isEmpty() || rtcpPort > 65535) {
            return new Unusable("address of RTCP is not usable");
        }
        return new Usable(
                new RemoteMedia.Plain(
                        new InetSocketAddress(rtp.get(), line.port()),
                        new InetSocketAddress(rtcp.get(), rtcpPort)));
    }

    private static Optional<InetAddress> unicast(Connection connection) {
        return connection
                .literal()
                .filter(a -> !a.isMulticastAddress())
                .filter(a -> !a.getHostAddress().equals("255.255.255.255"));
    }
}
