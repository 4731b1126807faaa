package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.Optional;

/**
 * What becomes of a call when one of those who talk is gone: the others go on where two are left
 * who have something to say to each other, or where somebody is being called for the one who left.
 *
 * <p>Confined to its call.
 */
final class Departures {
    /** A caller who had waited and did not want to any more. */
    private static final CallEnd ABANDONED = new CallEnd(HangupSide.CALLER, "abandoned", 487);

    private final CallState state;
    private final Dialogs dialogs;
    private final Endings endings;
    private final Conversation conversation;
    private final Transfers transfers;
    private final Reoffers reoffers;
    private final Waiting waiting;

    Departures(
            CallState state,
            Dialogs dialogs,
            Endings endings,
            Conversation conversation,
            Transfers transfers,
            Reoffers reoffers,
            Waiting waiting) {
        this.state = state;
        this.dialogs = dialogs;
        this.endings = endings;
        this.conversation = conversation;
        this.transfers = transfers;
        this.reoffers = reoffers;
        this.waiting = waiting;
    }

    /** Whether that leg is one of those who talk, or the caller's. */
    boolean concerns(String legId) {
        return state.isNeeded(legId) || conversation.isGuest(legId);
    }

    /**
     * That leg is gone.
     *
     * @param end how the call ends, if it does because of it
     */
    void gone(String legId, CallEnd end) {
        if (goesOnWithout(legId)) {
            return;
        }
        Optional<Leg> answered = waiting.answered();
        if (state.waiting() && answered.isPresent()) {
            // the two missed each other by milliseconds; the queue has counted it as answered
            state.record().answered(answered.get().partyName(), state.nowNanos());
            endings.end(end);
        } else {
            endings.end(state.waiting() ? ABANDONED : end);
        }
    }

    /** That leg cannot stay: it is told so. */
    void dismiss(String legId, CallEnd end) {
        if (goesOnWithout(legId)) {
            dialogs.tell(legId, new UsageEvent.Hangup(Causes.reasonHeader(end)));
        } else {
            endings.end(end);
        }
    }

    private boolean goesOnWithout(String legId) {
        if (conversation.leave(legId) || transfers.isLeaving(legId)) {
            return true;
        }
        Optional<String> heir = conversation.heir();
        heir.ifPresent(guest -> {
            conversation.promote(guest, legId);
            reoffers.align(guest);
        });
        return heir.isPresent();
    }
}
