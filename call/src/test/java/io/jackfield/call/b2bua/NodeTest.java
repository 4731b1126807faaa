package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls on their own threads")
class NodeTest {
    private final PlantedBug bug = new PlantedBug();
    private final RunningNode node = new RunningNode(bug);
    private final FakeFlow anna = FakeFlow.browser("anna");
    private final FakeFlow boris = FakeFlow.browser("boris");

    @BeforeEach
    void register() {
        node.registers(anna, "anna");
        node.registers(boris, "boris");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private int dials(FakeFlow flow, String agent) {
        node.calls(flow, agent, "600", Descriptions.browserOffer("sendrecv"));
        return RunningNode.finalResponse(flow).status();
    }

    private SipResponse talk() {
        node.calls(anna, "anna", "600", Descriptions.browserOffer("sendrecv"));
        SipResponse answer = RunningNode.finalResponse(anna);
        node.says(anna, "ACK", 1, answer);
        return answer;
    }

    @Test
    @DisplayName("that is drained takes no new one; those that are up go on and end in their time")
    void draining() {
        SipResponse answer = talk();
        node.drain();
        node.calls(boris, "boris", "600", Descriptions.browserOffer("sendrecv"));
        SipResponse refusal = RunningNode.finalResponse(boris);
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.headers().first("Retry-After")).isPresent();
        node.says(anna, "OPTIONS", 2, answer);
        assertThat(RunningNode.finalResponse(anna).status()).isEqualTo(200);
        node.says(anna, "BYE", 3, answer);
        assertThat(RunningNode.finalResponse(anna).status()).isEqualTo(200);
        assertThat(node.record().cause()).isEqualTo("normal");
    }

    @Test
    @DisplayName("that is told to stop says BYE and leaves its record")
    void stopped() {
        talk();
        node.drain();
        node.hangUpAll();
        SipRequest bye = RunningNode.request(anna);
        assertThat(bye.method()).isEqualTo(SipMethod.BYE);
        node.answers(anna, bye, 200, "");
        Cdr cdr = node.record();
        assertThat(cdr.cause()).isEqualTo("the server stops");
        assertThat(cdr.answeredBy()).contains("echo");
    }

    @Test
    @DisplayName("with a mistake of ours ends with 500 and a record; the next call is served")
    void mistake() {
        bug.onceAfter(0);
        assertThat(dials(anna, "anna")).isEqualTo(500);
        assertThat(node.record().cause()).isEqualTo("internal error");
        assertThat(dials(boris, "boris")).isEqualTo(200);
    }
}
