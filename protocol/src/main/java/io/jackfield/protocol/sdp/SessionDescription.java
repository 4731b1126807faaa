package io.jackfield.protocol.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A session description (RFC 8866 §5).
 *
 * <p>The lines that announce meetings to people ({@code i u e p r z k}) are checked by the parser
 * and not kept: a B2BUA has no use for them, and some name persons.
 *
 * @param name of the session; means nothing in calls, {@code -} in ours
 * @param times at least one
 * @param media in the order that offer and answer share (RFC 3264 §6)
 */
public record SessionDescription(
        Origin origin,
        String name,
        Optional<Connection> connection,
        List<Bandwidth> bandwidths,
        List<Timing> times,
        Attributes attributes,
        List<MediaDescription> media) {

    public SessionDescription {
        SdpText.check(SdpText.isByteString(name), "session name", name);
        bandwidths = List.copyOf(bandwidths);
        times = List.copyOf(times);
        SdpText.check(!times.isEmpty(), "list of times", times);
        media = List.copyOf(media);
    }

    /** The groups, such as BUNDLE. */
    public List<Group> groups() {
        return attributes.read("group", Group::parse);
    }

    /** The BUNDLE group that holds that line, if any (RFC 9143). */
    public Optional<Group> bundleOf(MediaDescription line) {
        return line.mid()
                .flatMap(mid ->
                        groups().stream()
                                .filter(g -> g.isBundle() && g.mids().contains(mid))
                                .findFirst());
    }

    /** The line's direction: its own, else the session's, else sendrecv (RFC 8866 §6.7). */
    public Direction directionOf(MediaDescription line) {
        return line.attributes().direction().or(attributes::direction).orElse(Direction.SENDRECV);
    }

    /** The line's address: its own, else the session's (RFC 8866 §5.7). */
    public Optional<Connection> connectionOf(MediaDescription line) {
        return line.connection().or(this::connection);
    }

    /** These with another origin. */
    public SessionDescription withOrigin(Origin next) {
        return new SessionDescription(next, name, connection, bandwidths, times, attributes, media);
    }

    /** As sent, lines ended by CRLF. */
    public String text() {
        return SdpWriter.write(this);
    }
}
