package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.media.LegParameters;
import io.jackfield.media.audio.Supervision;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.RecordingOrder;
import io.jackfield.protocol.sip.Replaces;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a call wants done; {@link CallRunner} does it, in order. */
sealed interface CallEffect {
    /** From now on requests of that dialog belong to this leg. */
    record Listen(String legId, Party party, Flow flow, String sipCallId, String localTag)
            implements CallEffect {}

    /** Requests of that dialog belong to nobody any more. */
    record Unlisten(String sipCallId, String localTag) implements CallEffect {}

    /** The leg, which has ended, is not mentioned again. */
    record Forget(String legId) implements CallEffect {}

    record SendRequest(String legId, ClientTransactionId id, SipRequest request, Flow flow)
            implements CallEffect {}

    record SendAck(SipRequest ack, Flow flow) implements CallEffect {}

    record SendResponse(ServerTransactionId id, SipResponse response) implements CallEffect {}

    record Cancel(ClientTransactionId invite, String sipCallId, Optional<String> reason)
            implements CallEffect {}

    /** Open the media of a browser's leg; answered by {@code MediaOpened}. */
    record OpenBrowserMedia(String legId, boolean weOffer) implements CallEffect {}

    /** Open the media of a plain RTP leg; answered by {@code MediaOpened} or refused. */
    record OpenPlainMedia(String legId, Flow flow) implements CallEffect {}

    /** Make new ICE credentials; answered by {@code IceRestarted}. */
    record RestartIce(String legId) implements CallEffect {}

    record ApplyMedia(String legId, LegParameters parameters) implements CallEffect {}

    /** These two hear each other and nobody else. */
    record Bridge(String oneLegId, String otherLegId) implements CallEffect {}

    /** Supervises that leg, which is heard by all others, too. */
    record Supervises(Supervision mode, String agentLegId) {}

    /**
     * One in a room.
     *
     * @param supervises empty: hears all and is heard by all
     */
    record Seat(String legId, Optional<Supervises> supervises) {
        static Seat of(String legId) {
            return new Seat(legId, Optional.empty());
        }

        /** The part in one word, as events say it. */
        String word() {
            return supervises.map(s -> s.mode().name().toLowerCase(Locale.ROOT)).orElse("joined");
        }
    }

    /** These are in a room, and nobody else is. */
    record Meet(List<Seat> seats) implements CallEffect {
        public Meet {
            seats = List.copyOf(seats);
        }
    }

    /**
     * Whoever talks in that dialog of the same party is to talk with us; answered by {@code
     * Arrived} or {@code NoPartner}.
     *
     * @param legId of the party, in this call
     */
    record WantPartner(String legId, Party party, Replaces dialog) implements CallEffect {}

    /** There is nobody whom that call could have. */
    record RefusePartner(String toCallId, String legId) implements CallEffect {}

    /** That call is to have the leg; answered by {@code HandedOver} once it has. */
    record HandOver(Leg leg, String toCallId) implements CallEffect {}

    /** What has come for a leg that another call has meanwhile. */
    record PassOn(String toCallId, CallEvent event) implements CallEffect {}

    /** This call has a leg of another one from now on. */
    record TakeIn(String legId, LegHandle handle) implements CallEffect {}

    /** The leg hears nobody, and nobody hears it. */
    record Park(String legId) implements CallEffect {}

    record Echo(String legId) implements CallEffect {}

    record QualityEcho(String legId) implements CallEffect {}

    record SendDtmf(String legId, char digit, int durationMillis) implements CallEffect {}

    /**
     * Record what these two say until the media of one of them is closed; answered by {@code
     * RecordingBegun}, or not at all.
     */
    record StartRecording(RecordingOrder order, String agentLegId, String customerLegId)
            implements CallEffect {}

    record PauseRecording(boolean paused) implements CallEffect {}

    /**
     * The leg hears the prompt once, then what it heard before; or over and over, until it is
     * bridged, parked or in a room.
     */
    record Play(String legId, Prompt prompt, boolean loop) implements CallEffect {}

    record CloseMedia(String legId) implements CallEffect {}

    /** How a call over that trunk went, so that a bad one is left alone for a while. */
    record ReportTrunk(Trunk trunk, boolean failed) implements CallEffect {}

    record Publish(PbxEvent event) implements CallEffect {}

    record Write(Cdr cdr) implements CallEffect {}
}
