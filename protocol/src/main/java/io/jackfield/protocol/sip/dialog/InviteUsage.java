package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All that one leg says and hears in its dialog, as caller or as called party: RFC 3261 §12 to §15.
 *
 * <p>A value: {@link #on} gives the next one and what is to be done. It reads no clock; {@code
 * nowNanos} is monotonic time. Any thread, one at a time.
 */
public final class InviteUsage {

    /** The next state, and what is to be done in that order. */
    public record Step(InviteUsage next, List<UsageEffect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    private final Phase phase;
    private final String callId;
    private final String localTag;

    private InviteUsage(Phase phase, String callId, String localTag) {
        this.phase = phase;
        this.callId = callId;
        this.localTag = localTag;
    }

    /** Calls someone: the first step sends the INVITE (RFC 3261 §13.2.1). */
    public static Step calling(
            OutgoingInvite spec, LegSettings settings, Identifiers ids, long nowNanos) {
        return new Step(new InviteUsage(Phase.CALLING, ids.callId(), ids.tag()), List.of());
    }

    /**
     * Is called: the first step tells of the offer, or refuses what cannot be (RFC 3261 §8.2,
     * §13.3.1), in which case the usage has ended at once.
     *
     * @param tx the transaction of {@code invite}
     */
    public static Step called(
            SipRequest invite,
            ServerTransactionId tx,
            LegSettings settings,
            Identifiers ids,
            long nowNanos) {
        return new Step(
                new InviteUsage(Phase.CALLING, invite.headers().callId(), ids.tag()), List.of());
    }

    /**
     * Takes one event. After the end it still may be called: late messages get the answer they are
     * due (a repeated 2xx its ACK, a request 481).
     */
    public Step on(UsageEvent event, long nowNanos) {
        return new Step(this, List.of());
    }

    /** When to give it {@link UsageEvent.Tick}; empty when it waits for nothing but events. */
    public OptionalLong deadlineNanos() {
        return OptionalLong.empty();
    }

    public Phase phase() {
        return phase;
    }

    /** Part of what in-dialog requests are matched by (RFC 3261 §12). */
    public String callId() {
        return callId;
    }

    /** Our tag: in To of the peer's requests, in From of ours. The same for every fork. */
    public String localTag() {
        return localTag;
    }

    /** The dialog: of several early ones that of the latest response; empty while there is none. */
    public Optional<Dialog> dialog() {
        return Optional.empty();
    }
}
