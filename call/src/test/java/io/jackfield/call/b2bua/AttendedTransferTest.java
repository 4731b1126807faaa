package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Anna talks with Boris by one line and with Clara by another, and brings the two together. */
@DisplayName("An attended transfer (RFC 5589 §7)")
class AttendedTransferTest {
    private final CallsBench bench = new CallsBench();
    private final Station first = bench.phone("anna", "anna1");
    private final Station boris = bench.phone("boris", "boris1");
    private final Station second = bench.phone("anna", "anna2");
    private final Station clara = bench.phone("clara", "clara1");

    @BeforeEach
    void twoCalls() {
        first.dials("boris");
        boris.rings();
        boris.answers();
        first.offers("sendonly");
        second.dials("clara");
        clara.rings();
        clara.answers();
        bench.pass(Duration.ofSeconds(1));
    }

    private static List<String> told(Station station) {
        return station.requests(SipMethod.NOTIFY).stream()
                .map(notify -> Peer.body(notify).strip())
                .toList();
    }

    private void transfers() {
        first.refers("<sip:clara@pbx.example?Replaces=" + second.replaces() + ">");
        bench.pass(Duration.ofSeconds(1));
    }

    @Test
    @DisplayName("brings the two others together; both lines of the one who did it are free")
    void together() {
        transfers();
        assertThat(told(first)).containsExactly("SIP/2.0 100 Trying", "SIP/2.0 200 OK");
        assertThat(first.isBusy()).isFalse();
        assertThat(second.isBusy()).isFalse();
        assertThat(boris.isTalking()).isTrue();
        assertThat(clara.isTalking()).isTrue();
        assertThat(bench.media().bridges).last().isEqualTo("call2-2 call1-2");
        assertThat(bench.calls().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("leaves nobody held")
    void nobodyHeld() {
        transfers();
        List<SipRequest> offers = boris.requests(SipMethod.INVITE);
        assertThat(Peer.body(offers.getLast())).contains("a=sendrecv");
    }

    @Test
    @DisplayName("ends with the BYE of either, each of the calls with one record")
    void ends() {
        transfers();
        clara.hangsUp();
        bench.pass(Duration.ofSeconds(3));
        assertThat(boris.isBusy()).isFalse();
        assertThat(bench.calls().size()).isZero();
        assertThat(bench.records()).hasSize(2);
        assertThat(bench.media().open()).isEmpty();
        assertThat(bench.calls().remembered()).isZero();
    }

    @Test
    @DisplayName("of a dialog that is another's is refused, and nobody is taken from anybody")
    void notOurs() {
        boris.refers("<sip:clara@pbx.example?Replaces=" + second.replaces() + ">");
        bench.pass(Duration.ofSeconds(1));
        assertThat(told(boris)).containsExactly("SIP/2.0 100 Trying", "SIP/2.0 481 no such call");
        assertThat(second.isTalking()).isTrue();
        assertThat(clara.isTalking()).isTrue();
    }

    @Test
    @DisplayName("with another tag than the dialog's is refused")
    void wrongTag() {
        String replaces = second.replaces();
        String wrong = replaces.substring(0, replaces.lastIndexOf("%3D")) + "%3Dwrong";
        first.refers("<sip:clara@pbx.example?Replaces=" + wrong + ">");
        bench.pass(Duration.ofSeconds(1));
        assertThat(told(first)).last().isEqualTo("SIP/2.0 481 no such call");
        assertThat(clara.isTalking()).isTrue();
    }
}
