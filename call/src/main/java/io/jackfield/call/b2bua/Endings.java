package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.protocol.sip.dialog.Phase;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The end of a call: every leg is told, the media's last figures are awaited, the record is
 * written.
 *
 * <p>Confined to its call.
 */
final class Endings {
    /** How long the last statistics of the media may take before the record is written without. */
    private static final long CLOSING_MAX_NANOS = 1_000_000_000L;

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private OptionalLong closeByNanos = OptionalLong.empty();

    Endings(CallState state, Dialogs dialogs, MediaControl media) {
        this.state = state;
        this.dialogs = dialogs;
        this.media = media;
    }

    /** Ends every leg that still lives; the caller's by a refusal when it was never answered. */
    void end(CallEnd end) {
        end(end, Causes.reasonHeader(end));
    }

    /** The same where the cause may be in a peer's words: no Reason header repeats them. */
    void endUnexplained(CallEnd end) {
        end(end, Optional.empty());
    }

    private void end(CallEnd end, Optional<String> reason) {
        if (state.ending() || state.ended()) {
            return;
        }
        boolean answered = state.talking();
        state.become(CallState.Stage.ENDING);
        state.record().ended(end, state.nowNanos());
        for (Leg leg : state.legs().all()) {
            if (leg.ended()) {
                continue;
            }
            if (leg.usage().isEmpty() || leg.usage().get().phase() == Phase.ENDED) {
                legOver(leg.id(), end.cause());
            } else {
                dialogs.tell(leg.id(), farewell(leg, answered, end.status(), reason));
            }
        }
        closeIfDone();
    }

    private UsageEvent farewell(Leg leg, boolean answered, int status, Optional<String> reason) {
        return state.legs().isCaller(leg.id()) && !answered
                ? new UsageEvent.Reject(status, "", Causes.headers(reason))
                : new UsageEvent.Hangup(reason);
    }

    /** The leg's dialog is over, or never came to be. */
    void legOver(String legId, String cause) {
        Leg leg = state.legs().get(legId);
        if (leg.ended()) {
            return;
        }
        state.legs().put(leg.over());
        media.close(legId);
        state.publish(new PbxEvent.LegEnded(state.id(), legId, cause));
    }

    /** Writes the record once nothing is missing. */
    void closeIfDone() {
        if (!state.ending() || !state.legs().allEnded()) {
            return;
        }
        if (state.record().complete()) {
            finish();
        } else if (closeByNanos.isEmpty()) {
            closeByNanos = OptionalLong.of(state.nowNanos() + CLOSING_MAX_NANOS);
        }
    }

    /** Writes the record without telling anybody, unless it has been written. */
    void writeOff(CallEnd end) {
        if (state.ended()) {
            return;
        }
        if (!state.ending()) {
            state.record().ended(end, state.nowNanos());
        }
        finish();
    }

    private void finish() {
        closeByNanos = OptionalLong.empty();
        state.become(CallState.Stage.ENDED);
        Legs legs = state.legs();
        Cdr cdr =
                state.record()
                        .write(legs.caller().id(), state.winnerId(), legs.size(), state.nowNanos());
        state.effect(new CallEffect.Write(cdr));
        state.publish(new PbxEvent.CallEnded(state.id(), cdr));
    }

    // ---- time

    void onTick() {
        if (Deadlines.due(talkUntilNanos(), state.nowNanos())) {
            end(CallEnd.byPbx("maximum length reached", 480));
        }
        if (Deadlines.due(closeByNanos, state.nowNanos())) {
            finish();
        }
    }

    OptionalLong deadlineNanos() {
        return Deadlines.earlier(talkUntilNanos(), closeByNanos);
    }

    private OptionalLong talkUntilNanos() {
        OptionalLong answered = state.record().answeredNanos();
        return state.talking() && answered.isPresent()
                ? OptionalLong.of(answered.getAsLong() + state.settings().lengthMax().toNanos())
                : OptionalLong.empty();
    }
}
