package io.jackfield.protocol.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Dialog (RFC 3261 §12)")
class DialogTest {
    private static final Via VIA =
            new Via(
                    "UDP",
                    "192.0.2.9",
                    OptionalInt.empty(),
                    Parameters.NONE.with("branch", "z9hG4bK-1"));
    private static final String TWO_PROXIES =
            "Record-Route: <sip:last.example.com;lr>, <sip:first.example.com;lr>";

    private static Dialog called(String... lines) {
        return Dialog.asCalled(Messages.invite("", lines), "ours");
    }

    private static List<String> uris(List<NameAddress> addresses) {
        return addresses.stream().map(a -> a.uri().text()).toList();
    }

    @Nested
    @DisplayName("made by the peer's INVITE (§12.1.1)")
    class AsCalled {
        @Test
        @DisplayName("takes tags, target and numbers from it, and its routes in their order")
        void fromInvite() {
            Dialog dialog = called(TWO_PROXIES);

            assertThat(dialog.callId()).isEqualTo(Messages.CALL_ID);
            assertThat(dialog.local().tag()).contains("ours");
            assertThat(dialog.remoteTag()).isEqualTo(Messages.PEER_TAG);
            assertThat(dialog.remoteTarget().text()).isEqualTo("sip:1001@192.0.2.1:5062");
            assertThat(dialog.remoteCseq()).hasValue(1);
            assertThat(dialog.early()).isTrue();
            assertThat(uris(dialog.routeSet()))
                    .containsExactly("sip:last.example.com;lr", "sip:first.example.com;lr");
        }
    }

    @Nested
    @DisplayName("made by a response to our INVITE (§12.1.2)")
    class AsCaller {
        private final SipRequest invite = UsageBench.calling().request(SipMethod.INVITE);

        @Test
        @DisplayName("takes the routes in reverse and remembers our number")
        void fromResponse() {
            SipResponse ringing = Messages.response(invite, 180, "theirs", "", TWO_PROXIES);
            Dialog dialog = Dialog.asCaller(invite, ringing);

            assertThat(uris(dialog.routeSet()))
                    .containsExactly("sip:first.example.com;lr", "sip:last.example.com;lr");
            assertThat(dialog.localCseq()).isEqualTo(1);
            assertThat(dialog.remoteCseq()).isEmpty();
            assertThat(dialog.remoteTag()).isEqualTo("theirs");
            assertThat(dialog.early()).isTrue();
        }

        @Test
        @DisplayName("computes the route set anew from the 2xx (§13.2.2.4)")
        void confirmed() {
            Dialog early =
                    Dialog.asCaller(
                            invite, Messages.response(invite, 180, "theirs", "", TWO_PROXIES));
            Dialog dialog =
                    early.confirmedBy(
                            Messages.response(
                                    invite,
                                    200,
                                    "theirs",
                                    "",
                                    "Record-Route: <sip:only.example.com;lr>",
                                    "Contact: <sip:desk@192.0.2.7>"));

            assertThat(uris(dialog.routeSet())).containsExactly("sip:only.example.com;lr");
            assertThat(dialog.remoteTarget().text()).isEqualTo("sip:desk@192.0.2.7");
            assertThat(dialog.early()).isFalse();
        }
    }

    @Nested
    @DisplayName("builds a request (§12.2.1.1)")
    class Building {
        @Test
        @DisplayName("to the target, through loose routers, with the next number")
        void looseRouting() {
            Dialog.Sent sent = called(TWO_PROXIES).request(SipMethod.BYE, VIA);

            assertThat(sent.request().uri().text()).isEqualTo("sip:1001@192.0.2.1:5062");
            assertThat(uris(sent.request().headers().routes()))
                    .containsExactly("sip:last.example.com;lr", "sip:first.example.com;lr");
            assertThat(sent.request().headers().cseq().number()).isEqualTo(1);
            assertThat(sent.next().localCseq()).isEqualTo(1);
            assertThat(sent.next().request(SipMethod.INFO, VIA).request().headers().cseq().number())
                    .isEqualTo(2);
        }

        @Test
        @DisplayName("to a strict router first, the target as the last route")
        void strictRouting() {
            Dialog dialog =
                    called("Record-Route: <sip:strict.example.com;method=INVITE>, <sip:b;lr>");
            SipRequest bye = dialog.request(SipMethod.BYE, VIA).request();

            assertThat(bye.uri().text()).isEqualTo("sip:strict.example.com");
            assertThat(uris(bye.headers().routes()))
                    .containsExactly("sip:b;lr", "sip:1001@192.0.2.1:5062");
        }

        @Test
        @DisplayName("ACK with the INVITE's number, which counts nothing (§13.2.2.4)")
        void ack() {
            SipRequest ack = called().ack(7, VIA);

            assertThat(ack.method()).isEqualTo(SipMethod.ACK);
            assertThat(ack.headers().cseq().number()).isEqualTo(7);
        }
    }

    @Nested
    @DisplayName("hears a request (§12.2.2)")
    class Hearing {
        private final Dialog dialog = called();

        private static SipRequest numbered(long cseq) {
            return Messages.request("INFO", cseq, "<sip:600@pbx.example.com>;tag=ours", "");
        }

        @Test
        @DisplayName("whose number must be higher than all before; gaps are allowed")
        void order() {
            assertThat(dialog.accepts(numbered(1))).isFalse();
            assertThat(dialog.accepts(numbered(2))).isTrue();
            assertThat(dialog.accepts(numbered(9))).isTrue();
            assertThat(dialog.heard(numbered(9)).accepts(numbered(8))).isFalse();
        }

        @Test
        @DisplayName("that has the dialog's Call-ID and both tags")
        void tags() {
            assertThat(dialog.matches(numbered(2))).isTrue();
            assertThat(
                            dialog.matches(
                                    Messages.request(
                                            "INFO", 2, "<sip:600@pbx.example.com>;tag=x", "")))
                    .isFalse();
        }

        @Test
        @DisplayName("that refreshes the target but not the route set (§12.2.1.2)")
        void targetRefresh() {
            Dialog before = called(TWO_PROXIES);
            Dialog after =
                    before.refreshedBy(
                            Messages.invite(
                                            "",
                                            "Contact: <sip:new@192.0.2.77>",
                                            "Record-Route: <sip:other;lr>")
                                    .headers());

            assertThat(after.remoteTarget()).isEqualTo(SipUri.of("new", "192.0.2.77"));
            assertThat(after.routeSet()).isEqualTo(before.routeSet());
        }
    }
}
