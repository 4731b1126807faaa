package io.jackfield.call.b2bua;

import io.jackfield.call.edge.Transport;
import io.jackfield.call.testing.SipText;
import io.jackfield.protocol.sip.CSeq;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.Replaces;
import io.jackfield.protocol.sip.SipHeaders;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.Via;
import io.jackfield.protocol.sip.dialog.Dialog;
import io.jackfield.protocol.sip.dialog.EndCause;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import io.jackfield.protocol.sip.dialog.Phase;
import io.jackfield.protocol.sip.dialog.UsageEffect;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A phone or carrier that really speaks SIP: a usage and transactions of its own, at the far end of
 * a wire. Its owner does what the test says; later offers it answers by itself.
 */
final class Station {
    private final String name;
    private final CallsBench bench;
    private final Identifiers ids;
    private final Transactions<Wire> transactions;
    private final List<UsageNotice> notices = new ArrayList<>();
    private final List<SipRequest> requests = new ArrayList<>();
    private final Party party;
    private Wire wire;
    private Optional<InviteUsage> usage = Optional.empty();
    private Optional<String> heardOffer = Optional.empty();
    private boolean silent;
    private int calls;
    private boolean called;

    Station(String name, Party party, Wire wire, CallsBench bench) {
        this.name = name;
        this.party = party;
        this.wire = wire;
        this.bench = bench;
        this.ids = bench.identifiers();
        this.transactions = new Transactions<>(TransactionSettings.DEFAULT, ids);
    }

    String name() {
        return name;
    }

    Party party() {
        return party;
    }

    Wire wire() {
        return wire;
    }

    // ---- what its owner does

    void dials(String number) {
        dials(number, Optional.of(offer("sendrecv")));
    }

    void dials(String number, Optional<String> sdp) {
        OutgoingInvite invite =
                new OutgoingInvite(
                        SipUri.of(number, "pbx.example"),
                        NameAddress.of(SipUri.of(party.number(), "pbx.example")),
                        NameAddress.of(SipUri.of(number, "pbx.example")),
                        List.of(),
                        OutgoingInvite.MAX_FORWARDS,
                        sdp,
                        List.of());
        begin(InviteUsage.calling(invite, rules(), ids, bench.nowNanos()), false);
        bench.settle();
    }

    private void begin(InviteUsage.Step first, boolean byUs) {
        called = byUs;
        heardOffer = Optional.empty();
        calls++;
        step(first);
    }

    void rings() {
        does(new UsageEvent.Ring(180, Optional.empty()));
    }

    void playsEarlyMedia() {
        does(new UsageEvent.Ring(183, heardOffer.map(sdp -> answer(sdp, "sendrecv"))));
    }

    void answers() {
        does(new UsageEvent.Accept(answer(heardOffer.orElse(""), "sendrecv")));
    }

    void rejects(int status) {
        does(new UsageEvent.Reject(status, "", List.of()));
    }

    void hangsUp() {
        does(new UsageEvent.Hangup(Optional.empty()));
    }

    /** Asks for somebody else in its place; it says nothing more of its own in this dialog. */
    void refers(String referTo) {
        SipRequest bare = request(SipMethod.REFER);
        SipHeaders headers =
                bare.headers()
                        .withCseq(new CSeq(bare.headers().cseq().number() + 50, SipMethod.REFER))
                        .withContact(rules().contact())
                        .plus("Refer-To", referTo);
        perform(transactions.send(bare.withHeaders(headers), wire, bench.nowNanos()));
        bench.settle();
    }

    private SipRequest request(SipMethod method) {
        return dialog().request(
                        method,
                        new Via(
                                rules().via().transport(),
                                rules().via().host(),
                                rules().via().port(),
                                Parameters.NONE.with("branch", ids.branch())))
                .request();
    }

    private Dialog dialog() {
        return usage.flatMap(InviteUsage::dialog).orElseThrow();
    }

    /** Its dialog, as our side knows it: for Refer-To (RFC 3891 §3). */
    String replaces() {
        Dialog dialog = dialog();
        return new Replaces(
                        dialog.callId(),
                        dialog.remote().tag().orElseThrow(),
                        dialog.local().tag().orElseThrow(),
                        false)
                .text()
                .replace(";", "%3B")
                .replace("=", "%3D");
    }

    /** Offers anew in that direction: {@code sendonly} holds, {@code sendrecv} takes back. */
    void offers(String direction) {
        does(new UsageEvent.Offer(offer(direction)));
    }

    void does(UsageEvent command) {
        on(command);
        bench.settle();
    }

    /** It hears and speaks again. */
    void comesBack() {
        silent = false;
    }

    /** From now on it hears nothing and says nothing, and nobody is told. */
    void fallsSilent() {
        silent = true;
    }

    /** What it says from now on goes over that wire. */
    void speaksOver(Wire next) {
        wire = next;
        usage = usage.map(u -> u.with(rules()));
    }

    // ---- what it has seen

    /** True while it is called or talks. */
    boolean isBusy() {
        return usage.isPresent() && usage.get().phase() != Phase.ENDED;
    }

    /**
     * True while it is called and nothing that it said of it came through. Then it cannot be told
     * that the call is over (RFC 3261 §9.1), and rings until its owner has enough.
     */
    boolean isUnheard() {
        return isBusy() && called && !bench.hasHeardOf(usage.get().callId());
    }

    /** True while it calls and has heard no final answer. */
    boolean isUnanswered() {
        return isBusy()
                && !called
                && (usage.get().phase() == Phase.CALLING || usage.get().phase() == Phase.EARLY);
    }

    boolean wasCalled() {
        return usage.isPresent();
    }

    boolean isTalking() {
        return usage.isPresent() && usage.get().phase() == Phase.CONFIRMED;
    }

    /** How its part ended; fails the test when it has not. */
    EndCause end() {
        return ends().getFirst();
    }

    List<EndCause> ends() {
        return notices.stream()
                .filter(UsageNotice.Ended.class::isInstance)
                .map(n -> ((UsageNotice.Ended) n).cause())
                .toList();
    }

    /** Calls that it has made or got. */
    int calls() {
        return calls;
    }

    /** The status with which its call was refused; empty when it was not. */
    Optional<Integer> refusal() {
        return notices.stream()
                .filter(UsageNotice.Failed.class::isInstance)
                .map(n -> ((UsageNotice.Failed) n).status())
                .findFirst();
    }

    /** The new requests of that method that reached it. */
    List<SipRequest> requests(SipMethod method) {
        return requests.stream().filter(r -> r.method().equals(method)).toList();
    }

    boolean heard(Class<? extends UsageNotice> kind) {
        return notices.stream().anyMatch(kind::isInstance);
    }

    int remembered() {
        return transactions.size();
    }

    // ---- the machine

    private LegSettings rules() {
        return LegSettings.of(
                wire.transport().name(),
                wire.remote().getAddress().getHostAddress(),
                wire.transport() == Transport.UDP
                        ? OptionalInt.of(wire.remote().getPort())
                        : OptionalInt.empty(),
                NameAddress.of(
                        SipUri.of(party.number(), wire.remote().getAddress().getHostAddress())));
    }

    private boolean webRtc() {
        return wire.transport().webSocket();
    }

    String offer(String direction) {
        return webRtc()
                ? Descriptions.browserOffer(direction, ufrag())
                : Descriptions.plain(direction, 8);
    }

    private String ufrag() {
        return "ufrag" + Integer.toHexString(name.hashCode());
    }

    private String answer(String theirs, String direction) {
        if (theirs.isEmpty()) {
            return offer(direction);
        }
        return webRtc()
                ? Descriptions.browserAnswer(theirs, direction, ufrag())
                : Descriptions.plainAnswer(theirs, direction);
    }

    private void on(UsageEvent event) {
        usage.ifPresent(u -> step(u.on(event, bench.nowNanos())));
    }

    OptionalLong deadlineNanos() {
        return Deadlines.earlier(
                transactions.deadlineNanos(),
                usage.map(InviteUsage::deadlineNanos).orElse(OptionalLong.empty()));
    }

    void tick() {
        perform(transactions.tick(bench.nowNanos()));
        if (usage.isPresent() && Deadlines.due(usage.get().deadlineNanos(), bench.nowNanos())) {
            on(new UsageEvent.Tick());
        }
    }

    void receive(Wire from, byte[] bytes) {
        if (!silent) {
            perform(transactions.receive(SipText.parse(bytes), from, bench.nowNanos()));
        }
    }

    /** Its connection is gone, and a call that was not answered with it. */
    void lost(Wire gone) {
        perform(transactions.transportFailed(gone, bench.nowNanos()));
        usage = usage.filter(u -> u.phase() != Phase.CALLING && u.phase() != Phase.EARLY);
    }

    private void step(InviteUsage.Step step) {
        usage = Optional.of(step.next());
        long now = bench.nowNanos();
        for (UsageEffect effect : step.effects()) {
            switch (effect) {
                case UsageEffect.SendRequest(_, var request) ->
                        perform(transactions.send(request, wire, now));
                case UsageEffect.SendAck(var ack) -> send(wire, ack.encode());
                case UsageEffect.SendResponse(var tx, var response) ->
                        perform(transactions.respond(tx, response, now));
                case UsageEffect.CancelRequest(var invite, var reason) ->
                        perform(transactions.cancel(invite, reason, now));
                case UsageEffect.Tell(var notice) -> told(notice);
            }
        }
    }

    private void told(UsageNotice notice) {
        notices.add(notice);
        switch (notice) {
            case UsageNotice.OfferReceived(var sdp) -> {
                boolean later = heardOffer.isPresent() || isTalking();
                heardOffer = Optional.of(sdp);
                if (later) {
                    on(new UsageEvent.AnswerOffer(answer(sdp, mirrored(sdp))));
                }
            }
            case UsageNotice.OfferWanted() -> {
                if (isTalking()) {
                    on(new UsageEvent.AnswerOffer(offer("sendrecv")));
                }
            }
            case UsageNotice.Challenged(var tx, _, _) -> on(new UsageEvent.GiveUp(tx));
            case UsageNotice.OfferWithdrawn _,
                    UsageNotice.Progress _,
                    UsageNotice.AnswerReceived _,
                    UsageNotice.Answered _,
                    UsageNotice.Confirmed _,
                    UsageNotice.OfferRefused _,
                    UsageNotice.InfoReceived _,
                    UsageNotice.ReferReceived _,
                    UsageNotice.Redirected _,
                    UsageNotice.Failed _,
                    UsageNotice.Ended _ -> {}
        }
    }

    private static String mirrored(String sdp) {
        if (sdp.contains("a=sendonly")) {
            return "recvonly";
        }
        if (sdp.contains("a=recvonly")) {
            return "sendonly";
        }
        return sdp.contains("a=inactive") ? "inactive" : "sendrecv";
    }

    private void send(Wire over, byte[] message) {
        if (!silent) {
            bench.fromStation(over, message);
        }
    }

    private void perform(List<TransactionOutput<Wire>> outputs) {
        for (TransactionOutput<Wire> output : outputs) {
            switch (output) {
                case TransactionOutput.Send<Wire>(var message, var over) ->
                        send(over, message.encode());
                case TransactionOutput.RequestArrived<Wire>(var id, var request, _) ->
                        arrived(id, request);
                case TransactionOutput.AckArrived<Wire>(var ack, _) -> {
                    requests.add(ack);
                    on(new UsageEvent.AckReceived(ack));
                }
                case TransactionOutput.CancelArrived<Wire>(var invite, var cancel, _) -> {
                    requests.add(cancel);
                    on(new UsageEvent.CancelReceived(invite, cancel));
                }
                case TransactionOutput.ResponseArrived<Wire>(var id, var response, _) ->
                        on(new UsageEvent.ResponseReceived(id, response));
                case TransactionOutput.RequestTimedOut<Wire>(var id) ->
                        failed(id, FailureKind.TIMEOUT);
                case TransactionOutput.RequestNotSent<Wire>(var id) ->
                        failed(id, FailureKind.TRANSPORT);
                case TransactionOutput.ResponseNotSent<Wire> _,
                        TransactionOutput.AckTimedOut<Wire> _,
                        TransactionOutput.Stray<Wire> _,
                        TransactionOutput.Refused<Wire> _ -> {}
            }
        }
    }

    private void arrived(ServerTransactionId id, SipRequest request) {
        requests.add(request);
        boolean call =
                request.method().equals(SipMethod.INVITE) && request.headers().to().tag().isEmpty();
        if (call && !isBusy()) {
            begin(InviteUsage.called(request, id, rules(), ids, bench.nowNanos()), true);
        } else if (call) {
            SipResponse busy = SipResponses.to(request, 486, ids.tag());
            perform(transactions.respond(id, busy, bench.nowNanos()));
        } else {
            on(new UsageEvent.RequestReceived(id, request));
        }
    }

    private void failed(ClientTransactionId id, FailureKind kind) {
        on(new UsageEvent.RequestFailed(id, kind));
    }
}
