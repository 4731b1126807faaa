package io.jackfield.protocol.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("REFER within a dialog (RFC 3515)")
class RefersTest {
    private final UsageBench leg = UsageBench.callingConfirmed(Messages.settings());

    private SipRequest refer(String... headers) {
        SipRequest bare = leg.inDialog("REFER", 7, "");
        SipRequest refer =
                bare.withHeaders(bare.headers().plus("Refer-To", "<sip:clara@pbx.example>"));
        for (int i = 0; i < headers.length; i += 2) {
            refer = refer.withHeaders(refer.headers().plus(headers[i], headers[i + 1]));
        }
        leg.receive(refer);
        return refer;
    }

    private List<SipRequest> told() {
        return leg.requests().stream().filter(r -> r.method().equals(SipMethod.NOTIFY)).toList();
    }

    private void answers(SipRequest refer, int status) {
        leg.on(new UsageEvent.AnswerRefer(ServerTransactionId.of(refer), refer, status, ""));
    }

    @Test
    @DisplayName("reaches the call with its target, and is answered by it")
    void reachesTheCall() {
        SipRequest refer = refer();
        assertThat(leg.notices())
                .singleElement()
                .isInstanceOfSatisfying(
                        UsageNotice.ReferReceived.class,
                        notice -> assertThat(notice.target().user()).contains("clara"));
        assertThat(leg.statuses()).isEmpty();
        answers(refer, 603);
        assertThat(leg.statuses()).containsExactly(603);
        assertThat(told()).isEmpty();
    }

    @Test
    @DisplayName("once taken, is followed by NOTIFY at once, and by one for each step (§2.4.4)")
    void notifies() {
        SipRequest refer = refer();
        answers(refer, 202);
        leg.on(new UsageEvent.NotifyRefer(refer, 486, "Busy Here"));
        assertThat(leg.statuses()).containsExactly(202);
        assertThat(told())
                .extracting(n -> new String(n.body(), StandardCharsets.UTF_8))
                .containsExactly("SIP/2.0 100 Trying\r\n", "SIP/2.0 486 Busy Here\r\n");
        assertThat(told())
                .extracting(n -> n.headers().first("Subscription-State").orElse(""))
                .containsExactly("active;expires=60", "terminated;reason=noresource");
        assertThat(told())
                .allSatisfy(n -> {
                    assertThat(n.headers().first("Event")).contains("refer;id=7");
                    assertThat(n.headers().first("Content-Type"))
                            .contains("message/sipfrag;version=2.0");
                    assertThat(n.headers().contacts()).hasSize(1);
                });
    }

    @Test
    @DisplayName("of one who does not want to hear how it goes has no NOTIFY (RFC 4488)")
    void untold() {
        SipRequest refer = refer("Refer-Sub", "false");
        answers(refer, 202);
        assertThat(leg.response().headers().first("Refer-Sub")).contains("false");
        assertThat(told()).isEmpty();
    }

    @Test
    @DisplayName("to two targets is refused with 400 (§2.4.2)")
    void twoTargets() {
        refer("Refer-To", "<sip:dora@pbx.example>");
        assertThat(leg.statuses()).containsExactly(400);
        assertThat(leg.notices()).isEmpty();
    }

    @Test
    @DisplayName("is told nothing more once the dialog is over, and a NOTIFY refused harms nobody")
    void over() {
        SipRequest refer = refer();
        answers(refer, 202);
        leg.hear(SipMethod.NOTIFY, 481);
        assertThat(leg.usage().phase()).isEqualTo(Phase.CONFIRMED);
        leg.receive(leg.inDialog("BYE", 8, ""));
        int told = told().size();
        leg.on(new UsageEvent.NotifyRefer(refer, 200, "OK"));
        assertThat(told()).hasSize(told);
    }
}
