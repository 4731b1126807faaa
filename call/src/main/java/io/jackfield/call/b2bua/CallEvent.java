package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.routing.Agent;
import io.jackfield.call.routing.Destination;
import io.jackfield.media.MediaEvent;
import io.jackfield.media.audio.Supervision;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sdp.LocalMedia;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import java.util.Optional;

/** What a call can be told. */
public sealed interface CallEvent {
    /** What somebody wants of a call that is up; whether it can be is told by events. */
    sealed interface Command extends CallEvent {}

    /** What happened to one leg, from outside of the call. */
    sealed interface OfLeg extends CallEvent {
        String legId();
    }

    /** Something arrived for a leg's dialog. */
    record Sip(String legId, UsageEvent event) implements OfLeg {}

    /** The media leg that was asked for is there. */
    record MediaOpened(String legId, LocalMedia local) implements CallEvent {}

    /** It could not be made: no port was free. */
    record MediaRefused(String legId, String reason) implements CallEvent {}

    /** New ICE credentials of ours, for the answer to an ICE restart. */
    record IceRestarted(String legId, LocalMedia local) implements CallEvent {}

    /** Something happened to a leg's media. */
    record Media(MediaEvent event) implements OfLeg {
        @Override
        public String legId() {
            return event.legId();
        }
    }

    /** A connection closed; legs on it wait for their phone. */
    record FlowClosed(Flow flow) implements CallEvent {}

    /** A phone of that agent registered over this flow. */
    record PhoneReturned(String agent, Optional<String> instance, Flow flow) implements CallEvent {}

    /** The recording that the call wanted goes on. */
    record RecordingBegun(String recordingId) implements CallEvent {}

    /** Somebody wants the recording to pause, or to go on. */
    record PauseRecording(boolean paused) implements CallEvent {}

    /**
     * Somebody is to take the place of one of two who talk.
     *
     * @param leaving name of an agent or trunk; empty: the only agent
     */
    record Transfer(Optional<String> leaving, Destination to) implements Command {}

    /**
     * The caller, who wanted to wait, may do so.
     *
     * @param music what they hear meanwhile, over and over
     */
    record Park(Prompt music) implements Command {}

    /** The caller who waits hears that once, then the music again. */
    record Announce(Prompt prompt) implements Command {}

    /** The caller hears that, and the call ends with this cause. */
    record LastWords(Prompt prompt, String cause) implements Command {}

    /** The caller waits no more, and is connected with that. */
    record RouteOn(Destination destination) implements Command {}

    /**
     * An agent is to be rung for the caller who waits.
     *
     * @param id in events and later commands
     */
    record Offer(long id, Agent agent) implements Command {}

    /** That agent is rung no more. */
    record CancelOffer(long id) implements Command {}

    /** That agent, who has answered, gets the caller. */
    record Connect(long id) implements Command {}

    /** One more is to talk with those who do. */
    record Invite(Destination whom) implements Command {}

    /**
     * A supervisor is to listen, whisper or barge in.
     *
     * @param phones the supervisor's
     * @param agent who is supervised
     */
    record Supervise(String supervisor, Destination phones, String agent, Supervision mode)
            implements Command {}

    /** The call is to end now. */
    record HangUp(String cause) implements Command {}

    /**
     * Another call wants whoever talks with that leg.
     *
     * @param remoteTag the peer's tag in the leg's dialog, as the other call heard it
     * @param itsLegId the leg over there that asks
     */
    record PartnerWanted(String legId, String remoteTag, String toCallId, String itsLegId)
            implements CallEvent {}

    /** That other call has the leg. */
    record HandedOver(String legId, String toCallId) implements CallEvent {}

    /** There is nobody whom we could have in the place of that leg. */
    record NoPartner(String legId) implements CallEvent {}

    /** A leg of another call is ours from now on. */
    record Arrived(Leg leg, LegHandle handle) implements CallEvent {}

    /** A deadline passed. */
    record Tick() implements CallEvent {}

    /** End now, say so to everybody, and do not wait long for those who do not answer. */
    record Stop(String reason) implements CallEvent {}

    /** The rules have failed half-way, by a mistake of ours: end what can be ended. */
    record Broken() implements CallEvent {}
}
