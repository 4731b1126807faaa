package io.jackfield.loadtool.phone;

import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.OutgoingInvite;
import io.jackfield.protocol.sip.dialog.Phase;
import io.jackfield.protocol.sip.dialog.UsageEffect;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.digest.DigestClient;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionFlow;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A phone's SIP: one binding, one call at a time. Whoever calls it meanwhile hears that it is busy.
 *
 * <p>Time is monotonic and comes in. Thread: one.
 */
final class Line {
    private static final int OK = 200;
    private static final int BUSY = 486;
    private static final int NO_SUCH_DIALOG = 481;
    private static final int NOT_ACCEPTABLE = 488;
    private static final int DECLINE = 603;

    /** The one WebSocket a phone has. */
    private enum Flow implements TransactionFlow {
        WEB_SOCKET;

        @Override
        public boolean reliable() {
            return true;
        }
    }

    private final PhoneAccount account;
    private final LineUser user;
    private final Identifiers ids;
    private final LegSettings settings;
    private final DigestClient digest;
    private final Registration registration;
    private final Transactions<Flow> transactions;
    private Optional<InviteUsage> call = Optional.empty();

    /** Someone calls, and has no answer yet. */
    private boolean called;

    Line(PhoneAccount account, LineUser user, Identifiers ids) {
        this.account = account;
        this.user = user;
        this.ids = ids;
        // A browser does not know its own name (RFC 7118 §5).
        String host = ids.tag() + ".invalid";
        NameAddress contact = contact(account.user(), host);
        this.settings =
                LegSettings.of("WS", host, OptionalInt.empty(), contact)
                        .withReliable100(LegSettings.Reliable100.OFF)
                        .withProduct("Jackfield load");
        this.digest = new DigestClient(account.user(), account.password(), Optional.empty());
        this.registration = new Registration(account, host, contact, digest, ids);
        this.transactions = new Transactions<>(TransactionSettings.DEFAULT, ids);
    }

    private static NameAddress contact(String user, String host) {
        return NameAddress.of(
                new SipUri(
                        false,
                        Optional.of(user),
                        host,
                        OptionalInt.empty(),
                        Parameters.NONE.with("transport", "ws"),
                        List.of()));
    }

    // What the phone wants.

    void register(long nowNanos) {
        perform(transactions.send(registration.register(), Flow.WEB_SOCKET, nowNanos), nowNanos);
    }

    /** Calls that number; a call that is there is left to itself. */
    void call(String number, String sdp, long nowNanos) {
        OutgoingInvite invite =
                OutgoingInvite.offering(
                        account.number(number),
                        NameAddress.of(account.addressOfRecord()),
                        NameAddress.of(account.number(number)),
                        sdp);
        step(InviteUsage.calling(invite, settings, ids, nowNanos), nowNanos);
    }

    void hangUp(long nowNanos) {
        tell(new UsageEvent.Hangup(Optional.empty()), nowNanos);
    }

    /** True while a call is there, its end included. */
    boolean inCall() {
        return call.filter(usage -> usage.phase() != Phase.ENDED).isPresent();
    }

    // What the network says.

    void receive(SipMessage message, long nowNanos) {
        perform(transactions.receive(message, Flow.WEB_SOCKET, nowNanos), nowNanos);
    }

    void disconnected(long nowNanos) {
        perform(transactions.transportFailed(Flow.WEB_SOCKET, nowNanos), nowNanos);
    }

    void tick(long nowNanos) {
        perform(transactions.tick(nowNanos), nowNanos);
        if (isDue(call.map(InviteUsage::deadlineNanos).orElse(OptionalLong.empty()), nowNanos)) {
            tell(new UsageEvent.Tick(), nowNanos);
        }
        if (isDue(registration.refreshAtNanos(), nowNanos)) {
            register(nowNanos);
        }
    }

    private static boolean isDue(OptionalLong deadlineNanos, long nowNanos) {
        return deadlineNanos.isPresent() && deadlineNanos.getAsLong() - nowNanos <= 0;
    }

    /** When to {@link #tick}; empty when nothing is awaited. */
    OptionalLong deadlineNanos() {
        return Stream.of(
                        transactions.deadlineNanos(),
                        call.map(InviteUsage::deadlineNanos).orElse(OptionalLong.empty()),
                        registration.refreshAtNanos())
                .flatMapToLong(OptionalLong::stream)
                .reduce((a, b) -> b - a < 0 ? b : a);
    }

    // What transactions make of it.

    private void perform(List<TransactionOutput<Flow>> outputs, long nowNanos) {
        outputs.forEach(output -> perform(output, nowNanos));
    }

    private void perform(TransactionOutput<Flow> output, long nowNanos) {
        switch (output) {
            case TransactionOutput.Send<Flow>(var message, _) -> user.send(message);
            case TransactionOutput.RequestArrived<Flow>(var id, var request, _) ->
                    onRequest(id, request, nowNanos);
            case TransactionOutput.AckArrived<Flow>(var ack, _) ->
                    tell(new UsageEvent.AckReceived(ack), nowNanos);
            case TransactionOutput.CancelArrived<Flow>(var invite, var cancel, _) ->
                    tell(new UsageEvent.CancelReceived(invite, cancel), nowNanos);
            case TransactionOutput.ResponseArrived<Flow> arrived -> onResponse(arrived, nowNanos);
            case TransactionOutput.RequestTimedOut<Flow>(var id) ->
                    onFailure(id, FailureKind.TIMEOUT, nowNanos);
            case TransactionOutput.RequestNotSent<Flow>(var id) ->
                    onFailure(id, FailureKind.TRANSPORT, nowNanos);
            case TransactionOutput.ResponseNotSent<Flow> _,
                    TransactionOutput.AckTimedOut<Flow> _,
                    TransactionOutput.Stray<Flow> _,
                    TransactionOutput.Refused<Flow> _ -> {}
        }
    }

    private void onRequest(ServerTransactionId id, SipRequest request, long nowNanos) {
        if (isOfCall(request)) {
            tell(new UsageEvent.RequestReceived(id, request), nowNanos);
            return;
        }
        boolean invite = request.method().equals(SipMethod.INVITE);
        boolean begins = request.headers().to().tag().isEmpty();
        if (begins && invite && !inCall()) {
            called = true;
            step(InviteUsage.called(request, id, settings, ids, nowNanos), nowNanos);
            return;
        }
        int status = NO_SUCH_DIALOG;
        if (begins) {
            status = invite ? BUSY : OK;
        }
        perform(
                transactions.respond(id, SipResponses.to(request, status, ids.tag()), nowNanos),
                nowNanos);
    }

    private boolean isOfCall(SipRequest request) {
        return call.filter(usage -> usage.callId().equals(request.headers().callId()))
                .filter(usage -> request.headers().to().tag().equals(Optional.of(usage.localTag())))
                .isPresent();
    }

    private void onResponse(TransactionOutput.ResponseArrived<Flow> arrived, long nowNanos) {
        if (!registration.awaits(arrived.id())) {
            tell(new UsageEvent.ResponseReceived(arrived.id(), arrived.response()), nowNanos);
            return;
        }
        switch (registration.on(arrived.response(), nowNanos)) {
            case Registration.Result.Send(var register) ->
                    perform(transactions.send(register, Flow.WEB_SOCKET, nowNanos), nowNanos);
            case Registration.Result.Registered() -> user.registered();
            case Registration.Result.Failed(var why) -> user.registrationFailed(why);
            case Registration.Result.Pending() -> {}
        }
    }

    private void onFailure(ClientTransactionId id, FailureKind kind, long nowNanos) {
        if (registration.awaits(id)) {
            user.registrationFailed("REGISTER: " + kind);
        } else {
            tell(new UsageEvent.RequestFailed(id, kind), nowNanos);
        }
    }

    // The call.

    private void tell(UsageEvent event, long nowNanos) {
        call.ifPresent(usage -> step(usage.on(event, nowNanos), nowNanos));
    }

    private void step(InviteUsage.Step step, long nowNanos) {
        call = Optional.of(step.next());
        step.effects().forEach(effect -> perform(effect, nowNanos));
    }

    private void perform(UsageEffect effect, long nowNanos) {
        switch (effect) {
            case UsageEffect.SendRequest(_, var request) ->
                    perform(transactions.send(request, Flow.WEB_SOCKET, nowNanos), nowNanos);
            case UsageEffect.SendAck(var ack) -> user.send(ack);
            case UsageEffect.SendResponse(var tx, var response) ->
                    perform(transactions.respond(tx, response, nowNanos), nowNanos);
            case UsageEffect.CancelRequest(var invite, var reason) ->
                    perform(transactions.cancel(invite, reason, nowNanos), nowNanos);
            case UsageEffect.Tell(var notice) -> onNotice(notice, nowNanos);
        }
    }

    private void onNotice(UsageNotice notice, long nowNanos) {
        switch (notice) {
            case UsageNotice.AnswerReceived(var sdp, var early) -> {
                // Without 100rel whatever came early comes again with the 200.
                if (!early) {
                    user.answered(sdp);
                }
            }
            case UsageNotice.Challenged(var tx, var request, var response) ->
                    tell(
                            digest.answer(request, response, ids.tag() + ids.tag())
                                    .<UsageEvent>map(c -> new UsageEvent.Retry(tx, List.of(c)))
                                    .orElseGet(() -> new UsageEvent.GiveUp(tx)),
                            nowNanos);
            case UsageNotice.OfferReceived(var sdp) -> onOffer(sdp, nowNanos);
            case UsageNotice.OfferWanted() -> onOffer("", nowNanos);
            case UsageNotice.ReferReceived(var tx, var refer, _) ->
                    tell(new UsageEvent.AnswerRefer(tx, refer, DECLINE, ""), nowNanos);
            case UsageNotice.Ended(var cause) -> user.callEnded(Words.of(cause));
            case UsageNotice.Progress _,
                    UsageNotice.OfferWithdrawn _,
                    UsageNotice.Answered _,
                    UsageNotice.Confirmed _,
                    UsageNotice.OfferRefused _,
                    UsageNotice.InfoReceived _,
                    UsageNotice.Redirected _,
                    UsageNotice.Failed _ -> {}
        }
    }

    /** The first offer of someone who calls is answered; changes of a call are not taken. */
    private void onOffer(String sdp, long nowNanos) {
        if (!called) {
            tell(new UsageEvent.RefuseOffer(NOT_ACCEPTABLE), nowNanos);
            return;
        }
        called = false;
        tell(
                user.called(sdp)
                        .<UsageEvent>map(UsageEvent.Accept::new)
                        .orElseGet(() -> new UsageEvent.Reject(BUSY, "", List.of())),
                nowNanos);
    }
}
