package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code m=} line with all that belongs to it (RFC 8866 §5.14).
 *
 * @param media audio, video, application, image, …
 * @param port 0 to 65535; 0 means the stream is off (RFC 3264 §6), unless it is bundle-only
 * @param portCount 1 or more; more than 1 only where layers take several ports
 * @param protocol such as RTP/AVP or UDP/TLS/RTP/SAVPF
 * @param formats at least one; for RTP these are payload type numbers
 * @param connections usually none or one; several only for multicast layers
 */
public record MediaDescription(
        String media,
        int port,
        int portCount,
        String protocol,
        List<String> formats,
        List<Connection> connections,
        List<Bandwidth> bandwidths,
        Attributes attributes) {

    public MediaDescription {
        SdpText.check(SdpText.isToken(media), "media", media);
        SdpText.check(port >= 0 && port <= 65535, "port", port);
        SdpText.check(portCount >= 1 && portCount <= 65535, "port count", portCount);
        SdpText.check(isProtocol(protocol), "protocol", protocol);
        formats = List.copyOf(formats);
        SdpText.check(!formats.isEmpty(), "format list", formats);
        SdpText.check(formats.stream().allMatch(SdpText::isField), "format", formats);
        connections = List.copyOf(connections);
        bandwidths = List.copyOf(bandwidths);
    }

    static boolean isProtocol(String text) {
        return List.of(text.split("/", -1)).stream().allMatch(SdpText::isToken);
    }

    public boolean isAudio() {
        return media.equals("audio");
    }

    /** The address of this stream where it has one of its own; else the session's holds. */
    public Optional<Connection> connection() {
        return connections.stream().findFirst();
    }

    /** The name of this line within groups (RFC 5888 §4). */
    public Optional<String> mid() {
        return attributes.readFirst("mid", text -> Optional.of(text).filter(SdpText::isField));
    }

    /** RTP and RTCP on one port (RFC 5761 §5.1.1). */
    public boolean rtcpMux() {
        return attributes.has("rtcp-mux");
    }

    /** Reduced-size RTCP (RFC 5506 §5). */
    public boolean rtcpReducedSize() {
        return attributes.has("rtcp-rsize");
    }

    /** The port of RTCP, and its address where it has one of its own (RFC 3605 §2.1). */
    public Optional<RtcpAddress> rtcp() {
        return attributes.readFirst("rtcp", RtcpAddress::parse);
    }

    /** Port 0 here does not mean off: the stream lives in its BUNDLE group (RFC 9143 §6). */
    public boolean bundleOnly() {
        return attributes.has("bundle-only");
    }

    /** The candidates in order; those whose grammar is broken are left out. */
    public List<Candidate> candidates() {
        return attributes.read("candidate", Candidate::parse);
    }

    /** No more candidates will come (RFC 8838 §8.2). */
    public boolean endOfCandidates() {
        return attributes.has("end-of-candidates");
    }

    /** Milliseconds of audio a packet should hold (RFC 8866 §6.4); empty where odd or not said. */
    public OptionalInt ptimeMillis() {
        return millis("ptime");
    }

    /** Milliseconds of audio a packet may hold at most (RFC 8866 §6.5). */
    public OptionalInt maxPtimeMillis() {
        return millis("maxptime");
    }

    private OptionalInt millis(String name) {
        int value =
                attributes.first(name).map(v -> SdpText.smallNumber(v.strip(), 1000)).orElse(-1);
        return value < 1 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** The streams and tracks of this line (RFC 8830). */
    public List<Msid> msids() {
        return attributes.read("msid", Msid::parse);
    }

    /** What is said of the peer's sources (RFC 5576). */
    public List<SsrcAttribute> ssrcs() {
        return attributes.read("ssrc", SsrcAttribute::parse);
    }

    /**
     * The formats of an RTP stream with their codecs, in order of preference: from {@code
     * a=rtpmap}, or by the static numbers of RFC 3551 §6. A number that means nothing is left out.
     */
    public List<AudioFormat> audioFormats() {
        return AudioFormats.read(this);
    }
}
