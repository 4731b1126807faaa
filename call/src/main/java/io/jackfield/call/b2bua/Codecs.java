package io.jackfield.call.b2bua;

import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;

/** Which codecs may pass through a call. Both legs use the same one: nothing is decoded. */
final class Codecs {
    /** What we let through, by our own preference where we make the first offer. */
    static final List<Codec> ALL = List.of(Codec.OPUS, Codec.G722, Codec.PCMA, Codec.PCMU);

    private Codecs() {}

    /** What that party's equipment takes: a trunk's codecs in the trunk's order. */
    static List<Codec> of(Party party) {
        return switch (party) {
            case Party.Customer customer -> of(customer.trunk());
            case Party.Phone _ -> ALL;
        };
    }

    private static List<Codec> of(Trunk trunk) {
        return trunk.codecs().stream()
                .flatMap(name -> ALL.stream().filter(c -> c.name().equalsIgnoreCase(name)))
                .toList();
    }

    /**
     * Of what the caller wants, what that party's equipment takes: for a phone in the caller's
     * order, for a trunk in the trunk's.
     */
    static List<Codec> allowed(List<Codec> wanted, Party party) {
        return switch (party) {
            case Party.Customer customer ->
                    of(customer.trunk()).stream().filter(wanted::contains).toList();
            case Party.Phone _ -> wanted;
        };
    }
}
