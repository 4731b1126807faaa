package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.dialog.Phase;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The end of a call: every leg is told, the media's last figures are awaited, the record is
 * written.
 *
 * <p>Confined to its call.
 */
final class Endings {
    /** How long the last statistics of the media may take before the record is written without. */
    private static final long CLOSING_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * How long a call that has to end now waits for answers to its farewells: over UDP two are
     * sent. With the statistics it is less than the server waits before it stops.
     */
    private static final long FAREWELL_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private final CallState state;
    private final Dialogs dialogs;
    private final MediaControl media;
    private OptionalLong letGoAtNanos = OptionalLong.empty();
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

    /**
     * The same, and legs whose farewell is not answered soon are let go. In a call that ends
     * already, those hear it who for some reason have not.
     */
    void endSoon(CallEnd end) {
        if (state.ending()) {
            sayFarewell(end, Causes.reasonHeader(end));
        } else {
            end(end);
        }
        if (state.ending() && letGoAtNanos.isEmpty()) {
            letGoAtNanos = OptionalLong.of(state.nowNanos() + FAREWELL_MAX_NANOS);
        }
    }

    private void end(CallEnd end, Optional<String> reason) {
        if (state.ending() || state.ended()) {
            return;
        }
        state.become(CallState.Stage.ENDING);
        state.record().ended(end, state.nowNanos());
        answerUnread(end.status());
        sayFarewell(end, reason);
        // Last: whoever offers a freed agent the next call does so when this one's CANCEL is out.
        state.publish(new PbxEvent.CallEnding(state.id()));
    }

    private void sayFarewell(CallEnd end, Optional<String> reason) {
        for (Leg leg : state.legs().all()) {
            if (leg.ended()) {
                continue;
            }
            if (leg.usage().isEmpty() || leg.usage().get().phase() == Phase.ENDED) {
                legOver(leg.id(), end.cause());
            } else {
                dialogs.tell(leg.id(), farewell(leg, end, reason));
            }
        }
        closeIfDone();
    }

    private UsageEvent farewell(Leg leg, CallEnd end, Optional<String> reason) {
        return state.legs().isCaller(leg.id()) && !state.callerAnswered()
                ? new UsageEvent.Reject(end.status(), "", Causes.headers(reason))
                : new UsageEvent.Hangup(reason);
    }

    /** An INVITE that has not even become a dialog is refused all the same. */
    private void answerUnread(int status) {
        boolean unread = state.legs().find(callerId()).flatMap(Leg::usage).isEmpty();
        if (unread && !state.callerAnswered()) {
            state.newCall()
                    .invited()
                    .ifPresent(invited ->
                            state.effect(
                                    new CallEffect.SendResponse(
                                            invited.transaction(),
                                            SipResponses.to(
                                                    invited.invite(), status, state.id()))));
        }
    }

    private String callerId() {
        return Legs.callerId(state.id());
    }

    /**
     * Ends the call at once, when the rules have failed. What one leg's dialog throws keeps neither
     * the other leg nor the record from their end.
     */
    void abandon(CallEnd end) {
        if (state.ended()) {
            return;
        }
        if (!state.ending()) {
            state.become(CallState.Stage.ENDING);
            state.publish(new PbxEvent.CallEnding(state.id()));
            state.record().ended(end, state.nowNanos());
            answerUnread(end.status());
        }
        for (Leg leg : state.legs().all()) {
            try {
                dialogs.tellUnheard(leg.id(), farewell(leg, end, Causes.reasonHeader(end)));
            } catch (RuntimeException | StackOverflowError again) {
                // It was logged the first time, and this leg cannot be told.
            }
            letGo(state.legs().get(leg.id()), end.cause());
        }
        finish();
    }

    private void letGo(Leg leg, String cause) {
        if (!leg.ended()) {
            dialogs.forget(leg);
            legOver(leg.id(), cause);
        }
    }

    /** The leg's dialog is over, or never came to be. */
    void legOver(String legId, String cause) {
        Leg leg = state.legs().get(legId);
        if (leg.ended()) {
            return;
        }
        state.legs().put(leg.over());
        media.close(legId);
        state.agentIsOut(leg);
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

    private void finish() {
        closeByNanos = OptionalLong.empty();
        state.become(CallState.Stage.ENDED);
        Legs legs = state.legs();
        Cdr cdr =
                state.record()
                        .write(legs.callerLegId(), state.winnerId(), legs.size(), state.nowNanos());
        state.effect(new CallEffect.Write(cdr));
        state.publish(new PbxEvent.CallEnded(state.id(), cdr));
    }

    // ---- time

    void onTick() {
        if (Deadlines.due(talkUntilNanos(), state.nowNanos())) {
            end(CallEnd.byPbx("maximum length reached", 480));
        }
        if (Deadlines.due(letGoAtNanos, state.nowNanos())) {
            letGo();
        }
        if (Deadlines.due(closeByNanos, state.nowNanos())) {
            finish();
        }
    }

    private void letGo() {
        letGoAtNanos = OptionalLong.empty();
        for (Leg leg : state.legs().all()) {
            letGo(leg, "did not answer");
        }
        closeIfDone();
    }

    OptionalLong deadlineNanos() {
        return Deadlines.earlier(talkUntilNanos(), Deadlines.earlier(letGoAtNanos, closeByNanos));
    }

    private OptionalLong talkUntilNanos() {
        OptionalLong answered = state.record().answeredNanos();
        return state.talking() && answered.isPresent()
                ? OptionalLong.of(answered.getAsLong() + state.settings().lengthMax().toNanos())
                : OptionalLong.empty();
    }
}
