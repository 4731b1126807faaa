package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a parse between one {@code m=} line and the next. */
final class MediaReader {
    private final String media;
    private final int port;
    private final int portCount;
    private final String protocol;
    private final List<String> formats;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Bandwidth> bandwidths = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private int candidates;

    private MediaReader(
            String media, int port, int portCount, String protocol, List<String> formats) {
        this.media = media;
        this.port = port;
        this.portCount = portCount;
        this.protocol = protocol;
        this.formats = formats;
    }

    static Optional<MediaReader> open(String value) {
        String[] f = SdpText.fields(value);
        if (f.length < 4 || !SdpText.isToken(f[0]) || !MediaDescription.isProtocol(f[2])) {
            return Optional.empty();
        }
        int slash = f[1].indexOf('/');
        int port = SdpText.smallNumber(slash < 0 ? f[1] : f[1].substring(0, slash), 65535);
        int count = slash < 0 ? 1 : SdpText.smallNumber(f[1].substring(slash + 1), 65535);
        List<String> formats = List.of(f).subList(3, f.length);
        if (port < 0 || count < 1 || !formats.stream().allMatch(SdpText::isField)) {
            return Optional.empty();
        }
        return Optional.of(new MediaReader(f[0], port, count, f[2], formats));
    }

    /** Takes one line; the fault in words where it is not valid. */
    Optional<String> line(char type, String value) {
        return switch (type) {
            case 'c' ->
                    SdpReader.take(
                            Connection.parse(value), connections::add, "connection is not valid");
            case 'b' ->
                    SdpReader.take(
                            Bandwidth.parse(value), bandwidths::add, "bandwidth is not valid");
            case 'a' ->
                    SdpReader.take(Attribute.parse(value), this::keep, "attribute is not valid");
            case 'i', 'k' -> Optional.empty();
            default -> Optional.of("type letter has no place in a media description");
        };
    }

    private void keep(Attribute attribute) {
        if (attribute.name().equals("candidate") && ++candidates > SdpParser.CANDIDATES_MAX) {
            return;
        }
        attributes.add(attribute);
    }

    MediaDescription close() {
        return new MediaDescription(
                media,
                port,
                portCount,
                protocol,
                formats,
                connections,
                bandwidths,
                new Attributes(attributes));
    }
}
