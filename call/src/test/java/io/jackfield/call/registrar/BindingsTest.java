package io.jackfield.call.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.call.edge.Flow;
import io.jackfield.call.event.PbxEvent.UnregisterCause;
import io.jackfield.call.registrar.Bindings.Ended;
import io.jackfield.call.registrar.Bindings.Outcome;
import io.jackfield.call.testing.FakeFlow;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The bindings of one agent (RFC 3261 §10.3, RFC 5626 §6)")
class BindingsTest {
    private static final String INSTANCE =
            ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\";reg-id=1";
    private static final String DESK = "<sip:anna@desk.invalid;transport=ws>";
    private static final String LAPTOP = "<sip:anna@laptop.invalid;transport=ws>";

    private final VirtualClock clock = new VirtualClock();
    private final FakeFlow flow = FakeFlow.browser("ws-1");
    private final FakeFlow other = FakeFlow.browser("ws-2");

    private static SipRequest register(String callId, int cseq, String... lines) {
        return SipText.request(
                """
                REGISTER sip:pbx.example SIP/2.0
                Via: SIP/2.0/WSS a.invalid;branch=z9hG4bKreg
                From: <sip:anna@pbx.example>;tag=1
                To: <sip:anna@pbx.example>
                Call-ID: %s
                CSeq: %d REGISTER
                Max-Forwards: 70
                """
                                .formatted(callId, cseq)
                        + String.join("\n", lines)
                        + "\n\n");
    }

    private Outcome apply(Bindings bindings, Flow from, SipRequest request) {
        return bindings.register("anna", request, from, RegistrarSettings.DEFAULT, clock.nanos());
    }

    private Outcome.Changed changed(Bindings bindings, Flow from, SipRequest request) {
        Outcome outcome = apply(bindings, from, request);
        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
        return (Outcome.Changed) outcome;
    }

    private Bindings with(String contact) {
        return changed(Bindings.NONE, flow, register("a", 1, "Contact: " + contact)).next();
    }

    private static Outcome.Refused refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return (Outcome.Refused) outcome;
    }

    private Duration lifetime(String... lines) {
        Bindings next = changed(Bindings.NONE, flow, register("a", 1, lines)).next();
        return Duration.ofNanos(next.list().getFirst().expiresAtNanos() - clock.nanos());
    }

    @Nested
    @DisplayName("A phone registers")
    class Registers {
        @Test
        @DisplayName("its contact and its flow are kept, and it is told as new")
        void first() {
            Outcome.Changed changed =
                    changed(Bindings.NONE, flow, register("a", 1, "Contact: " + DESK + INSTANCE));
            Binding binding = changed.next().list().getFirst();
            assertThat(binding.contact().host()).isEqualTo("desk.invalid");
            assertThat(binding.flow()).isEqualTo(flow);
            assertThat(binding.instance())
                    .contains("<urn:uuid:00000000-0000-1000-8000-000A95A0E128>");
            assertThat(binding.regId()).contains("1");
            assertThat(changed.added()).containsExactly(binding);
            assertThat(changed.ended()).isEmpty();
        }

        @Test
        @DisplayName("several phones, in one request or in two, stand beside each other")
        void several() {
            Bindings two =
                    changed(
                                    Bindings.NONE,
                                    flow,
                                    register("a", 1, "Contact: " + DESK, "Contact: " + LAPTOP))
                            .next();
            assertThat(two.list()).hasSize(2);
            Bindings three =
                    changed(two, other, register("b", 1, "Contact: <sip:anna@third.invalid>"))
                            .next();
            assertThat(three.list()).hasSize(3);
        }

        @Test
        @DisplayName("a request without Contact only asks (§10.2.3)")
        void asks() {
            assertThat(apply(with(DESK), flow, register("a", 2)))
                    .isEqualTo(new Outcome.Unchanged());
        }

        @Test
        @DisplayName("a refresh on the same flow is nothing new, on another flow it replaces")
        void refresh() {
            Bindings old = with(DESK);
            Outcome.Changed same = changed(old, flow, register("a", 2, "Contact: " + DESK));
            assertThat(same.added()).isEmpty();
            assertThat(same.ended()).isEmpty();
            Outcome.Changed moved = changed(old, other, register("a", 2, "Contact: " + DESK));
            assertThat(moved.next().list()).extracting(Binding::flow).containsExactly(other);
            assertThat(moved.ended())
                    .extracting(Ended::cause)
                    .containsExactly(UnregisterCause.REPLACED);
            assertThat(moved.added()).hasSize(1);
        }

        @Test
        @DisplayName("the eleventh phone of one agent is refused, and the ten stay")
        void bound() {
            Bindings full = Bindings.NONE;
            for (int i = 0; i < RegistrarSettings.DEFAULT.bindingsMax(); i++) {
                full =
                        changed(
                                        full,
                                        flow,
                                        register(
                                                "c" + i,
                                                1,
                                                "Contact: <sip:anna@p" + i + ".invalid>"))
                                .next();
            }
            assertThat(refusal(apply(full, flow, register("z", 1, "Contact: " + DESK))).status())
                    .isEqualTo(403);
            Outcome refreshed =
                    apply(full, flow, register("c0", 2, "Contact: <sip:anna@p0.invalid>"));
            assertThat(refreshed).isInstanceOf(Outcome.Changed.class);
        }

        @Test
        @DisplayName("a contact that is no SIP URI is refused with 400")
        void foreignUri() {
            Outcome outcome = apply(Bindings.NONE, flow, register("a", 1, "Contact: <tel:+7495>"));
            assertThat(refusal(outcome).status()).isEqualTo(400);
        }
    }

    @Nested
    @DisplayName("How long (§10.2.1.1)")
    class Lifetime {
        @Test
        @DisplayName(
                "the contact's expires goes before the Expires header, that before the default")
        void order() {
            assertThat(lifetime("Contact: " + DESK + ";expires=120", "Expires: 300"))
                    .hasSeconds(120);
            assertThat(lifetime("Contact: " + DESK, "Expires: 300")).hasSeconds(300);
            assertThat(lifetime("Contact: " + DESK))
                    .isEqualTo(RegistrarSettings.DEFAULT.expiresDefault());
        }

        @Test
        @DisplayName("a longer wish is shortened, whatever its length in digits")
        void capped() {
            assertThat(lifetime("Contact: " + DESK + ";expires=86400"))
                    .isEqualTo(RegistrarSettings.DEFAULT.expiresMax());
            assertThat(lifetime("Contact: " + DESK, "Expires: 99999999999999999999"))
                    .isEqualTo(RegistrarSettings.DEFAULT.expiresMax());
        }

        @Test
        @DisplayName("a malformed wish counts as 3600 s (§20.10)")
        void malformed() {
            for (String wish : List.of("soon", "-1", "1.5")) {
                assertThat(lifetime("Contact: " + DESK + ";expires=" + wish))
                        .as(wish)
                        .hasSeconds(3600);
            }
        }

        @Test
        @DisplayName("a shorter wish earns 423 with Min-Expires, and nothing changes")
        void tooBrief() {
            Outcome outcome =
                    apply(
                            Bindings.NONE,
                            flow,
                            register("a", 1, "Contact: " + DESK + ";expires=59"));
            assertThat(refusal(outcome))
                    .isEqualTo(
                            new Outcome.Refused(
                                    423,
                                    "Interval Too Brief",
                                    Optional.of(Duration.ofSeconds(60))));
            assertThat(lifetime("Contact: " + DESK + ";expires=60")).hasSeconds(60);
        }

        @Test
        @DisplayName("when it is over, and not before, the binding is gone")
        void runsOut() {
            Bindings bindings = with(DESK + ";expires=60");
            OptionalLong deadline = bindings.deadlineNanos();
            assertThat(deadline).hasValue(clock.nanos() + Duration.ofSeconds(60).toNanos());
            List<Ended> ended = new ArrayList<>();
            clock.advance(Duration.ofSeconds(60).minusNanos(1));
            assertThat(bindings.withoutExpired(clock.nanos(), ended).list()).hasSize(1);
            clock.advance(Duration.ofNanos(1));
            assertThat(bindings.withoutExpired(clock.nanos(), ended)).isEqualTo(Bindings.NONE);
            assertThat(ended).extracting(Ended::cause).containsExactly(UnregisterCause.EXPIRED);
            assertThat(Bindings.NONE.deadlineNanos()).isEmpty();
        }
    }

    @Nested
    @DisplayName("A phone goes")
    class Goes {
        @Test
        @DisplayName("expires=0 removes that contact alone")
        void one() {
            Bindings two = changed(with(DESK), flow, register("a", 2, "Contact: " + LAPTOP)).next();
            Outcome.Changed gone =
                    changed(two, flow, register("a", 3, "Contact: " + DESK + ";expires=0"));
            assertThat(gone.next().list())
                    .extracting(b -> b.contact().host())
                    .containsExactly("laptop.invalid");
            assertThat(gone.ended())
                    .extracting(Ended::cause)
                    .containsExactly(UnregisterCause.REMOVED);
        }

        @Test
        @DisplayName("removing what is not there is no mistake")
        void unknown() {
            Outcome.Changed gone =
                    changed(
                            Bindings.NONE,
                            flow,
                            register("a", 1, "Contact: " + DESK + ";expires=0"));
            assertThat(gone.next()).isEqualTo(Bindings.NONE);
            assertThat(gone.ended()).isEmpty();
        }

        @Test
        @DisplayName("Contact: * with Expires: 0 removes all")
        void star() {
            Outcome.Changed gone =
                    changed(with(DESK), flow, register("a", 2, "Contact: *", "Expires: 0"));
            assertThat(gone.next()).isEqualTo(Bindings.NONE);
            assertThat(gone.ended()).hasSize(1);
        }

        @Test
        @DisplayName("Contact: * with another expiry, or none, is refused with 400")
        void starAlone() {
            Bindings one = with(DESK);
            assertThat(refusal(apply(one, flow, register("a", 2, "Contact: *"))).status())
                    .isEqualTo(400);
            assertThat(
                            refusal(apply(one, flow, register("a", 2, "Contact: *", "Expires: 60")))
                                    .status())
                    .isEqualTo(400);
        }

        @Test
        @DisplayName("a lost flow takes its own bindings and leaves the others")
        void flowLost() {
            Bindings two =
                    changed(with(DESK), other, register("b", 1, "Contact: " + LAPTOP)).next();
            List<Ended> ended = new ArrayList<>();
            assertThat(two.withoutFlow(flow, ended).list())
                    .extracting(Binding::flow)
                    .containsExactly(other);
            assertThat(ended).extracting(Ended::cause).containsExactly(UnregisterCause.FLOW_LOST);
        }
    }

    @Nested
    @DisplayName("The order of requests (§10.3 steps 6 and 7)")
    class Order {
        @Test
        @DisplayName("a late request fails and changes nothing")
        void late() {
            Bindings bindings =
                    changed(with(DESK), flow, register("a", 5, "Contact: " + DESK)).next();
            Outcome late =
                    apply(bindings, flow, register("a", 4, "Contact: " + DESK + ";expires=0"));
            assertThat(refusal(late).status()).isEqualTo(500);
        }

        @Test
        @DisplayName("a late Contact: * fails as well: it must not remove what came after it")
        void lateStar() {
            Bindings bindings =
                    changed(with(DESK), flow, register("a", 5, "Contact: " + DESK)).next();
            Outcome late = apply(bindings, flow, register("a", 4, "Contact: *", "Expires: 0"));
            assertThat(refusal(late).status()).isEqualTo(500);
        }

        @Test
        @DisplayName("another Call-ID is another start: the phone was restarted")
        void otherCallId() {
            Bindings bindings =
                    changed(with(DESK), flow, register("a", 5, "Contact: " + DESK)).next();
            assertThat(apply(bindings, flow, register("b", 1, "Contact: " + DESK)))
                    .isInstanceOf(Outcome.Changed.class);
        }
    }

    @Nested
    @DisplayName("Instances (RFC 5626 §6)")
    class Instances {
        @Test
        @DisplayName("the same instance and reg-id is the same phone, under whatever contact")
        void replaced() {
            Outcome.Changed again =
                    changed(
                            with(DESK + INSTANCE),
                            other,
                            register("b", 1, "Contact: " + LAPTOP + INSTANCE));
            assertThat(again.next().list())
                    .extracting(b -> b.contact().host())
                    .containsExactly("laptop.invalid");
            assertThat(again.ended())
                    .extracting(Ended::cause)
                    .containsExactly(UnregisterCause.REPLACED);
        }

        @Test
        @DisplayName("another reg-id is another flow of that phone")
        void anotherFlow() {
            Bindings two =
                    changed(
                                    with(DESK + INSTANCE),
                                    other,
                                    register(
                                            "b",
                                            1,
                                            "Contact: " + LAPTOP + INSTANCE.replace("=1", "=2")))
                            .next();
            assertThat(two.list()).hasSize(2);
        }

        @Test
        @DisplayName("a request without reg-id is matched by its contact")
        void withoutRegId() {
            Bindings one =
                    changed(with(DESK + INSTANCE), flow, register("b", 1, "Contact: " + DESK))
                            .next();
            assertThat(one.list()).hasSize(1);
        }
    }
}
