package io.jackfield.call.b2bua;

import io.jackfield.call.routing.CodecPolicy;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sdp.Codec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which codecs a leg is offered or answered, best first: what passes undecoded comes first, what
 * would have to be transcoded behind it, unless the policy of agent or trunk says otherwise.
 */
final class Codecs {
    /** What we can decode and encode, by our own preference where we make the first offer. */
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
     * What a called party is offered.
     *
     * @param wanted what the caller can do with, in its order
     */
    static List<Codec> offered(List<Codec> wanted, Party caller, Party callee) {
        boolean callerGetsOpus = prefersOpus(caller, callee) && wanted.contains(Codec.OPUS);
        return switch (callee) {
            case Party.Customer customer ->
                    callerGetsOpus ? of(customer.trunk()) : first(wanted, of(customer.trunk()));
            case Party.Phone _ ->
                    callerGetsOpus || prefersOpus(callee, caller)
                            ? withOpusFirst(together(wanted, ALL))
                            : together(wanted, ALL);
        };
    }

    /** Those which are wanted too come first. */
    private static List<Codec> first(List<Codec> wanted, List<Codec> taken) {
        return together(taken.stream().filter(wanted::contains).toList(), taken);
    }

    /**
     * What a caller is answered; the first that it has offered counts.
     *
     * @param spoken what the caller has offered
     * @param chosen what the called leg has
     */
    static List<Codec> answered(
            List<Codec> spoken, Party caller, List<Codec> chosen, Party callee) {
        List<Codec> passing = together(chosen, spoken);
        return prefersOpus(caller, callee) ? withOpusFirst(passing) : passing;
    }

    /** Whether a leg has Opus, if it can. */
    private static boolean prefersOpus(Party party, Party other) {
        return applies(CodecPolicy.PREFER_OPUS, party, other);
    }

    /** Whether a leg comes to Opus when its network turns out to be bad. */
    static boolean mayTurnToOpus(Party party, Party other) {
        return applies(CodecPolicy.AUTO, party, other);
    }

    /** To a phone by its agent's policy, or by that of the trunk it talks through. */
    private static boolean applies(CodecPolicy policy, Party party, Party other) {
        return switch (party) {
            case Party.Customer _ -> false;
            case Party.Phone phone ->
                    phone.codecs() == policy
                            || other instanceof Party.Customer customer
                                    && customer.trunk().codecPolicy() == policy;
        };
    }

    /** The first list, then what the second has beyond it. */
    static List<Codec> together(List<Codec> first, List<Codec> more) {
        return Stream.concat(first.stream(), more.stream()).distinct().toList();
    }

    private static List<Codec> withOpusFirst(List<Codec> codecs) {
        return together(List.of(Codec.OPUS), codecs);
    }
}
