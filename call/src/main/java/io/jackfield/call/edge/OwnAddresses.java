package io.jackfield.call.edge;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How we are called from outside. An address that is mapped nowhere never leaves in Via, Contact or
 * From: the domain stands in its place.
 *
 * @param domain the name that phones know
 * @param mappings inside to outside addresses
 * @param ports the listeners' own ports, where we have one
 */
public record OwnAddresses(String domain, List<Mapping> mappings, Map<Transport, Integer> ports) {

    /** What an inside address is called outside. */
    public record Mapping(InetAddress local, InetAddress advertised) {}

    public OwnAddresses {
        mappings = List.copyOf(mappings);
        ports = Map.copyOf(ports);
    }

    /** The host part by which the peer of that flow knows us. */
    public String host(Flow flow) {
        return advertised(flow).map(OwnAddresses::literal).orElse(domain);
    }

    /** The template of our Via on that flow; the branch is added by each request. */
    public Via via(Flow flow) {
        Parameters parameters =
                flow.transport() == Transport.UDP
                        ? Parameters.NONE.withFlag("rport")
                        : Parameters.NONE;
        return new Via(flow.transport().name(), host(flow), port(flow), parameters);
    }

    /** Where the peer of that flow reaches us within a dialog. */
    public NameAddress contact(Flow flow, Optional<String> user) {
        SipUri bare = SipUri.of(host(flow)).withHostPort(host(flow), port(flow));
        SipUri named = user.map(bare::withUser).orElse(bare);
        boolean plain = flow.transport() == Transport.UDP;
        Parameters parameters =
                plain
                        ? Parameters.NONE
                        : Parameters.NONE.with("transport", flow.transport().uriParameter());
        return NameAddress.of(named.withParameters(parameters));
    }

    /**
     * A browser asks nobody for an address: its flow is the way. Others get the listener's port.
     */
    private OptionalInt port(Flow flow) {
        Integer port = ports.get(flow.transport());
        return flow.transport().webSocket() || port == null
                ? OptionalInt.empty()
                : OptionalInt.of(port);
    }

    private Optional<InetAddress> advertised(Flow flow) {
        if (flow.transport().webSocket()) {
            return Optional.empty();
        }
        return mappings.stream()
                .filter(m -> m.local().equals(flow.local().getAddress()))
                .map(Mapping::advertised)
                .findFirst();
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }
}
