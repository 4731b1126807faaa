package io.jackfield.loadtool.trunk;

import io.jackfield.media.LegParameters;
import io.jackfield.protocol.sdp.Codec;
import io.jackfield.protocol.sdp.CodecOrder;
import io.jackfield.protocol.sdp.Direction;
import io.jackfield.protocol.sdp.LocalAnswer;
import io.jackfield.protocol.sdp.MediaOffer;
import io.jackfield.protocol.sdp.Negotiation;
import io.jackfield.protocol.sdp.Previous;
import io.jackfield.protocol.sdp.SdpParser;
import io.jackfield.protocol.sdp.SdpWriter;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.Parameters;
import io.jackfield.protocol.sip.ReceivedVia;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponses;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.dialog.FailureKind;
import io.jackfield.protocol.sip.dialog.InviteUsage;
import io.jackfield.protocol.sip.dialog.LegSettings;
import io.jackfield.protocol.sip.dialog.UsageEffect;
import io.jackfield.protocol.sip.dialog.UsageEvent;
import io.jackfield.protocol.sip.dialog.UsageNotice;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A carrier that answers every call at once and talks as soon as that is acknowledged.
 *
 * <p>Time is monotonic and comes in. Thread: one.
 */
final class TrunkSide {
    private static final int OK = 200;
    private static final int NO_SUCH_DIALOG = 481;
    private static final int NOT_ACCEPTABLE = 488;
    private static final int DECLINE = 603;
    private static final int UNAVAILABLE = 503;

    /** One call, by its Call-ID and our tag. */
    private record CallKey(String callId, String localTag) {}

    /** A call that is up, or coming up. */
    private static final class TrunkCall {
        private final InetSocketAddress remote;
        private final TrunkMedia media;
        private InviteUsage usage;
        private Previous previous;

        TrunkCall(InetSocketAddress remote, TrunkMedia media, InviteUsage usage, long sessionId) {
            this.remote = remote;
            this.media = media;
            this.usage = usage;
            this.previous = Previous.none(sessionId);
        }

        CallKey key() {
            return new CallKey(usage.callId(), usage.localTag());
        }
    }

    private final BiConsumer<SipMessage, InetSocketAddress> out;
    private final TrunkMedia.Source media;
    private final List<Codec> codecs;
    private final Identifiers ids;
    private final LegSettings settings;
    private final Transactions<UdpFlow> transactions;
    private final Map<CallKey, TrunkCall> calls = new HashMap<>();
    private long callsTaken;

    /**
     * @param local where the trunk listens
     * @param codecs by preference
     * @param out sends a message
     */
    TrunkSide(
            InetSocketAddress local,
            List<Codec> codecs,
            TrunkMedia.Source media,
            Identifiers ids,
            BiConsumer<SipMessage, InetSocketAddress> out) {
        this.out = out;
        this.media = media;
        this.codecs = List.copyOf(codecs);
        this.ids = ids;
        String host = local.getAddress().getHostAddress();
        SipUri self =
                new SipUri(
                        false,
                        Optional.of("trunk"),
                        host,
                        OptionalInt.of(local.getPort()),
                        Parameters.NONE,
                        List.of());
        this.settings =
                LegSettings.of("UDP", host, OptionalInt.of(local.getPort()), NameAddress.of(self))
                        .withReliable100(LegSettings.Reliable100.OFF)
                        .withProduct("Jackfield load trunk");
        this.transactions = new Transactions<>(TransactionSettings.DEFAULT, ids);
    }

    /** Calls that were offered since the beginning. */
    long callsTaken() {
        return callsTaken;
    }

    /** Calls that are there. */
    int calls() {
        return calls.size();
    }

    // What the network and the clock say.

    void receive(SipMessage message, InetSocketAddress from, long nowNanos) {
        SipMessage stamped =
                message instanceof SipRequest request ? ReceivedVia.stamp(request, from) : message;
        InetSocketAddress back =
                message instanceof SipRequest request
                        ? ReceivedVia.replyTo(request.headers().via(), from)
                        : from;
        perform(transactions.receive(stamped, new UdpFlow(back), nowNanos), nowNanos);
    }

    void tick(long nowNanos) {
        perform(transactions.tick(nowNanos), nowNanos);
        for (TrunkCall call : List.copyOf(calls.values())) {
            OptionalLong deadline = call.usage.deadlineNanos();
            if (deadline.isPresent() && deadline.getAsLong() - nowNanos <= 0) {
                tell(call, new UsageEvent.Tick(), nowNanos);
            }
        }
    }

    /** When to {@link #tick}; empty when nothing is awaited. */
    OptionalLong deadlineNanos() {
        return Stream.concat(
                        Stream.of(transactions.deadlineNanos()),
                        calls.values().stream().map(call -> call.usage.deadlineNanos()))
                .flatMapToLong(OptionalLong::stream)
                .reduce((a, b) -> b - a < 0 ? b : a);
    }

    /** Ends all calls that are there. */
    void hangUpAll(long nowNanos) {
        List.copyOf(calls.values())
                .forEach(call -> tell(call, new UsageEvent.Hangup(Optional.empty()), nowNanos));
    }

    // What transactions make of it.

    private void perform(List<TransactionOutput<UdpFlow>> outputs, long nowNanos) {
        outputs.forEach(output -> perform(output, nowNanos));
    }

    private void perform(TransactionOutput<UdpFlow> output, long nowNanos) {
        switch (output) {
            case TransactionOutput.Send<UdpFlow>(var message, var flow) ->
                    out.accept(message, flow.remote());
            case TransactionOutput.RequestArrived<UdpFlow>(var id, var request, var flow) ->
                    onRequest(id, request, flow, nowNanos);
            case TransactionOutput.AckArrived<UdpFlow>(var ack, _) ->
                    find(ack).ifPresent(c -> tell(c, new UsageEvent.AckReceived(ack), nowNanos));
            case TransactionOutput.CancelArrived<UdpFlow>(var invite, var cancel, _) ->
                    List.copyOf(calls.values()).stream()
                            .filter(c -> c.usage.callId().equals(cancel.headers().callId()))
                            .forEach(c ->
                                    tell(
                                            c,
                                            new UsageEvent.CancelReceived(invite, cancel),
                                            nowNanos));
            case TransactionOutput.ResponseArrived<UdpFlow>(var id, var response, _) ->
                    findOwn(response.headers().callId(), response.headers().from())
                            .ifPresent(c ->
                                    tell(
                                            c,
                                            new UsageEvent.ResponseReceived(id, response),
                                            nowNanos));
            case TransactionOutput.RequestTimedOut<UdpFlow>(var id) ->
                    onFailure(id, FailureKind.TIMEOUT, nowNanos);
            case TransactionOutput.RequestNotSent<UdpFlow>(var id) ->
                    onFailure(id, FailureKind.TRANSPORT, nowNanos);
            case TransactionOutput.ResponseNotSent<UdpFlow> _,
                    TransactionOutput.AckTimedOut<UdpFlow> _,
                    TransactionOutput.Stray<UdpFlow> _,
                    TransactionOutput.Refused<UdpFlow> _ -> {}
        }
    }

    /** Of a failed request only its transaction is known: each call knows its own. */
    private void onFailure(ClientTransactionId id, FailureKind kind, long nowNanos) {
        List.copyOf(calls.values())
                .forEach(call -> tell(call, new UsageEvent.RequestFailed(id, kind), nowNanos));
    }

    private Optional<TrunkCall> find(SipRequest request) {
        return request.headers()
                .to()
                .tag()
                .map(tag -> calls.get(new CallKey(request.headers().callId(), tag)));
    }

    private Optional<TrunkCall> findOwn(String callId, NameAddress from) {
        return from.tag().map(tag -> calls.get(new CallKey(callId, tag)));
    }

    private void onRequest(
            ServerTransactionId id, SipRequest request, UdpFlow flow, long nowNanos) {
        Optional<TrunkCall> known = find(request);
        if (known.isPresent()) {
            tell(known.get(), new UsageEvent.RequestReceived(id, request), nowNanos);
        } else if (request.headers().to().tag().isPresent()) {
            respond(id, request, NO_SUCH_DIALOG, nowNanos);
        } else if (request.method().equals(SipMethod.INVITE)) {
            begin(id, request, flow, nowNanos);
        } else {
            respond(id, request, OK, nowNanos);
        }
    }

    private void respond(ServerTransactionId id, SipRequest request, int status, long nowNanos) {
        perform(
                transactions.respond(id, SipResponses.to(request, status, ids.tag()), nowNanos),
                nowNanos);
    }

    // Calls.

    private void begin(ServerTransactionId id, SipRequest invite, UdpFlow flow, long nowNanos) {
        callsTaken++;
        String dialled =
                invite.uri() instanceof SipUri uri
                        ? uri.user().orElse("")
                        : invite.uri().toString();
        try {
            InviteUsage.Step step = InviteUsage.called(invite, id, settings, ids, nowNanos);
            long sessionId = nowNanos & Long.MAX_VALUE;
            TrunkCall call =
                    new TrunkCall(flow.remote(), media.open(dialled), step.next(), sessionId);
            calls.put(call.key(), call);
            step.effects().forEach(effect -> perform(call, effect, nowNanos));
        } catch (IOException noSockets) {
            respond(id, invite, UNAVAILABLE, nowNanos);
        }
    }

    private void tell(TrunkCall call, UsageEvent event, long nowNanos) {
        InviteUsage.Step step = call.usage.on(event, nowNanos);
        call.usage = step.next();
        step.effects().forEach(effect -> perform(call, effect, nowNanos));
    }

    private void perform(TrunkCall call, UsageEffect effect, long nowNanos) {
        UdpFlow flow = new UdpFlow(call.remote);
        switch (effect) {
            case UsageEffect.SendRequest(_, var request) ->
                    perform(transactions.send(request, flow, nowNanos), nowNanos);
            case UsageEffect.SendAck(var ack) -> out.accept(ack, call.remote);
            case UsageEffect.SendResponse(var tx, var response) ->
                    perform(transactions.respond(tx, response, nowNanos), nowNanos);
            case UsageEffect.CancelRequest(var invite, var reason) ->
                    perform(transactions.cancel(invite, reason, nowNanos), nowNanos);
            case UsageEffect.Tell(var notice) -> onNotice(call, notice, nowNanos);
        }
    }

    private void onNotice(TrunkCall call, UsageNotice notice, long nowNanos) {
        switch (notice) {
            case UsageNotice.OfferReceived(var sdp) -> onOffer(call, sdp, nowNanos);
            case UsageNotice.OfferWanted() -> refuse(call, nowNanos);
            case UsageNotice.Confirmed() -> call.media.talk();
            case UsageNotice.Ended _ -> {
                calls.remove(call.key());
                call.media.close();
            }
            case UsageNotice.Challenged(var tx, _, _) ->
                    tell(call, new UsageEvent.GiveUp(tx), nowNanos);
            case UsageNotice.ReferReceived(var tx, var refer, _) ->
                    tell(call, new UsageEvent.AnswerRefer(tx, refer, DECLINE, ""), nowNanos);
            case UsageNotice.AnswerReceived _,
                    UsageNotice.Progress _,
                    UsageNotice.OfferWithdrawn _,
                    UsageNotice.Answered _,
                    UsageNotice.OfferRefused _,
                    UsageNotice.InfoReceived _,
                    UsageNotice.Redirected _,
                    UsageNotice.Failed _ -> {}
        }
    }

    private void onOffer(TrunkCall call, String sdp, long nowNanos) {
        Optional<LocalAnswer> answer =
                SdpParser.parse(sdp) instanceof SdpParser.Parsed(var description)
                                && Negotiation.readOffer(description) instanceof MediaOffer offer
                                && !offer.isWebRtc()
                        ? answer(call, offer)
                        : Optional.empty();
        if (answer.isEmpty()) {
            refuse(call, nowNanos);
            return;
        }
        String text = SdpWriter.write(answer.get().description());
        boolean first = call.previous instanceof Previous.None;
        call.previous = Previous.sent(answer.get().description());
        tell(
                call,
                first ? new UsageEvent.Accept(text) : new UsageEvent.AnswerOffer(text),
                nowNanos);
    }

    private Optional<LocalAnswer> answer(TrunkCall call, MediaOffer offer) {
        List<Codec> common = Negotiation.common(offer, codecs, CodecOrder.OFFERER);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        LocalAnswer answer =
                Negotiation.writeAnswer(
                        offer,
                        call.media.local(),
                        common.subList(0, 1),
                        Direction.SENDRECV,
                        call.previous);
        call.media.apply(LegParameters.of(offer, answer));
        return Optional.of(answer);
    }

    private void refuse(TrunkCall call, long nowNanos) {
        boolean first = call.previous instanceof Previous.None;
        tell(
                call,
                first
                        ? new UsageEvent.Reject(NOT_ACCEPTABLE, "", List.of())
                        : new UsageEvent.RefuseOffer(NOT_ACCEPTABLE),
                nowNanos);
    }
}
