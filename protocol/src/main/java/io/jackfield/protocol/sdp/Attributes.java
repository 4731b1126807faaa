package io.jackfield.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The attributes of a session or of a media description, in order, unknown ones included; what they
 * say is read when asked for.
 *
 * <p>A value that breaks its own grammar is as if its line were not there: a stranger's odd
 * attribute costs that attribute, never the call.
 */
public record Attributes(List<Attribute> list) {
    public static final Attributes NONE = new Attributes(List.of());

    public Attributes {
        list = List.copyOf(list);
    }

    /** True when an attribute of that name is there, with a value or without. */
    public boolean has(String name) {
        return list.stream().anyMatch(a -> a.name().equals(name));
    }

    /** The value of the first attribute of that name that has one. */
    public Optional<String> first(String name) {
        return values(name).findFirst();
    }

    /** The values of all attributes of that name, in order. */
    public List<String> all(String name) {
        return values(name).toList();
    }

    private Stream<String> values(String name) {
        return list.stream().filter(a -> a.name().equals(name)).flatMap(a -> a.value().stream());
    }

    /** Those values of the name that the reader understands, in order. */
    <T> List<T> read(String name, Function<String, Optional<T>> reader) {
        return values(name).flatMap(v -> reader.apply(v).stream()).toList();
    }

    /** The first of them. */
    <T> Optional<T> readFirst(String name, Function<String, Optional<T>> reader) {
        return values(name).flatMap(v -> reader.apply(v).stream()).findFirst();
    }

    /** The direction, where one is said (RFC 8866 §6.7); the default is {@code sendrecv}. */
    public Optional<Direction> direction() {
        return list.stream().flatMap(a -> Direction.parse(a.name()).stream()).findFirst();
    }

    /** The user name and password of ICE, where both are said (RFC 8839 §5.4). */
    public Optional<IceCredentials> iceCredentials() {
        return first("ice-ufrag")
                .flatMap(
                        ufrag -> first("ice-pwd").flatMap(pwd -> IceCredentials.parse(ufrag, pwd)));
    }

    /** The tags of {@code a=ice-options} (RFC 8839 §5.6), such as {@code trickle}. */
    public List<String> iceOptions() {
        return values("ice-options").flatMap(v -> Stream.of(SdpText.fields(v))).toList();
    }

    /** True for {@code a=ice-lite} (RFC 8839 §5.3). */
    public boolean iceLite() {
        return has("ice-lite");
    }

    /** Certificate fingerprints of all hash functions we know (RFC 8122 §5). */
    public List<Fingerprint> fingerprints() {
        return read("fingerprint", Fingerprint::parse);
    }

    /** Who opens the DTLS association (RFC 8842 §5.3). */
    public Optional<SetupRole> setup() {
        return readFirst("setup", SetupRole::parse);
    }

    /** The identity of the DTLS association (RFC 8842 §4). */
    public Optional<String> tlsId() {
        return first("tls-id");
    }

    /** Extensions of the RTP header (RFC 8285 §8). */
    public List<ExtMap> extMaps() {
        return read("extmap", ExtMap::parse);
    }

    /** These with more at the end. */
    public Attributes plus(List<Attribute> more) {
        List<Attribute> next = new ArrayList<>(list);
        next.addAll(more);
        return new Attributes(next);
    }
}
