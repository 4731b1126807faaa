package io.jackfield.call.event;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.token.TokenRefusal;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.QualityReport;
import io.jackfield.media.recording.RecordingEvent;
import io.jackfield.protocol.sip.SipMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that happened which somebody may want to see. */
public sealed interface PbxEvent {
    /** A message arrived and was read. */
    record SipReceived(Flow flow, SipMessage message) implements PbxEvent {}

    /**
     * A message was handed to its flow.
     *
     * @param beganNanos monotonic, just before: the peer may have answered by the time this is told
     */
    record SipSent(Flow flow, SipMessage message, long beganNanos) implements PbxEvent {}

    /** Bytes arrived that are no SIP message; {@code answered} when a 4xx went back. */
    record SipRefused(Flow flow, String reason, boolean answered) implements PbxEvent {}

    /** A connection to a phone or trunk ended. */
    record FlowClosed(Flow flow) implements PbxEvent {}

    /** A phone registered for the first time on this flow. */
    record Registered(String agent, Flow flow, Duration expires) implements PbxEvent {}

    /** A binding ended. */
    record Unregistered(String agent, Flow flow, UnregisterCause cause) implements PbxEvent {}

    /** Why a binding ended. */
    enum UnregisterCause {
        REMOVED,
        EXPIRED,
        FLOW_LOST,
        /** The site knows this agent, or this password, no more. */
        WITHDRAWN,
        REPLACED
    }

    /**
     * Credentials were wrong, or belonged to nobody, or were not looked at.
     *
     * @param user whom they name; a stranger's text
     * @param reason a word of ours
     */
    record AuthenticationFailed(Flow flow, String user, String reason) implements PbxEvent {}

    /**
     * So many passwords were guessed that no more are looked at for a while.
     *
     * @param account whose; empty where the limit is the source's
     */
    record GuessesLimited(Flow flow, GuessLimit limit, String account, Duration span)
            implements PbxEvent {}

    /** What passwords were guessed for, or from where. */
    enum GuessLimit {
        /** For one account from one source. */
        ACCOUNT_AT_SOURCE,
        /** For one account from everywhere; its homes excepted. */
        ACCOUNT,
        /** From one source, for whatever account. */
        SOURCE
    }

    /**
     * A call asked to be let out with a call token.
     *
     * @param refusal why it was not; empty: it was
     */
    record TokenChecked(Flow flow, String agent, String number, Optional<TokenRefusal> refusal)
            implements PbxEvent {}

    /**
     * Somebody calls.
     *
     * @param callerName what the caller's own phone calls them, if anything; a stranger's text
     * @param reference the CRM's own id of the call
     */
    record CallStarted(
            String callId,
            String caller,
            String callee,
            Optional<String> callerName,
            Cdr.Direction direction,
            Optional<String> reference)
            implements PbxEvent {
        /** A call between agents, of which no CRM knows. */
        public CallStarted(String callId, String caller, String callee) {
            this(
                    callId,
                    caller,
                    callee,
                    Optional.empty(),
                    Cdr.Direction.INTERNAL,
                    Optional.empty());
        }
    }

    /** A leg was added to a call. */
    record LegStarted(String callId, String legId, String party) implements PbxEvent {}

    /**
     * A leg has its dialog: from now on what has that Call-ID belongs to it. Told again where the
     * leg comes over from another call.
     *
     * @param party the agent, or the trunk
     */
    record DialogBegan(String callId, String legId, String party, String sipCallId)
            implements PbxEvent {}

    /** A leg rings or has early media. */
    record LegProgressed(String callId, String legId, int status) implements PbxEvent {}

    /** Both sides can talk. */
    record CallAnswered(String callId, String legId) implements PbxEvent {}

    /** One side put the other on hold, or took it back. */
    record CallHeld(String callId, String legId, boolean held) implements PbxEvent {}

    /** A caller wants to wait in that queue, and hears nothing yet. */
    record CallerWaits(String callId, String queue, String number) implements PbxEvent {}

    /** A caller has come to a menu, and hears nothing yet. */
    record CallerInMenu(String callId, String menu, String number) implements PbxEvent {}

    /**
     * A caller has gone through menus.
     *
     * @param choices as {@code menu:key}, in order
     * @param entered numbers by the names of their fields
     */
    record MenuLeft(String callId, List<String> choices, Map<String, String> entered)
            implements PbxEvent {
        public MenuLeft {
            choices = List.copyOf(choices);
            entered = Map.copyOf(entered);
        }
    }

    /** The phone of an agent who was offered a call rings. */
    record OfferRang(String callId, long offer) implements PbxEvent {}

    /** An agent who was offered a call has answered, and waits to be connected. */
    record OfferAnswered(String callId, long offer) implements PbxEvent {}

    /** An agent who was offered a call does not take it. */
    record OfferMissed(String callId, long offer, OfferMiss why) implements PbxEvent {}

    /** Why an offer came to nothing. */
    enum OfferMiss {
        /** The agent has said no. */
        REFUSED,
        BUSY,
        /** No phone of the agent's could be rung. */
        UNREACHABLE;

        /** What the refusal of a phone says of its owner. */
        public static OfferMiss byStatus(int status) {
            return switch (status) {
                case 486, 600 -> BUSY;
                case 603, 403 -> REFUSED;
                default -> UNREACHABLE;
            };
        }
    }

    /** A customer who is called back has answered, and waits for an agent. */
    record CustomerReached(String callId, String legId) implements PbxEvent {}

    /**
     * An agent's phone has a part in a call: it has called, answered, or come from another call.
     *
     * @param byItself false where the call was offered
     */
    record AgentJoined(String callId, String legId, String agent, boolean byItself)
            implements PbxEvent {}

    /** That phone has no part in the call any more. */
    record AgentLeft(String callId, String legId, String agent) implements PbxEvent {}

    /**
     * Somebody has come to those who talk, or has another part from now on.
     *
     * @param part {@code joined}, {@code listen}, {@code whisper} or {@code barge}
     */
    record PartyJoined(String callId, String legId, String part) implements PbxEvent {}

    /** Somebody who was wanted in a call has not come. */
    record JoinFailed(String callId, String reason) implements PbxEvent {}

    /** Somebody is being called in the place of that leg. */
    record TransferBegan(String callId, String legId) implements PbxEvent {}

    /** One side is somebody else from now on. */
    record Transferred(String callId, String fromLegId, String toLegId, String party)
            implements PbxEvent {}

    /** Nobody took the place of that leg; the two are together again. */
    record TransferFailed(String callId, String legId, String reason) implements PbxEvent {}

    /** A leg's flow is gone; the call waits for the phone to return. */
    record LegLost(String callId, String legId) implements PbxEvent {}

    /** The phone of a lost leg came back. */
    record LegReturned(String callId, String legId) implements PbxEvent {}

    /** A leg ended. */
    record LegEnded(String callId, String legId, String cause) implements PbxEvent {}

    /**
     * The call begins to end: nobody talks or waits in it any more. That all legs have been told,
     * and its record, comes with {@link CallEnded}, up to half a minute later.
     */
    record CallEnding(String callId) implements PbxEvent {}

    /** The call is over. */
    record CallEnded(String callId, Cdr cdr) implements PbxEvent {}

    /** Something happened to a leg's media. */
    record MediaHappened(String callId, MediaEvent event) implements PbxEvent {}

    /** The quality echo has measured the line of that agent, or trunk. */
    record QualityMeasured(String callId, String party, QualityReport report) implements PbxEvent {}

    /**
     * A call is over, and how it was heard has been judged.
     *
     * @param verdict in one sentence
     * @param link the worst link, as {@code agent_up}; empty where all was well
     * @param party whose it is
     * @param details every window, as a JSON object
     */
    record QualityJudged(
            String callId,
            String verdict,
            Optional<String> link,
            Optional<String> party,
            long judgedSeconds,
            long badSeconds,
            long worstRunSeconds,
            String details)
            implements PbxEvent {}

    /** Something happened to a recording, whose id is its call's. */
    record RecordingHappened(RecordingEvent event) implements PbxEvent {}

    /**
     * The site is another one from now on.
     *
     * @param version of its tables
     * @param by who changed it
     */
    record SiteChanged(long version, String by) implements PbxEvent {}

    /**
     * The site was changed so that it cannot be used; the last good one stays.
     *
     * @param place table, row and column of the first mistake: {@code trunks[north].port}
     * @param reason what is wrong there, in words
     * @param others how many more mistakes there are
     */
    record SiteRefused(long version, String by, String place, String reason, int others)
            implements PbxEvent {}

    /** A trunk can be used, or can't. */
    record TrunkChanged(String trunk, boolean up, String reason) implements PbxEvent {}
}
