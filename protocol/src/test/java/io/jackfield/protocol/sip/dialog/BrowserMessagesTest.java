package io.jackfield.protocol.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipCorpora;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.dialog.EndCause.Kind;
import io.jackfield.protocol.sip.dialog.EndCause.Side;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** JsSIP 3.13.8 in Chromium, as it was captured against Asterisk. */
@DisplayName("What a browser really says")
class BrowserMessagesTest {
    private static final LegSettings SETTINGS =
            Messages.settings()
                    .withSessionTimer(SessionTimerSettings.DEFAULT)
                    .withReliable100(LegSettings.Reliable100.SUPPORTED);

    private static SipMessage read(String file) {
        try {
            return Messages.parsed(
                    Files.readAllBytes(SipCorpora.shared("../fixtures/asterisk/" + file)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("calls us: its offer is heard, its session timer of 90 s agreed, its BYE taken")
    void browserCalls() {
        SipRequest invite = (SipRequest) read("wss/call-2-95551234/03-browser-invite.sip");
        UsageBench leg = UsageBench.called(SETTINGS, invite);
        assertThat(leg.notices())
                .containsExactly(new UsageNotice.OfferReceived(Sdp.of(invite).orElseThrow()));

        leg.on(new UsageEvent.Ring(180, Optional.empty()));
        assertThat(leg.response().headers().first("RSeq"))
                .as("JsSIP does not know 100rel")
                .isEmpty();
        leg.on(new UsageEvent.Accept("answer"));
        assertThat(leg.response().headers().first("Session-Expires")).contains("90;refresher=uas");

        leg.on(new UsageEvent.AckReceived(readdressed(leg, "07-browser-ack.sip")));
        assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
        leg.advance(Duration.ofSeconds(45));
        assertThat(leg.request(SipMethod.UPDATE).uri().text())
                .isEqualTo("sip:rhk33jmg@0p7eufdo8fpr.invalid;transport=ws;ob");
        leg.hear(SipMethod.UPDATE, 200, "Session-Expires: 90;refresher=uac");

        SipRequest bye = readdressed(leg, "08-browser-bye.sip");
        leg.on(new UsageEvent.RequestReceived(ServerTransactionId.of(bye), bye));
        assertThat(leg.end())
                .extracting(EndCause::by, EndCause::kind)
                .containsExactly(Side.REMOTE, Kind.BYE);
    }

    /** The captured dialog had Asterisk's tag; ours has another. */
    private static SipRequest readdressed(UsageBench leg, String file) {
        SipRequest request = (SipRequest) read("wss/call-2-95551234/" + file);
        return request.withHeaders(
                request.headers().withTo(request.headers().to().withTag(leg.usage().localTag())));
    }

    @Test
    @DisplayName("is called by us: it rings, answers and wants to refresh")
    void browserIsCalled() {
        UsageBench leg = UsageBench.calling(SETTINGS, Optional.of("offer"));
        SipRequest invite = leg.request(SipMethod.INVITE);
        leg.on(heard(invite, "06-browser-180-invite.sip"));
        leg.on(heard(invite, "07-browser-200-invite.sip"));

        assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
        assertThat(leg.acks().getFirst().uri().text())
                .isEqualTo("sip:m2df15uh@fl3b47goecgr.invalid;transport=ws");
        assertThat(leg.notices().getFirst()).isEqualTo(new UsageNotice.Progress(180, "Ringing"));
        leg.advance(Duration.ofSeconds(1800 - 32));
        assertThat(leg.methods())
                .as("refresher=uas: the browser's part, and it did not come")
                .containsExactly("INVITE", "BYE");
    }

    /** The captured response, as if it answered our INVITE. */
    private static UsageEvent heard(SipRequest invite, String file) {
        SipResponse captured = (SipResponse) read("wss-incoming/call-1-1002-callee/" + file);
        SipResponse ours =
                captured.withHeaders(
                        captured.headers()
                                .withVias(invite.headers().vias())
                                .withCseq(invite.headers().cseq()));
        return new UsageEvent.ResponseReceived(ClientTransactionId.of(invite), ours);
    }
}
