package io.jackfield.protocol.sdp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pieces of which our offers and answers are made.
 *
 * <p>There are no {@code a=ssrc} lines: with them, Chromium would not play a new source after a
 * takeover. There is no {@code a=msid}: Chromium and Firefox make a stream for the track by
 * themselves.
 */
final class LocalLines {
    /** Milliseconds of audio a packet of ours holds. */
    static final int PTIME_MILLIS = 20;

    /** RFC 8445 §5.1.2.1: (2^24) type preference + (2^8) local preference + 256 - component. */
    private static final long HOST_TYPE_PREFERENCE = 126L << 24;

    private static final int LOCAL_PREFERENCE_MAX = 65_535;
    private static final int COMPONENT_RTP = 1;

    private LocalLines() {}

    /** The whole of a description around its media lines. */
    static SessionDescription session(
            LocalMedia local, Previous previous, List<MediaDescription> media, List<Group> groups) {
        List<Attribute> attributes = new ArrayList<>();
        groups.forEach(g -> attributes.add(Attribute.of("group", g)));
        if (local instanceof LocalMedia.WebRtc) {
            attributes.add(Attribute.flag("ice-lite"));
            // An agent of RFC 8445 "MUST" say so (RFC 8839 §5.6.1).
            attributes.add(Attribute.of("ice-options", "ice2"));
        }
        SessionDescription made =
                new SessionDescription(
                        origin(local, previous),
                        "-",
                        Optional.of(Connection.of(local.address())),
                        List.of(),
                        List.of(Timing.UNBOUNDED),
                        new Attributes(attributes),
                        media);
        return counted(made, previous);
    }

    private static Origin origin(LocalMedia local, Previous previous) {
        return switch (previous) {
            case Previous.None(long sessionId) ->
                    Origin.first(sessionId, Connection.of(local.address()));
            case Previous.Sent(SessionDescription sent) -> sent.origin();
        };
    }

    /** "the version … MUST increment by one" when anything changed, else not at all (§8). */
    private static SessionDescription counted(SessionDescription made, Previous previous) {
        return previous instanceof Previous.Sent(SessionDescription sent) && !sent.equals(made)
                ? made.withOrigin(made.origin().next())
                : made;
    }

    /** Our audio line. {@code setup} and {@code reducedSizeRtcp} mean WebRTC only. */
    record Audio(
            LocalMedia local,
            String protocol,
            Optional<String> mid,
            List<AudioFormat> formats,
            Direction direction,
            SetupRole setup,
            boolean reducedSizeRtcp) {

        MediaDescription line() {
            List<Attribute> attributes = new ArrayList<>();
            int port =
                    switch (local) {
                        case LocalMedia.WebRtc webRtc -> {
                            attributes.addAll(ice(webRtc));
                            attributes.add(Attribute.of("setup", setup.sdpName()));
                            mid.ifPresent(m -> attributes.add(Attribute.of("mid", m)));
                            attributes.addAll(multiplexing());
                            yield webRtc.advertised().getFirst().port();
                        }
                        case LocalMedia.Plain plain -> {
                            mid.ifPresent(m -> attributes.add(Attribute.of("mid", m)));
                            attributes.addAll(rtcp(plain));
                            yield plain.rtpPort();
                        }
                    };
            attributes.add(Attribute.flag(direction.attributeName()));
            attributes.addAll(AudioFormats.write(formats));
            attributes.add(Attribute.of("ptime", PTIME_MILLIS));
            return new MediaDescription(
                    "audio",
                    port,
                    1,
                    protocol,
                    formats.stream().map(f -> Integer.toString(f.payloadType())).toList(),
                    List.of(),
                    List.of(),
                    new Attributes(attributes));
        }

        private List<Attribute> multiplexing() {
            return reducedSizeRtcp
                    ? List.of(Attribute.flag("rtcp-mux"), Attribute.flag("rtcp-rsize"))
                    : List.of(Attribute.flag("rtcp-mux"));
        }

        private static List<Attribute> rtcp(LocalMedia.Plain plain) {
            return plain.rtcpPort() == plain.rtpPort() + 1
                    ? List.of()
                    : List.of(Attribute.of("rtcp", plain.rtcpPort()));
        }
    }

    private static List<Attribute> ice(LocalMedia.WebRtc local) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.of("ice-ufrag", local.ice().ufrag()));
        attributes.add(Attribute.of("ice-pwd", local.ice().pwd()));
        attributes.add(Attribute.of("fingerprint", local.fingerprint()));
        for (int i = 0; i < local.advertised().size(); i++) {
            attributes.add(Attribute.of("candidate", candidate(i, local.advertised().get(i))));
        }
        attributes.add(Attribute.flag("end-of-candidates"));
        return attributes;
    }

    /** Host candidates only, whatever stands between: an ICE-lite agent has no others. */
    private static Candidate candidate(int index, LocalCandidate advertised) {
        InetAddress address = advertised.address();
        long priority =
                HOST_TYPE_PREFERENCE
                        + ((long) (LOCAL_PREFERENCE_MAX - index) << 8)
                        + (256 - COMPONENT_RTP);
        return new Candidate(
                Integer.toString(index + 1),
                COMPONENT_RTP,
                "udp",
                priority,
                Connection.hostText(address),
                advertised.port(),
                Candidate.Type.HOST,
                Optional.empty(),
                List.of());
    }

    /** A line we don't take part in: same media, protocol and formats, port 0 (§6). */
    static MediaDescription rejected(MediaDescription line) {
        List<Attribute> attributes = new ArrayList<>();
        line.mid().ifPresent(mid -> attributes.add(Attribute.of("mid", mid)));
        attributes.add(Attribute.flag(Direction.INACTIVE.attributeName()));
        return new MediaDescription(
                line.media(),
                0,
                1,
                line.protocol(),
                line.formats(),
                List.of(),
                List.of(),
                new Attributes(attributes));
    }
}
