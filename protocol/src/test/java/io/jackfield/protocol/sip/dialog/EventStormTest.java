package io.jackfield.protocol.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.Header;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.LegSettings.Reliable100;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Events in any order, fitting and not, as no peer of sound mind sends them. */
@DisplayName("A usage in a storm of random events")
class EventStormTest {
    private static final int STORMS = Integer.getInteger("jackfield.storms", 5_000);
    private static final int EVENTS_MAX = 60;
    private static final int TICKS_MAX = 1_000;
    private static final int[] STATUSES = {
        100, 180, 183, 199, 200, 200, 302, 401, 405, 407, 408, 422, 481, 486, 487, 491, 500, 503
    };
    private static final String[] METHODS = {
        "INVITE", "INVITE", "UPDATE", "UPDATE", "PRACK", "PRACK", "INFO", "OPTIONS", "REFER", "ACK",
        "ACK", "FOO", "BYE"
    };

    private final VirtualClock clock = new VirtualClock();
    private final List<String> log = new ArrayList<>();
    private final List<SipRequest> sent = new ArrayList<>();
    private final List<SipRequest> heard = new ArrayList<>();
    private final CountingIdentifiers ids = new CountingIdentifiers();
    private Optional<InviteUsage> usage = Optional.empty();
    private int ends;
    private int afterEnd;
    private int confirmed;

    @Test
    @DisplayName("throws nothing, stays within its bounds and ends exactly once")
    void endsExactlyOnce() {
        Seed seed = Seed.printed("EventStormTest");
        for (int i = 0; i < STORMS; i++) {
            RandomGenerator random = seed.part(i).random();
            try {
                storm(random);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("storm " + i + "\n" + String.join("\n", log), failed);
            }
        }
        assertThat(confirmed).as("storms that got through to a call").isGreaterThan(STORMS / 3);
    }

    private void storm(RandomGenerator random) {
        log.clear();
        sent.clear();
        heard.clear();
        ends = 0;
        afterEnd = 0;
        begin(random);
        establish(random);
        for (int i = random.nextInt(EVENTS_MAX); i > 0; i--) {
            clock.advance(Duration.ofMillis(random.nextInt(20) == 0 ? 40_000 : 200));
            event(random).ifPresent(this::on);
            assertThat(usage().state().awaited()).hasSizeLessThanOrEqualTo(Turn.AWAITED_MAX + 4);
            assertThat(usage().state().forks()).hasSizeLessThanOrEqualTo(Turn.FORKS_MAX);
        }
        on(new UsageEvent.Hangup(Optional.of("SIP;cause=200")));
        quieten();
        assertThat(ends).isEqualTo(1);
        assertThat(usage().phase()).isEqualTo(Phase.ENDED);
        event(random).ifPresent(this::on);
        assertThat(ends).isEqualTo(1);
        assertThat(afterEnd).as("notices after the end").isZero();
    }

    /** Nobody answers any more: only time passes. */
    private void quieten() {
        OptionalLong deadline = usage().deadlineNanos();
        for (int ticks = 0; deadline.isPresent(); ticks++) {
            assertThat(ticks).isLessThan(TICKS_MAX);
            clock.advanceTo(deadline.getAsLong());
            on(new UsageEvent.Tick());
            deadline = usage().deadlineNanos();
        }
    }

    private InviteUsage usage() {
        return usage.orElseThrow();
    }

    private void begin(RandomGenerator random) {
        LegSettings settings =
                Messages.settings()
                        .withReliable100(
                                Reliable100.values()[random.nextInt(Reliable100.values().length)])
                        .withPreferUpdate(random.nextBoolean())
                        .withSessionTimer(
                                random.nextBoolean()
                                        ? SessionTimerSettings.DEFAULT
                                        : SessionTimerSettings.OFF);
        Optional<String> sdp = random.nextBoolean() ? Optional.of("sdp") : Optional.empty();
        if (random.nextBoolean()) {
            NameAddress us = NameAddress.of(SipUri.of("1000", "pbx.example.com"));
            NameAddress peer = NameAddress.of(SipUri.of("1001", "pbx.example.com"));
            OutgoingInvite invite =
                    new OutgoingInvite(peer.uri(), us, peer, List.of(), 70, sdp, List.of());
            take(InviteUsage.calling(invite, settings, ids, clock.nanos()));
        } else {
            SipRequest invite =
                    Messages.invite(
                            sdp.orElse(""),
                            "Supported: 100rel, timer",
                            "Allow: INVITE, UPDATE, PRACK");
            heard.add(invite);
            take(
                    InviteUsage.called(
                            invite, ServerTransactionId.of(invite), settings, ids, clock.nanos()));
        }
    }

    /** Every second storm breaks over a call that is up. */
    private void establish(RandomGenerator random) {
        if (usage().phase() != Phase.CALLING || random.nextBoolean()) {
            return;
        }
        if (!sent.isEmpty()) {
            SipRequest invite = sent.getFirst();
            on(
                    new UsageEvent.ResponseReceived(
                            ClientTransactionId.of(invite),
                            Messages.response(
                                    invite, 200, Messages.PEER_TAG, "sdp", UsageBench.ABLE)));
            on(new UsageEvent.AnswerOffer("sdp"));
        } else {
            on(new UsageEvent.Accept("sdp"));
            on(
                    new UsageEvent.AckReceived(
                            asSeenFromPeer(
                                    Messages.request(
                                            "ACK", 1, "<sip:600@pbx.example.com>", "sdp"))));
        }
    }

    private void on(UsageEvent event) {
        log.add(clock.elapsed().toMillis() + " " + event);
        take(usage().on(event, clock.nanos()));
    }

    private void take(InviteUsage.Step step) {
        usage = Optional.of(step.next());
        for (UsageEffect effect : step.effects()) {
            log.add("    " + effect);
            switch (effect) {
                case UsageEffect.SendRequest(_, var request) -> sent.add(overTheWire(request));
                case UsageEffect.SendAck(var ack) -> overTheWire(ack);
                case UsageEffect.SendResponse(_, var response) -> overTheWire(response);
                case UsageEffect.CancelRequest _ -> {}
                case UsageEffect.Tell(UsageNotice.Ended _) -> ends++;
                case UsageEffect.Tell(UsageNotice.Confirmed _) -> confirmed++;
                case UsageEffect.Tell _ -> afterEnd += ends;
            }
        }
    }

    private static <M extends SipMessage> M overTheWire(M message) {
        assertThat(Messages.overTheWire(message)).isEqualTo(message);
        return message;
    }

    private Optional<UsageEvent> event(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> response(random);
            case 3, 4 -> request(random);
            case 5 -> tick();
            case 6 -> failure(random);
            default -> Optional.of(command(random));
        };
    }

    private Optional<UsageEvent> tick() {
        boolean due = Deadlines.due(usage().deadlineNanos(), clock.nanos());
        return due ? Optional.of(new UsageEvent.Tick()) : Optional.empty();
    }

    private Optional<UsageEvent> response(RandomGenerator random) {
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        SipRequest request = sent.get(random.nextInt(sent.size()));
        int status = STATUSES[random.nextInt(STATUSES.length)];
        String tag = random.nextInt(4) == 0 ? "fork" + random.nextInt(30) : Messages.PEER_TAG;
        List<String> lines = new ArrayList<>();
        lines.add("Supported: 100rel, timer");
        lines.add("Allow: INVITE, UPDATE, PRACK, INFO");
        if (status > 100 && status < 200 && random.nextBoolean()) {
            lines.add("Require: 100rel");
            lines.add("RSeq: " + (1 + random.nextInt(4)));
        }
        if (status == 422) {
            lines.add("Min-SE: " + random.nextInt(4_000));
        }
        if (status == 500 && random.nextBoolean()) {
            lines.add("Retry-After: " + random.nextInt(20));
        }
        if (status == 200 && random.nextBoolean()) {
            lines.add("Session-Expires: " + random.nextInt(200) + ";refresher=uac");
        }
        String sdp = random.nextBoolean() ? "answer" + random.nextInt(3) : "";
        return Optional.of(
                new UsageEvent.ResponseReceived(
                        ClientTransactionId.of(request),
                        Messages.response(
                                request, status, tag, sdp, lines.toArray(String[]::new))));
    }

    private Optional<UsageEvent> failure(RandomGenerator random) {
        return sent.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new UsageEvent.RequestFailed(
                                ClientTransactionId.of(sent.get(random.nextInt(sent.size()))),
                                random.nextBoolean()
                                        ? FailureKind.TIMEOUT
                                        : FailureKind.TRANSPORT));
    }

    /** A request in the dialog, mostly; sometimes with a number or tag that is wrong. */
    private Optional<UsageEvent> request(RandomGenerator random) {
        if (!heard.isEmpty() && random.nextInt(4) == 0) {
            SipRequest invite = heard.get(random.nextInt(heard.size()));
            return Optional.of(
                    new UsageEvent.CancelReceived(ServerTransactionId.of(invite), invite));
        }
        String method = METHODS[random.nextInt(METHODS.length)];
        long cseq = method.equals("ACK") ? 1 + random.nextInt(20) : 2 + heard.size();
        List<String> lines = new ArrayList<>();
        if (method.equals("PRACK")) {
            lines.add("RAck: " + rseq(random) + " 1 INVITE");
        }
        if (random.nextInt(10) == 0) {
            lines.add("Require: teleport");
        }
        String sdp = random.nextBoolean() ? "said" + random.nextInt(3) : "";
        SipRequest request =
                asSeenFromPeer(
                        Messages.request(
                                method,
                                random.nextInt(10) == 0 ? 1 : cseq,
                                "<sip:600@pbx.example.com>;tag=" + usage().localTag(),
                                sdp,
                                lines.toArray(String[]::new)));
        heard.add(request);
        return Optional.of(
                method.equals("ACK")
                        ? new UsageEvent.AckReceived(request)
                        : new UsageEvent.RequestReceived(ServerTransactionId.of(request), request));
    }

    private long rseq(RandomGenerator random) {
        return usage().state().setup() instanceof Setup.Called called && random.nextInt(4) > 0
                ? Math.max(1, called.reliability().nextRseq() - 1)
                : 1 + random.nextInt(5);
    }

    private SipRequest asSeenFromPeer(SipRequest request) {
        return usage().dialog()
                .map(d -> {
                    var h = request.headers();
                    return request.withHeaders(
                            new io.jackfield.protocol.sip.SipHeaders(
                                    h.vias(),
                                    d.remote(),
                                    d.local(),
                                    d.callId(),
                                    h.cseq(),
                                    h.maxForwards(),
                                    h.contacts(),
                                    h.contactStar(),
                                    h.routes(),
                                    h.recordRoutes(),
                                    h.others()));
                })
                .orElse(request);
    }

    private UsageEvent command(RandomGenerator random) {
        String sdp = "ours" + random.nextInt(3);
        Optional<String> maybe = random.nextBoolean() ? Optional.of(sdp) : Optional.empty();
        return switch (random.nextInt(16)) {
            case 0, 1 -> new UsageEvent.Ring(180 + random.nextInt(4), maybe);
            case 2, 3 -> new UsageEvent.Accept(sdp);
            case 4 ->
                    random.nextInt(4) == 0
                            ? new UsageEvent.Reject(486, "", List.of(new Header("X-Why", "5")))
                            : new UsageEvent.AnswerOffer(sdp);
            case 5, 6, 7 -> new UsageEvent.Offer(sdp);
            case 8, 9 -> new UsageEvent.AnswerOffer(sdp);
            case 10 -> new UsageEvent.RefuseOffer(488);
            case 11 -> new UsageEvent.SendInfo(Content.of("application/dtmf-relay", "Signal=5"));
            case 12, 13 -> retry(random);
            case 14 -> giveUp(random);
            default ->
                    random.nextInt(3) == 0
                            ? new UsageEvent.Hangup(maybe.map(_ -> "SIP;cause=200"))
                            : new UsageEvent.Accept(sdp);
        };
    }

    private UsageEvent retry(RandomGenerator random) {
        return new UsageEvent.Retry(
                anySent(random), List.of(new Header("Authorization", "Digest username=\"a\"")));
    }

    private UsageEvent giveUp(RandomGenerator random) {
        return new UsageEvent.GiveUp(anySent(random));
    }

    private ClientTransactionId anySent(RandomGenerator random) {
        return sent.isEmpty()
                ? new ClientTransactionId("none", SipMethod.INVITE)
                : ClientTransactionId.of(sent.get(random.nextInt(sent.size())));
    }
}
