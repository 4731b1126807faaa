package io.jackfield.call.b2bua;

import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The codec policy {@code auto}: a phone that speaks G.711 is offered Opus, whose packets carry a
 * copy of the one before, once it reports that it misses too many.
 *
 * <p>Once a leg: a phone that declines is not asked again, and one that has Opus keeps it.
 *
 * <p>Confined to its call.
 */
final class OpusOnLoss {
    /** Share of packets missed from which G.711's concealment is heard. */
    private static final double LOSS_MIN = 0.03;

    /** One bad report may be a moment's; two in a row are ten seconds or so (RFC 3550 §6.2). */
    private static final int REPORTS_MIN = 2;

    private final CallState state;
    private final Dialogs dialogs;
    private final Map<String, Integer> badReports = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    OpusOnLoss(CallState state, Dialogs dialogs) {
        this.state = state;
        this.dialogs = dialogs;
    }

    /** A leg's peer has told how much it misses. */
    void reported(String legId, double fractionLost) {
        int bad = fractionLost < LOSS_MIN ? 0 : badReports.getOrDefault(legId, 0) + 1;
        badReports.put(legId, bad);
        if (bad >= REPORTS_MIN && state.talking() && !asked.contains(legId)) {
            state.legs().find(legId).filter(this::mayTurn).ifPresent(this::offerOpus);
        }
    }

    private boolean mayTurn(Leg leg) {
        return !leg.ended()
                && !leg.lost()
                && leg.media().agreed()
                && !leg.media().chosen().contains(Codec.OPUS)
                && state.other(leg.id())
                        .filter(other -> Codecs.mayTurnToOpus(leg.party(), other.party()))
                        .isPresent();
    }

    private void offerOpus(Leg leg) {
        asked.add(leg.id());
        LegMedia.Said said = leg.media().offerRather(Codec.OPUS);
        state.legs().put(leg.with(said.next()));
        dialogs.tell(leg.id(), new UsageEvent.Offer(said.sdp()));
    }
}
