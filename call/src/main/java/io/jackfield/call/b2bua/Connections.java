package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Connections of phones that drop, and phones that come back over new ones: the call waits a while.
 *
 * <p>Confined to its call.
 */
final class Connections {
    private static final String LOST = "network lost";

    private final CallState state;
    private final Dialogs dialogs;
    private final CalledLegs called;
    private final Endings endings;
    private final Departures departures;

    Connections(
            CallState state,
            Dialogs dialogs,
            CalledLegs called,
            Endings endings,
            Departures departures) {
        this.state = state;
        this.dialogs = dialogs;
        this.called = called;
        this.endings = endings;
        this.departures = departures;
    }

    void onFlowClosed(Flow flow) {
        boolean callersOwn =
                state.legs().all().stream()
                        .anyMatch(l -> state.legs().isCaller(l.id()) && l.flow().equals(flow));
        if (state.settingUp() && callersOwn) {
            endUnanswerable();
        }
        for (Leg leg : state.legs().all()) {
            if (!leg.ended() && leg.flow().equals(flow) && !leg.lost()) {
                state.legs().put(leg.lostAt(state.nowNanos()));
                state.publish(new PbxEvent.LegLost(state.id(), leg.id()));
            }
        }
    }

    /**
     * The answer goes the way by which the INVITE came (RFC 3261 §18.2.2). Nobody can connect to a
     * browser, and its new connection brings a new transaction; towards a carrier over TCP we do
     * not make use of the SHOULD to open another connection for a response.
     */
    private void endUnanswerable() {
        endings.end(new CallEnd(HangupSide.CALLER, LOST, 480));
    }

    void onPhoneReturned(String agent, Optional<String> instance, Flow flow) {
        for (Leg leg : state.legs().all()) {
            if (!leg.ended() && leg.isPhoneOf(agent, instance) && awaits(leg, flow)) {
                dialogs.moveTo(flow, leg);
            }
        }
    }

    /**
     * A phone that names its instance may be back before its old connection is known to be gone:
     * after a change of network that takes as long as a ping. One that does not is only awaited.
     */
    private static boolean awaits(Leg leg, Flow flow) {
        boolean named = leg.party() instanceof Party.Phone phone && phone.instance().isPresent();
        return leg.lost() || named && !leg.flow().equals(flow);
    }

    /** Gives the leg up when its phone has been away for too long. */
    void onTick(String legId) {
        if (Deadlines.due(lostUntil(state.legs().get(legId)), state.nowNanos())) {
            giveUp(legId);
        }
    }

    /**
     * A caller whose answer has been waiting for the PRACK of early media (RFC 3262 §3) has an
     * INVITE that is still open: it is refused, though nobody will hear it, so that its transaction
     * ends.
     */
    private void giveUp(String legId) {
        if (Legs.callerId(state.id()).equals(legId)) {
            dialogs.tellUnheard(legId, new UsageEvent.Reject(480, "", List.of()));
        }
        endings.legOver(legId, LOST);
        if (departures.concerns(legId)) {
            HangupSide side = state.legs().isCaller(legId) ? HangupSide.CALLER : HangupSide.CALLEE;
            departures.gone(legId, new CallEnd(side, LOST, 480));
        } else {
            called.of(legId).ifPresent(Callees::onGone);
        }
        endings.closeIfDone();
    }

    OptionalLong deadlineNanos() {
        return state.legs().all().stream()
                .map(this::lostUntil)
                .reduce(OptionalLong.empty(), Deadlines::earlier);
    }

    /** A carrier may close a connection on which nothing is said, and be there all the same. */
    private OptionalLong lostUntil(Leg leg) {
        return leg.lost() && !leg.ended() && leg.party() instanceof Party.Phone
                ? OptionalLong.of(
                        leg.lostSinceNanos().getAsLong() + state.settings().keepLostFor().toNanos())
                : OptionalLong.empty();
    }
}
