package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.routing.Trunk;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who sends a request within a dialog, as far as its flow tells.
 *
 * @param flow the way it came
 * @param agents whose phones have registered over that flow
 * @param trunks the trunks that send from there
 */
public record Sender(Flow flow, Set<String> agents, Predicate<Trunk> trunks) {

    /**
     * True when that party may speak over this flow (threat T9): it is the one by which the leg
     * goes, or another one of the same agent or trunk. Phones change networks, and a carrier is a
     * cluster of which each machine may end what another has begun.
     */
    boolean mayBe(Party party, Flow legFlow) {
        return legFlow.equals(flow)
                || switch (party) {
                    case Party.Phone phone -> agents.contains(phone.agent());
                    case Party.Customer customer -> trunks.test(customer.trunk());
                };
    }
}
