package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.SipResponses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server transactions of one table. Every method appends what is to be done to {@code out}.
 *
 * @param <F> the flow
 */
final class ServerTable<F extends TransactionFlow> {
    private final TransactionSettings settings;
    private final Agenda<F> agenda;
    private final OwnTags tags;
    private final Map<ServerTransactionId, ServerEntry<F>> entries = new HashMap<>();
    private final FlowIndex<F, ServerEntry<F>> byFlow = new FlowIndex<>();

    /** The first transaction of every key. */
    private final Map<RequestKey, ServerEntry<F>> firsts = new HashMap<>();

    ServerTable(TransactionSettings settings, Agenda<F> agenda, OwnTags tags) {
        this.settings = settings;
        this.agenda = agenda;
        this.tags = tags;
    }

    int size() {
        return entries.size();
    }

    /** Everything that is kept. */
    int remembered() {
        return entries.size() + byFlow.size() + firsts.size();
    }

    /**
     * A request by §17.2.3: of a known transaction, or new.
     *
     * @param total transactions that are there, ours and theirs
     */
    void receive(
            SipRequest request, F flow, int total, long nowNanos, List<TransactionOutput<F>> out) {
        ServerEntry<F> known = entries.get(ServerTransactionId.of(request));
        if (known != null) {
            happen(known, new ServerTransaction.Event.Received(request), nowNanos, out);
        } else if (request.method().equals(SipMethod.ACK)) {
            strayAck(request, flow, out);
        } else if (request.method().equals(SipMethod.CANCEL)) {
            cancel(request, flow, nowNanos, out);
        } else {
            refusal(request, flow, total)
                    .ifPresentOrElse(
                            why -> refuse(request, flow, why, out),
                            () -> begin(request, flow, nowNanos, out));
        }
    }

    /** The ACK for a 2xx, unless it is one for an answer that we gave without a transaction. */
    private void strayAck(SipRequest ack, F flow, List<TransactionOutput<F>> out) {
        if (!ack.headers().to().tag().equals(Optional.of(tags.tag(ack)))) {
            out.add(new TransactionOutput.AckArrived<>(ack, flow));
        }
    }

    private Optional<Refusal> refusal(SipRequest request, F flow, int total) {
        boolean inDialog = request.headers().to().tag().isPresent();
        if (total >= (inDialog ? settings.totalMax() : settings.newcomersMax())) {
            return Optional.of(Refusal.TOO_MANY_IN_TOTAL);
        }
        return byFlow.count(flow) < flow.transactionsMax()
                ? Optional.empty()
                : Optional.of(Refusal.TOO_MANY_OF_SOURCE);
    }

    /** Answers without keeping anything (§8.2.7). */
    private void refuse(SipRequest request, F flow, Refusal why, List<TransactionOutput<F>> out) {
        out.add(new TransactionOutput.Send<>(answer(request, why), flow));
        out.add(new TransactionOutput.Refused<>(request, flow, why));
    }

    private SipResponse answer(SipRequest request, Refusal why) {
        String tag = tags.tag(request);
        return switch (why) {
            case TOO_MANY_OF_SOURCE, TOO_MANY_IN_TOTAL -> {
                SipResponse busy = SipResponses.to(request, 503, tag);
                String seconds = Long.toString(settings.retryAfter().toSeconds());
                yield busy.withHeaders(busy.headers().with("Retry-After", seconds));
            }
            case MERGED -> SipResponses.to(request, 482, tag);
            case CANCEL_OF_NOTHING -> SipResponses.to(request, 481, tag);
        };
    }

    private void begin(SipRequest request, F flow, long nowNanos, List<TransactionOutput<F>> out) {
        boolean merged = isMerged(request);
        ServerEntry<F> entry = keep(request, flow, nowNanos, out);
        if (merged) {
            out.add(new TransactionOutput.Refused<>(request, flow, Refusal.MERGED));
            respond(entry, answer(request, Refusal.MERGED), nowNanos, out);
        } else {
            out.add(new TransactionOutput.RequestArrived<>(entry.id(), request, flow));
        }
    }

    /**
     * "If the request has no tag in the To header field, the UAS core MUST check the request
     * against ongoing transactions. If the From tag, Call-ID, and CSeq exactly match those
     * associated with an ongoing transaction, but the request does not match that transaction …,
     * the UAS core SHOULD generate a 482 (Loop Detected) response and pass it to the server
     * transaction" (§8.2.2.2).
     */
    private boolean isMerged(SipRequest request) {
        ServerEntry<F> first = firsts.get(RequestKey.of(request));
        return request.headers().to().tag().isEmpty()
                && first != null
                && first.id().method().equals(request.method());
    }

    private ServerEntry<F> keep(
            SipRequest request, F flow, long nowNanos, List<TransactionOutput<F>> out) {
        ServerEntry<F> entry = new ServerEntry<>(request, flow, settings.timing(flow));
        entries.put(entry.id(), entry);
        byFlow.add(entry);
        if (!request.method().equals(SipMethod.CANCEL)) {
            firsts.putIfAbsent(entry.key(), entry);
        }
        ServerTransaction.Step first =
                request.method().equals(SipMethod.INVITE)
                        ? InviteServer.start(request, entry.timing())
                        : NonInviteServer.start();
        take(entry, first, nowNanos, out);
        return entry;
    }

    /**
     * "If the UAS did not find a matching transaction for the CANCEL …, it SHOULD respond to the
     * CANCEL with a 481"; "Regardless of the method of the original request, as long as the CANCEL
     * matched an existing transaction, the UAS answers the CANCEL request itself with a 200 (OK)
     * response" (§9.2).
     *
     * <p>A CANCEL has effect only if it "comes from the same hop that sent the request being
     * canceled" (§22.1): another flow cancels nothing. It needs no admission, since there is at
     * most one for each request that was admitted.
     */
    private void cancel(SipRequest cancel, F flow, long nowNanos, List<TransactionOutput<F>> out) {
        Optional<ServerEntry<F>> found =
                cancelledBy(cancel).filter(entry -> entry.flow().equals(flow));
        if (found.isEmpty()) {
            refuse(cancel, flow, Refusal.CANCEL_OF_NOTHING, out);
            return;
        }
        ServerEntry<F> original = found.get();
        // "The To tag of the response to the CANCEL and the To tag in the response to the original
        // request SHOULD be the same" (§9.2)
        String tag = original.toTag().orElseGet(() -> tags.tag(cancel));
        ServerEntry<F> entry = keep(cancel, flow, nowNanos, out);
        respond(entry, SipResponses.to(cancel, 200, tag), nowNanos, out);
        if (original.cancel()) {
            out.add(new TransactionOutput.CancelArrived<>(original.id(), cancel, flow));
        }
    }

    /** By §17.2.3 "assuming the request method is anything but CANCEL or ACK" (§9.2). */
    private Optional<ServerEntry<F>> cancelledBy(SipRequest cancel) {
        ServerTransactionId id = ServerTransactionId.of(cancel);
        ServerEntry<F> invite = entries.get(id.withMethod(SipMethod.INVITE));
        return invite != null
                ? Optional.of(invite)
                : Optional.ofNullable(firsts.get(RequestKey.of(cancel)))
                        .filter(other -> other.id().withMethod(SipMethod.CANCEL).equals(id));
    }

    void respond(
            ServerTransactionId id,
            SipResponse response,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        ServerEntry<F> entry = entries.get(id);
        if (entry != null) {
            respond(entry, response, nowNanos, out);
        }
    }

    private void respond(
            ServerEntry<F> entry,
            SipResponse response,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        entry.answered(response);
        happen(entry, new ServerTransaction.Event.Respond(response), nowNanos, out);
    }

    void transportFailed(F flow, long nowNanos, List<TransactionOutput<F>> out) {
        for (ServerEntry<F> entry : byFlow.of(flow)) {
            happen(entry, new ServerTransaction.Event.TransportFailed(), nowNanos, out);
        }
    }

    void fire(ServerEntry<F> entry, Timer timer, long nowNanos, List<TransactionOutput<F>> out) {
        happen(entry, new ServerTransaction.Event.Fired(timer), nowNanos, out);
    }

    private void happen(
            ServerEntry<F> entry,
            ServerTransaction.Event event,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        take(entry, entry.state().on(event, entry.timing()), nowNanos, out);
    }

    private void take(
            ServerEntry<F> entry,
            ServerTransaction.Step step,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        entry.become(step.next());
        step.effects().forEach(effect -> perform(entry, effect, nowNanos, out));
        if (entry.terminated()) {
            forget(entry);
        } else {
            agenda.place(entry);
        }
    }

    private void forget(ServerEntry<F> entry) {
        entries.remove(entry.id());
        byFlow.remove(entry);
        firsts.remove(entry.key(), entry);
        agenda.remove(entry);
    }

    private void perform(
            ServerEntry<F> entry,
            ServerTransaction.Effect effect,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        switch (effect) {
            case ServerTransaction.Effect.Send(var response) ->
                    out.add(new TransactionOutput.Send<>(response, entry.flow()));
            case ServerTransaction.Effect.Start(var timer, var after) ->
                    entry.start(timer, nowNanos + after.toNanos());
            case ServerTransaction.Effect.TellAck(var ack) ->
                    out.add(new TransactionOutput.AckArrived<>(ack, entry.flow()));
            case ServerTransaction.Effect.TellAckTimeout _ ->
                    out.add(new TransactionOutput.AckTimedOut<>(entry.id()));
            case ServerTransaction.Effect.TellNotSent _ ->
                    out.add(new TransactionOutput.ResponseNotSent<>(entry.id()));
        }
    }
}
