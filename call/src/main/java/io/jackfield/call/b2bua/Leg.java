package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Our side of one dialog, with its media: everything of it that has to survive. Immutable.
 *
 * @param id unique in the process
 * @param flow the way to the phone now; another one after it has come back
 * @param usage what is said in the dialog; empty while the media is being opened
 * @param lostSinceNanos since when the flow is gone
 * @param unsent what waits for the phone to return
 */
record Leg(
        String id,
        Party party,
        Flow flow,
        Optional<InviteUsage> usage,
        LegMedia media,
        OptionalLong lostSinceNanos,
        List<CallEffect.SendRequest> unsent,
        boolean ended) {

    Leg {
        unsent = List.copyOf(unsent);
    }

    static Leg of(String id, Party party, Flow flow, LegMedia media) {
        return new Leg(
                id, party, flow, Optional.empty(), media, OptionalLong.empty(), List.of(), false);
    }

    Leg with(InviteUsage next) {
        return new Leg(id, party, flow, Optional.of(next), media, lostSinceNanos, unsent, ended);
    }

    Leg with(LegMedia next) {
        return new Leg(id, party, flow, usage, next, lostSinceNanos, unsent, ended);
    }

    Leg lostAt(long nowNanos) {
        return new Leg(id, party, flow, usage, media, OptionalLong.of(nowNanos), unsent, ended);
    }

    Leg returnedOn(Flow next) {
        return new Leg(id, party, next, usage, media, OptionalLong.empty(), List.of(), ended);
    }

    Leg keeping(CallEffect.SendRequest request) {
        List<CallEffect.SendRequest> more =
                Stream.concat(unsent.stream(), Stream.of(request)).toList();
        return new Leg(id, party, flow, usage, media, lostSinceNanos, more, ended);
    }

    /** What waited for the phone is not wanted any more. */
    Leg withoutUnsent() {
        return new Leg(id, party, flow, usage, media, lostSinceNanos, List.of(), ended);
    }

    Leg over() {
        return new Leg(id, party, flow, usage, media, lostSinceNanos, unsent, true);
    }

    /** When its dialog wants to be told the time. */
    OptionalLong deadlineNanos() {
        return ended || usage.isEmpty() ? OptionalLong.empty() : usage.get().deadlineNanos();
    }

    boolean lost() {
        return lostSinceNanos.isPresent();
    }

    boolean isPhoneOf(String agent, Optional<String> instance) {
        return party instanceof Party.Phone phone
                && phone.agent().equals(agent)
                && phone.instance().equals(instance);
    }

    /** The trunk's own name or the agent's, for records. */
    String partyName() {
        return switch (party) {
            case Party.Phone phone -> phone.agent();
            case Party.Customer customer -> customer.trunk().name();
        };
    }
}
