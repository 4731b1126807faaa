package io.jackfield.call.auth;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.routing.Site;
import io.jackfield.call.routing.SourceMatch;
import io.jackfield.call.routing.Trunk;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells a trunk by where its packets come from or by the name in its certificate, never by From
 * (threat T7).
 *
 * <p>Thread-safety: any thread.
 */
public final class TrunkSources {
    private final Function<Trunk, List<InetSocketAddress>> addresses;

    /**
     * @param addresses what a trunk's host is known to resolve to, without asking anybody now
     */
    public TrunkSources(Function<Trunk, List<InetSocketAddress>> addresses) {
        this.addresses = addresses;
    }

    /** The trunk whose requests come over such a flow; a browser is never one. */
    public Optional<Trunk> find(Site site, Flow flow) {
        return site.trunks().stream().filter(t -> isFrom(t, flow)).findFirst();
    }

    /** True when that trunk sends over such a flow; several trunks may share an address. */
    public boolean isFrom(Trunk trunk, Flow flow) {
        return !flow.transport().webSocket()
                && trunk.transport() == flow.transport()
                && comesFrom(trunk, flow);
    }

    private boolean comesFrom(Trunk trunk, Flow flow) {
        if (flow.peerName().filter(name -> name.equalsIgnoreCase(trunk.host())).isPresent()) {
            return true;
        }
        if (!trunk.matches().isEmpty()) {
            return trunk.matches().stream().anyMatch(m -> matches(m, flow));
        }
        return addresses.apply(trunk).stream().anyMatch(a -> same(a, flow));
    }

    private static boolean matches(SourceMatch match, Flow flow) {
        return match.matches(flow.remote());
    }

    /** Over UDP the port counts as well; a connection comes from any port of that host. */
    private static boolean same(InetSocketAddress configured, Flow flow) {
        return flow.reliable()
                ? configured.getAddress().equals(flow.remote().getAddress())
                : configured.equals(flow.remote());
    }
}
