package io.jackfield.call.b2bua;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.media.LegParameters;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.media.recording.RecordingOrder;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.util.Optional;

/** What a call wants done; {@link CallRunner} does it, in order. */
public sealed interface CallEffect {
    /** From now on requests of that dialog belong to this leg. */
    record Listen(String legId, Party party, Flow flow, String sipCallId, String localTag)
            implements CallEffect {}

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

    record Bridge(String oneLegId, String otherLegId) implements CallEffect {}

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

    /** The leg hears the prompt once, then what it heard before. */
    record Play(String legId, Prompt prompt) implements CallEffect {}

    record CloseMedia(String legId) implements CallEffect {}

    /** How a call over that trunk went, so that a bad one is left alone for a while. */
    record ReportTrunk(Trunk trunk, boolean failed) implements CallEffect {}

    record Publish(PbxEvent event) implements CallEffect {}

    record Write(Cdr cdr) implements CallEffect {}
}
