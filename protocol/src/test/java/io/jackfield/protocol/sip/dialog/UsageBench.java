package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.testkit.Bench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One usage in virtual time, its peer played by the test. */
final class UsageBench {
    static final String OFFER = "v=0 our offer";
    static final String ANSWER = "v=0 their answer";

    /** What a modern peer says of itself. */
    static final String[] ABLE = {
        "Allow: INVITE, ACK, BYE, CANCEL, UPDATE, PRACK, INFO", "Supported: 100rel, timer"
    };

    private final Bench<UsageEffect> bench = new Bench<>(new Machine());
    private final CountingIdentifiers ids = new CountingIdentifiers();
    private Optional<InviteUsage> usage = Optional.empty();
    private long peerCseq = 1;

    private final class Machine implements Bench.Machine<UsageEffect> {
        @Override
        public OptionalLong deadlineNanos() {
            return usage().deadlineNanos();
        }

        @Override
        public List<UsageEffect> tick(long nowNanos) {
            return step(usage().on(new UsageEvent.Tick(), nowNanos));
        }
    }

    private UsageBench() {}

    /** We call, with an offer or without. */
    static UsageBench calling(LegSettings settings, Optional<String> sdp) {
        UsageBench made = new UsageBench();
        NameAddress us = NameAddress.of(SipUri.of("1000", "pbx.example.com"));
        NameAddress peer = NameAddress.of(SipUri.of("1001", "pbx.example.com"));
        OutgoingInvite invite =
                new OutgoingInvite(
                        SipUri.of("1001", "192.0.2.1"), us, peer, List.of(), 69, sdp, List.of());
        made.bench.perform(now -> made.step(InviteUsage.calling(invite, settings, made.ids, now)));
        return made;
    }

    static UsageBench calling() {
        return calling(Messages.settings(), Optional.of(OFFER));
    }

    /** We call and the peer has answered. */
    static UsageBench callingConfirmed(LegSettings settings) {
        UsageBench made = calling(settings, Optional.of(OFFER));
        made.hear(200, ANSWER, ABLE);
        made.bench.forget();
        return made;
    }

    /** We are called. */
    static UsageBench called(LegSettings settings, SipRequest invite) {
        UsageBench made = new UsageBench();
        made.bench.perform(now ->
                made.step(
                        InviteUsage.called(
                                invite, ServerTransactionId.of(invite), settings, made.ids, now)));
        return made;
    }

    static UsageBench called() {
        return called(Messages.settings(), Messages.invite(OFFER, ABLE));
    }

    /** We are called, have answered, and the ACK has come. */
    static UsageBench calledConfirmed(LegSettings settings) {
        UsageBench made = called(settings, Messages.invite(OFFER, ABLE));
        made.on(new UsageEvent.Accept(ANSWER));
        made.ack(1, "");
        made.bench.forget();
        return made;
    }

    private List<UsageEffect> step(InviteUsage.Step step) {
        usage = Optional.of(step.next());
        return step.effects();
    }

    InviteUsage usage() {
        return usage.orElseThrow();
    }

    Bench<UsageEffect> bench() {
        return bench;
    }

    List<UsageEffect> on(UsageEvent event) {
        return bench.perform(now -> step(usage().on(event, now)));
    }

    void advance(Duration by) {
        bench.advance(by);
    }

    /** A response to our latest request of that method. */
    List<UsageEffect> hearFrom(
            String toTag, SipMethod method, int status, String sdp, String... lines) {
        SipRequest request = request(method);
        return on(
                new UsageEvent.ResponseReceived(
                        ClientTransactionId.of(request),
                        Messages.response(request, status, toTag, sdp, lines)));
    }

    /** A response to our INVITE, from the peer that was meant. */
    List<UsageEffect> hear(int status, String sdp, String... lines) {
        return hearFrom(Messages.PEER_TAG, SipMethod.INVITE, status, sdp, lines);
    }

    List<UsageEffect> hear(SipMethod method, int status, String... lines) {
        return hearFrom(Messages.PEER_TAG, method, status, "", lines);
    }

    /** A request of the peer within the dialog, with its next number. */
    List<UsageEffect> receive(String method, String sdp, String... lines) {
        return receive(inDialog(method, ++peerCseq, sdp, lines));
    }

    List<UsageEffect> receive(SipRequest request) {
        return on(new UsageEvent.RequestReceived(ServerTransactionId.of(request), request));
    }

    List<UsageEffect> ack(long cseq, String sdp) {
        return on(new UsageEvent.AckReceived(inDialog("ACK", cseq, sdp)));
    }

    /** A request of the peer within the current dialog. */
    SipRequest inDialog(String method, long cseq, String sdp, String... lines) {
        Dialog dialog = usage().dialog().orElseThrow();
        List<String> all = new ArrayList<>(List.of(lines));
        SipRequest text =
                Messages.request(
                        method, cseq, dialog.local().text(), sdp, all.toArray(String[]::new));
        SipHeaders h = text.headers();
        return text.withHeaders(
                new SipHeaders(
                        h.vias(),
                        dialog.remote(),
                        dialog.local(),
                        dialog.callId(),
                        h.cseq(),
                        h.maxForwards(),
                        h.contacts(),
                        h.contactStar(),
                        h.routes(),
                        h.recordRoutes(),
                        h.others()));
    }

    /** Number that the peer's latest request had. */
    long peerCseq() {
        return peerCseq;
    }

    List<UsageNotice> notices() {
        return bench.all(UsageEffect.Tell.class).stream().map(UsageEffect.Tell::notice).toList();
    }

    List<SipRequest> requests() {
        return bench.all(UsageEffect.SendRequest.class).stream()
                .map(UsageEffect.SendRequest::request)
                .toList();
    }

    List<String> methods() {
        return requests().stream().map(r -> r.method().name()).toList();
    }

    /** Our latest request of that method. */
    SipRequest request(SipMethod method) {
        return requests().stream()
                .filter(r -> r.method().equals(method))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    List<SipRequest> acks() {
        return bench.all(UsageEffect.SendAck.class).stream().map(UsageEffect.SendAck::ack).toList();
    }

    List<SipResponse> responses() {
        return bench.all(UsageEffect.SendResponse.class).stream()
                .map(UsageEffect.SendResponse::response)
                .toList();
    }

    List<Integer> statuses() {
        return responses().stream().map(SipResponse::status).toList();
    }

    SipResponse response() {
        return responses().getLast();
    }

    /** The cause of the end; the test fails when there was none or more than one. */
    EndCause end() {
        List<EndCause> ends = new ArrayList<>();
        for (UsageNotice notice : notices()) {
            if (notice instanceof UsageNotice.Ended(var cause)) {
                ends.add(cause);
            }
        }
        if (ends.size() != 1) {
            throw new AssertionError("ended " + ends.size() + " times");
        }
        return ends.getFirst();
    }
}
