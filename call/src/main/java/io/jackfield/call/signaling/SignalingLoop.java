package io.jackfield.call.signaling;

import io.jackfield.call.edge.Flow;
import io.jackfield.protocol.sip.Identifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One thread, one mailbox, one table of transactions: everything of one Call-ID happens here, in
 * order.
 *
 * <p>Thread-safety: {@link #offer} and {@link #put} from any thread; the rest is the loop's own.
 */
final class SignalingLoop {
    /** Some 100 ms of work at full load. Beyond it, what strangers send is dropped. */
    static final int MAILBOX_MAX = 16_384;

    /** Timer M, 64 * T1, and a little (RFC 6026 §7.2). */
    private static final long ACCEPTED_NANOS = TimeUnit.SECONDS.toNanos(34);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Accepted(ClientTransactionId id, long untilNanos) {}

    /** What a loop can be told. */
    sealed interface Task {
        record Arrived(SipMessage message, Flow flow) implements Task {}

        record Start(SipRequest request, Flow flow, ClientTransactionId id, TransactionUser user)
                implements Task {}

        record Respond(ServerTransactionId id, SipResponse response) implements Task {}

        record Cancel(ClientTransactionId invite, Optional<String> reason) implements Task {}

        record FlowClosed(Flow flow) implements Task {}

        record Stop() implements Task {}
    }

    private final Transactions<Flow> transactions;
    private final SipEdge edge;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Task> mailbox = new ArrayBlockingQueue<>(MAILBOX_MAX);

    /** What the loop's own thread has put: it must not wait for room that it alone can make. */
    private final Deque<Task> own = new ArrayDeque<>();

    private final Map<ClientTransactionId, TransactionUser> users = new HashMap<>();
    private final Deque<Accepted> accepted = new ArrayDeque<>();
    private volatile Optional<Thread> thread = Optional.empty();

    SignalingLoop(
            SipEdge edge,
            TransactionSettings settings,
            Identifiers identifiers,
            LongSupplier nanoTime) {
        this.edge = edge;
        this.transactions = new Transactions<>(settings, identifiers);
        this.nanoTime = nanoTime;
    }

    /** Takes what may be lost: a message from the network. False when the mailbox is full. */
    boolean offer(Task task) {
        return mailbox.offer(task);
    }

    /**
     * Takes what must not be lost: waits for room, except on the loop's own thread, which never
     * waits for anybody.
     */
    void put(Task task) {
        if (thread.filter(own -> own == Thread.currentThread()).isPresent()) {
            putOwn(task);
            return;
        }
        try {
            mailbox.put(task);
        } catch (InterruptedException shutdown) {
            Thread.currentThread().interrupt();
        }
    }

    /** An answer of ours goes first; the end of a flow comes after what came over it. */
    private void putOwn(Task task) {
        boolean inOrder = task instanceof Task.FlowClosed && mailbox.offer(task);
        if (!inOrder) {
            own.addLast(task);
        }
    }

    /** Runs on the calling thread until it is told to stop. */
    void run(RequestHandler handler) {
        begin();
        boolean running = true;
        while (running) {
            running = step(nanosToDeadline(), handler);
        }
    }

    /** From now on the calling thread is the loop's own. */
    void begin() {
        thread = Optional.of(Thread.currentThread());
    }

    /** Transactions that are there, and who waits for one. */
    int remembered() {
        return transactions.size() + users.size() + accepted.size();
    }

    /** True while there is something to do at once. */
    boolean busy() {
        return !own.isEmpty() || !mailbox.isEmpty() || due(nanoTime.getAsLong());
    }

    /**
     * Does one task, waiting for it at most so long, and what is due then. One that fails costs
     * itself, not the loop.
     *
     * @return false once it was told to stop
     */
    boolean step(long waitNanos, RequestHandler handler) {
        try {
            Optional<Task> task = next(waitNanos);
            if (task.filter(Task.Stop.class::isInstance).isPresent()) {
                return false;
            }
            handle(task, handler);
        } catch (InterruptedException shutdown) {
            return false;
        } catch (RuntimeException bug) {
            edge.logBug(bug);
        }
        return true;
    }

    private Optional<Task> next(long waitNanos) throws InterruptedException {
        return own.isEmpty()
                ? Optional.ofNullable(mailbox.poll(waitNanos, TimeUnit.NANOSECONDS))
                : Optional.of(own.removeFirst());
    }

    private void handle(Optional<Task> task, RequestHandler handler) {
        long now = nanoTime.getAsLong();
        task.ifPresent(t -> perform(outputs(t, now, handler), handler));
        if (due(now)) {
            perform(transactions.tick(now), handler);
        }
        forgetAccepted(now);
    }

    private List<TransactionOutput<Flow>> outputs(Task task, long now, RequestHandler handler) {
        return switch (task) {
            case Task.Arrived(var message, var flow) -> transactions.receive(message, flow, now);
            case Task.Start(var request, var flow, var id, var user) -> {
                users.put(id, user);
                yield transactions.send(request, flow, now);
            }
            case Task.Respond(var id, var response) -> transactions.respond(id, response, now);
            case Task.Cancel(var invite, var reason) -> transactions.cancel(invite, reason, now);
            case Task.FlowClosed(var flow) -> {
                handler.onFlowClosed(flow);
                yield transactions.transportFailed(flow, now);
            }
            case Task.Stop() -> List.of();
        };
    }

    private void perform(List<TransactionOutput<Flow>> outputs, RequestHandler handler) {
        for (TransactionOutput<Flow> output : outputs) {
            switch (output) {
                case TransactionOutput.Send<Flow>(var message, var flow) ->
                        transmit(message, flow, handler);
                case TransactionOutput.RequestArrived<Flow>(var id, var request, var flow) ->
                        handler.onRequest(id, request, flow);
                case TransactionOutput.AckArrived<Flow>(var ack, var flow) ->
                        handler.onAck(ack, flow);
                case TransactionOutput.CancelArrived<Flow>(var invite, var cancel, var flow) ->
                        handler.onCancel(invite, cancel, flow);
                case TransactionOutput.ResponseArrived<Flow>(var id, var response, _) ->
                        onResponse(id, response);
                case TransactionOutput.RequestTimedOut<Flow>(var id) ->
                        onFailure(id, TransactionUser.Failure.TIMEOUT);
                case TransactionOutput.RequestNotSent<Flow>(var id) ->
                        onFailure(id, TransactionUser.Failure.TRANSPORT);
                case TransactionOutput.ResponseNotSent<Flow> _,
                        TransactionOutput.AckTimedOut<Flow> _ -> {}
                case TransactionOutput.Stray<Flow>(var response, var flow) ->
                        edge.countStray(response, flow);
                case TransactionOutput.Refused<Flow>(var request, var flow, var why) ->
                        edge.countRefused(request, flow, why);
            }
        }
    }

    private void transmit(SipMessage message, Flow flow, RequestHandler handler) {
        if (!edge.sendDirect(message, flow)) {
            perform(transactions.transportFailed(flow, nanoTime.getAsLong()), handler);
        }
    }

    private void onResponse(ClientTransactionId id, SipResponse response) {
        TransactionUser user = users.get(id);
        if (user == null) {
            return;
        }
        if (response.isSuccess() && id.method().equals(SipMethod.INVITE)) {
            accepted.addLast(new Accepted(id, nanoTime.getAsLong() + ACCEPTED_NANOS));
        } else if (response.isFinal()) {
            users.remove(id);
        }
        user.onResponse(id, response);
    }

    private void onFailure(ClientTransactionId id, TransactionUser.Failure failure) {
        TransactionUser user = users.remove(id);
        if (user != null) {
            user.onFailure(id, failure);
        }
    }

    /** After a 2xx to an INVITE more may come until timer M ends (RFC 6026 §7.2). */
    private void forgetAccepted(long now) {
        while (!accepted.isEmpty() && accepted.peekFirst().untilNanos() - now <= 0) {
            users.remove(accepted.removeFirst().id());
        }
    }

    private boolean due(long now) {
        OptionalLong deadline = transactions.deadlineNanos();
        return deadline.isPresent() && deadline.getAsLong() - now <= 0;
    }

    private long nanosToDeadline() {
        OptionalLong deadline = transactions.deadlineNanos();
        return deadline.isPresent()
                ? Math.max(0, deadline.getAsLong() - nanoTime.getAsLong())
                : IDLE_NANOS;
    }
}
