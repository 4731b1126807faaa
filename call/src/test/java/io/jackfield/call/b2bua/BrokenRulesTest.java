package io.jackfield.call.b2bua;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.cdr.Cdr;
import io.jackfield.call.cdr.Cdr.HangupSide;
import io.jackfield.call.event.PbxEvent;
import io.jackfield.call.routing.Trunk;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.dialog.EndCause;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A mistake of ours in the rules of a call")
class BrokenRulesTest {
    private static final Trunk FIRST = CallBench.trunk("first");
    private static final Trunk SECOND = CallBench.trunk("second");

    private final CallsBench bench = new CallsBench();
    private final Station anna = bench.phone("anna", "anna");
    private final Station boris = bench.phone("boris", "boris");

    private Cdr failedCall() {
        bench.pass(Duration.ofSeconds(5));
        bench.assertAllOver();
        assertThat(bench.failures()).as("logged").hasSize(1);
        Cdr cdr = bench.record();
        assertThat(cdr.cause()).isEqualTo("internal error");
        assertThat(cdr.hangupSide()).isEqualTo(HangupSide.PBX);
        return cdr;
    }

    @Test
    @DisplayName("before anything was read: the caller hears 500, one record tells why")
    void atOnce() {
        bench.inRules().onceAfter(0);
        anna.dials("boris");
        assertThat(anna.refusal()).contains(500);
        assertThat(failedCall().sipStatus()).isEqualTo(500);
        assertThat(boris.wasCalled()).isFalse();
    }

    @Test
    @DisplayName("while phones ring: the caller hears 500, the phones stop")
    void ringing() {
        Station desk = bench.phone("boris", "desk");
        anna.dials("boris");
        boris.rings();
        desk.rings();
        bench.inRules().onceAfter(0);
        boris.answers();
        assertThat(anna.refusal()).contains(500);
        assertThat(failedCall().sipStatus()).isEqualTo(500);
        assertThat(desk.requests(SipMethod.CANCEL)).hasSize(1);
        assertThat(boris.isBusy()).isFalse();
        assertThat(desk.isBusy()).isFalse();
    }

    @Test
    @DisplayName("while two talk: both hear BYE, and the record has what they talked")
    void talking() {
        anna.dials("boris");
        boris.answers();
        bench.pass(Duration.ofSeconds(20));
        bench.inRules().onceAfter(0);
        anna.offers("sendonly");
        Cdr cdr = failedCall();
        assertThat(cdr.talkMillis()).isEqualTo(20_000);
        assertThat(cdr.sipStatus()).isEqualTo(200);
        assertThat(anna.end().kind()).isEqualTo(EndCause.Kind.BYE);
        assertThat(boris.end().kind()).isEqualTo(EndCause.Kind.BYE);
        assertThat(anna.end().by()).isEqualTo(EndCause.Side.REMOTE);
        assertThat(bench.events(PbxEvent.LegEnded.class)).hasSize(2);
    }

    @Test
    @DisplayName("in what the rules act upon is the same: what else was to be done is done")
    void service() {
        anna.dials("boris");
        boris.rings();
        bench.inServices().onceAfter(1);
        boris.answers();
        Cdr cdr = failedCall();
        assertThat(cdr.answeredBy()).contains("boris");
        assertThat(anna.isBusy()).isFalse();
        assertThat(boris.isBusy()).isFalse();
    }

    @Test
    @DisplayName("that lasts: the call is ended without the rules")
    void lasting() {
        anna.dials("boris");
        boris.answers();
        bench.pass(Duration.ofSeconds(20));
        bench.inRules().foreverAfter(0);
        anna.offers("sendonly");
        assertThat(bench.calls().size()).isZero();
        assertThat(failedCall().talkMillis()).isEqualTo(20_000);
    }

    @Test
    @DisplayName("costs that call alone: others begin, go on and end as ever")
    void others() {
        Station vera = bench.phone("vera", "vera");
        Station gleb = bench.phone("gleb", "gleb");
        vera.dials("gleb");
        gleb.answers();
        bench.inRules().onceAfter(0);
        anna.dials("boris");
        assertThat(anna.refusal()).contains(500);
        assertThat(vera.isTalking() && gleb.isTalking()).isTrue();
        Station late = bench.phone("late", "late");
        late.dials("boris");
        boris.answers();
        assertThat(late.isTalking()).isTrue();
        vera.hangsUp();
        boris.hangsUp();
        bench.pass(Duration.ofSeconds(5));
        bench.assertAllOver();
        assertThat(bench.records())
                .extracting(Cdr::cause)
                .containsExactly("internal error", "normal", "normal");
    }

    @Nested
    @DisplayName("wherever it is")
    class Everywhere {
        private static final List<Consumer<CallsBench>> CALLS =
                List.of(
                        BrokenRulesTest::heldAndResumed,
                        BrokenRulesTest::cancelled,
                        BrokenRulesTest::inboundWithTwoPhones,
                        BrokenRulesTest::outboundWithFailover);

        @Test
        @DisplayName("once: the call ends, everybody is told, one record, nothing is left open")
        void once() {
            for (Consumer<CallsBench> call : CALLS) {
                everywhere(CallsBench::inRules, call, false, true);
            }
        }

        @Test
        @DisplayName("for ever: the call ends, one record, nothing is left open")
        void forEver() {
            for (Consumer<CallsBench> call : CALLS) {
                everywhere(CallsBench::inRules, call, true, false);
            }
        }

        @Test
        @DisplayName("in media or SIP, once or for ever: the same, but for who cannot be told")
        void services() {
            for (Consumer<CallsBench> call : CALLS) {
                everywhere(CallsBench::inServices, call, false, false);
                everywhere(CallsBench::inServices, call, true, false);
            }
        }

        /**
         * Plays the call with the bug at the first use, at the second, and so on to the last.
         *
         * @param told whether everybody can be told of the end
         */
        private static void everywhere(
                Function<CallsBench, PlantedBug> place,
                Consumer<CallsBench> call,
                boolean lasts,
                boolean told) {
            CallsBench healthy = new CallsBench();
            play(healthy, call);
            long uses = place.apply(healthy).uses();
            assertThat(healthy.failures()).isEmpty();
            assertThat(uses).isGreaterThan(5);
            for (long use = 0; use < uses; use++) {
                CallsBench broken = new CallsBench();
                if (lasts) {
                    place.apply(broken).foreverAfter(use);
                } else {
                    place.apply(broken).onceAfter(use);
                }
                try {
                    play(broken, call);
                    assertThat(broken.failures()).hasSize(1);
                    assertThat(broken.stationsBusy().isEmpty() || !told)
                            .as("not told: %s", broken.stationsBusy())
                            .isTrue();
                } catch (RuntimeException | AssertionError failed) {
                    throw new AssertionError("bug at use " + use + " lasts=" + lasts, failed);
                }
            }
        }

        private static void play(CallsBench bench, Consumer<CallsBench> call) {
            call.accept(bench);
            bench.pass(Duration.ofMinutes(5));
            bench.assertAllOver();
        }
    }

    private static void heldAndResumed(CallsBench bench) {
        Station anna = bench.phone("anna", "anna");
        Station boris = bench.phone("boris", "boris");
        anna.dials("boris");
        boris.rings();
        boris.answers();
        anna.offers("sendonly");
        anna.offers("sendrecv");
        anna.hangsUp();
    }

    private static void cancelled(CallsBench bench) {
        Station anna = bench.phone("anna", "anna");
        Station boris = bench.phone("boris", "boris");
        anna.dials("boris");
        boris.rings();
        anna.hangsUp();
    }

    private static void inboundWithTwoPhones(CallsBench bench) {
        Station carrier = bench.carrier(FIRST, "192.0.2.1");
        Station boris = bench.phone("boris", "boris");
        Station desk = bench.phone("boris", "desk");
        carrier.dials("boris");
        boris.rings();
        desk.rings();
        desk.answers();
        desk.hangsUp();
    }

    private static void outboundWithFailover(CallsBench bench) {
        Station anna = bench.phone("anna", "anna");
        Station first = bench.carrier(FIRST, "192.0.2.1");
        Station second = bench.carrier(SECOND, "192.0.2.2");
        bench.number("5551234", CallBench.over(FIRST, SECOND));
        anna.dials("5551234");
        first.rejects(503);
        second.rings();
        second.answers();
        second.hangsUp();
    }
}
