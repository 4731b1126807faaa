package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The client transactions of one table. Every method appends what is to be done to {@code out}.
 *
 * @param <F> the flow
 */
final class ClientTable<F extends TransactionFlow> {
    private final TransactionSettings settings;
    private final Agenda<F> agenda;
    private final Map<ClientTransactionId, ClientEntry<F>> entries = new HashMap<>();
    private final FlowIndex<F, ClientEntry<F>> byFlow = new FlowIndex<>();

    ClientTable(TransactionSettings settings, Agenda<F> agenda) {
        this.settings = settings;
        this.agenda = agenda;
    }

    int size() {
        return entries.size();
    }

    /** Everything that is kept. */
    int remembered() {
        return entries.size() + byFlow.size();
    }

    boolean has(ClientTransactionId id) {
        return entries.containsKey(id);
    }

    /** Begins a transaction of the user, who is told what becomes of it. */
    void begin(SipRequest request, F flow, long nowNanos, List<TransactionOutput<F>> out) {
        Timing timing = settings.timing(flow);
        ClientTransaction.Step first =
                request.method().equals(SipMethod.INVITE)
                        ? InviteClient.start(request, timing)
                        : NonInviteClient.start(request, timing);
        begin(new ClientEntry<>(request, flow, timing, true), first, nowNanos, out);
    }

    private void beginCancel(
            SipRequest cancel, F flow, long nowNanos, List<TransactionOutput<F>> out) {
        Timing timing = settings.timing(flow);
        begin(
                new ClientEntry<>(cancel, flow, timing, false),
                NonInviteClient.start(cancel, timing),
                nowNanos,
                out);
    }

    private void begin(
            ClientEntry<F> entry,
            ClientTransaction.Step first,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        entries.put(entry.id(), entry);
        byFlow.add(entry);
        take(entry, first, nowNanos, out);
    }

    /**
     * "If the response matches a client transaction" by branch and method (RFC 3261 §17.1.3), the
     * machine has it; else it is stray. "If more than one Via header field value is present in a
     * response, the UAC SHOULD discard the message" (§8.1.3.3).
     */
    void receive(SipResponse response, F flow, long nowNanos, List<TransactionOutput<F>> out) {
        ClientEntry<F> entry = entries.get(ClientTransactionId.of(response));
        if (entry == null || response.headers().vias().size() > 1) {
            out.add(new TransactionOutput.Stray<>(response, flow));
            return;
        }
        happen(entry, new ClientTransaction.Event.Received(response), nowNanos, out);
    }

    void cancel(
            ClientTransactionId invite,
            Optional<String> reason,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        ClientEntry<F> entry = entries.get(invite);
        if (entry != null) {
            happen(entry, new ClientTransaction.Event.Cancel(reason), nowNanos, out);
        }
    }

    void transportFailed(F flow, long nowNanos, List<TransactionOutput<F>> out) {
        for (ClientEntry<F> entry : byFlow.of(flow)) {
            happen(entry, new ClientTransaction.Event.TransportFailed(), nowNanos, out);
        }
    }

    void fire(ClientEntry<F> entry, Timer timer, long nowNanos, List<TransactionOutput<F>> out) {
        happen(entry, new ClientTransaction.Event.Fired(timer), nowNanos, out);
    }

    private void happen(
            ClientEntry<F> entry,
            ClientTransaction.Event event,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        take(entry, entry.state().on(event, entry.timing()), nowNanos, out);
    }

    private void take(
            ClientEntry<F> entry,
            ClientTransaction.Step step,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        entry.become(step.next());
        step.effects().forEach(effect -> perform(entry, effect, nowNanos, out));
        if (entry.terminated()) {
            entries.remove(entry.id());
            byFlow.remove(entry);
            agenda.remove(entry);
        } else {
            agenda.place(entry);
        }
    }

    private void perform(
            ClientEntry<F> entry,
            ClientTransaction.Effect effect,
            long nowNanos,
            List<TransactionOutput<F>> out) {
        switch (effect) {
            case ClientTransaction.Effect.Send(var request) ->
                    out.add(new TransactionOutput.Send<>(request, entry.flow()));
            case ClientTransaction.Effect.Start(var timer, var after) ->
                    entry.start(timer, nowNanos + after.toNanos());
            case ClientTransaction.Effect.BeginCancel(var cancel) ->
                    beginCancel(cancel, entry.flow(), nowNanos, out);
            case ClientTransaction.Effect.TellResponse(var response) ->
                    tell(
                            entry,
                            new TransactionOutput.ResponseArrived<>(
                                    entry.id(), response, entry.flow()),
                            out);
            case ClientTransaction.Effect.TellTimeout _ ->
                    tell(entry, new TransactionOutput.RequestTimedOut<>(entry.id()), out);
            case ClientTransaction.Effect.TellNotSent _ ->
                    tell(entry, new TransactionOutput.RequestNotSent<>(entry.id()), out);
        }
    }

    private void tell(
            ClientEntry<F> entry, TransactionOutput<F> output, List<TransactionOutput<F>> out) {
        if (entry.told()) {
            out.add(output);
        }
    }
}
