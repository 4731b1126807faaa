package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;

/** Which codecs may pass through a call. Both legs use the same one: nothing is decoded. */
final class Codecs {
    /** What we let through, by our own preference where we make the first offer. */
    static final List<Codec> ALL = List.of(Codec.OPUS, Codec.G722, Codec.PCMA, Codec.PCMU);

    private Codecs() {}

    /** The trunk's codecs, in its order. */
    static List<Codec> of(Trunk trunk) {
        return trunk.codecs().stream()
                .flatMap(name -> ALL.stream().filter(c -> c.name().equalsIgnoreCase(name)))
                .toList();
    }

    /** Of what the caller wants, what that trunk takes, in the trunk's order. */
    static List<Codec> allowed(List<Codec> wanted, Trunk trunk) {
        return of(trunk).stream().filter(wanted::contains).toList();
    }
}
