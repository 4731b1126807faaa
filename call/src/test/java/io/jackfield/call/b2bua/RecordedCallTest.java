package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.routing.Destination;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.media.prompt.Prompt;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that is recorded")
class RecordedCallTest {
    private static final Prompt CONSENT = new Prompt(new short[800]);

    private final CallBench bench = new CallBench();
    private final Peer anna = bench.peer(FakeFlow.browser("ws-anna"));

    private Peer connect(Cdr.Direction direction) {
        SipRequest invite =
                SipText.request(
                                """
                                INVITE sip:boris@pbx.example SIP/2.0
                                Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKfirst
                                From: <sip:anna@pbx.example>;tag=from-anna
                                To: <sip:boris@pbx.example>
                                Call-ID: call-of-anna
                                CSeq: 1 INVITE
                                Contact: <sip:anna@a.invalid;transport=ws>
                                Max-Forwards: 70

                                """)
                        .withBody(
                                "application/sdp",
                                Descriptions.browserOffer("sendrecv")
                                        .getBytes(StandardCharsets.UTF_8));
        Peer boris = bench.phone("boris", "ws-boris");
        bench.start(
                anna,
                invite,
                new Party.Phone("anna", Optional.empty(), Optional.empty()),
                new Destination.Agents(List.of(CallBench.agent("boris"))),
                direction);
        boris.answers(180);
        assertThat(bench.effects(CallEffect.StartRecording.class)).isEmpty();
        boris.answers(200, Descriptions.browserAnswer(boris.offer(), "sendrecv"));
        anna.acknowledges("");
        return boris;
    }

    private void hangUp(Peer boris) {
        anna.hangsUp();
        boris.respond(boris.last(SipMethod.BYE), 200, "");
    }

    private CallEffect.StartRecording started() {
        List<CallEffect.StartRecording> all = bench.effects(CallEffect.StartRecording.class);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    @DisplayName("begins when both are connected, the agent left, and stands in the record")
    void isRecorded() {
        bench.context().records(Optional.empty());
        Peer boris = connect(Cdr.Direction.INTERNAL);
        CallEffect.Bridge bridge = bench.effects(CallEffect.Bridge.class).getFirst();
        assertThat(started().agentLegId()).isEqualTo(bridge.oneLegId());
        assertThat(started().customerLegId()).isEqualTo(bridge.otherLegId());
        assertThat(bench.effects(CallEffect.Play.class)).isEmpty();

        bench.tell(new CallEvent.RecordingBegun("the-recording"));
        bench.tell(new CallEvent.PauseRecording(true));
        assertThat(bench.effects(CallEffect.PauseRecording.class))
                .containsExactly(new CallEffect.PauseRecording(true));
        hangUp(boris);
        assertThat(bench.record().recording()).contains("the-recording");
    }

    @Test
    @DisplayName("has who answered as its agent when the call came in")
    void agentIsWhoAnswered() {
        bench.context().records(Optional.empty());
        connect(Cdr.Direction.INBOUND);
        CallEffect.Bridge bridge = bench.effects(CallEffect.Bridge.class).getFirst();
        assertThat(started().agentLegId()).isEqualTo(bridge.otherLegId());
        assertThat(started().customerLegId()).isEqualTo(bridge.oneLegId());
    }

    @Test
    @DisplayName("both sides hear of it first, where the site has a prompt for that")
    void bothHearOfIt() {
        bench.context().records(Optional.of(CONSENT));
        connect(Cdr.Direction.INTERNAL);
        assertThat(bench.effects(CallEffect.Play.class))
                .containsExactlyInAnyOrder(
                        new CallEffect.Play(started().agentLegId(), CONSENT, false),
                        new CallEffect.Play(started().customerLegId(), CONSENT, false));
    }

    @Test
    @DisplayName("has no recording in its record when none was begun")
    void recordSaysNothing() {
        bench.context().records(Optional.empty());
        hangUp(connect(Cdr.Direction.INTERNAL));
        assertThat(bench.record().recording()).isEmpty();
    }
}
