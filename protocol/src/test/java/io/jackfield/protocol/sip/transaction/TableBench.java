package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipResponse;
import io.jackfield.testkit.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Runs one table in virtual time. */
final class TableBench {
    private final Transactions<TestFlow> table;
    private final Bench<TransactionOutput<TestFlow>> bench;

    TableBench() {
        this(TransactionSettings.DEFAULT);
    }

    TableBench(TransactionSettings settings) {
        this.table = new Transactions<>(settings, new CountingIdentifiers());
        this.bench =
                new Bench<>(
                        new Bench.Machine<>() {
                            @Override
                            public OptionalLong deadlineNanos() {
                                return table.deadlineNanos();
                            }

                            @Override
                            public List<TransactionOutput<TestFlow>> tick(long nowNanos) {
                                return table.tick(nowNanos);
                            }
                        });
    }

    List<TransactionOutput<TestFlow>> receive(SipMessage message, TestFlow flow) {
        return bench.perform(now -> table.receive(message, flow, now));
    }

    List<TransactionOutput<TestFlow>> send(SipRequest request, TestFlow flow) {
        return bench.perform(now -> table.send(request, flow, now));
    }

    List<TransactionOutput<TestFlow>> respond(SipRequest request, int status) {
        return respond(request, Messages.response(request, status));
    }

    List<TransactionOutput<TestFlow>> respond(SipRequest request, SipResponse response) {
        return bench.perform(now -> table.respond(ServerTransactionId.of(request), response, now));
    }

    List<TransactionOutput<TestFlow>> cancel(SipRequest invite) {
        return bench.perform(
                now -> table.cancel(ClientTransactionId.of(invite), Optional.empty(), now));
    }

    List<TransactionOutput<TestFlow>> breakTransport(TestFlow flow) {
        return bench.perform(now -> table.transportFailed(flow, now));
    }

    void advanceMillis(long by) {
        bench.advance(Duration.ofMillis(by));
    }

    void advance(Duration by) {
        bench.advance(by);
    }

    Transactions<TestFlow> table() {
        return table;
    }

    /** Everything of that kind that came out so far, in order. */
    <T> List<T> all(Class<T> kind) {
        return bench.all(kind);
    }

    /** When things of that kind came out; milliseconds since the start. */
    List<Long> millisOf(Class<?> kind) {
        return bench.millisOf(kind);
    }

    /** The messages that were sent so far, in order. */
    List<SipMessage> sent() {
        return bench.notes().stream().map(Bench.Noted::output).flatMap(TableBench::sent).toList();
    }

    private static Stream<SipMessage> sent(TransactionOutput<TestFlow> output) {
        return output instanceof TransactionOutput.Send<TestFlow>(var message, _)
                ? Stream.of(message)
                : Stream.empty();
    }

    /** Statuses of the responses that were sent so far, in order. */
    List<Integer> statusesSent() {
        return sent().stream()
                .filter(SipResponse.class::isInstance)
                .map(message -> ((SipResponse) message).status())
                .toList();
    }

    void forget() {
        bench.forget();
    }
}
