package io.jackfield.protocol.sip.dialog;

import io.jackfield.protocol.sip.CountingIdentifiers;
import io.jackfield.protocol.sip.NameAddress;
import io.jackfield.protocol.sip.SipMessage;
import io.jackfield.protocol.sip.SipMethod;
import io.jackfield.protocol.sip.SipRequest;
import io.jackfield.protocol.sip.SipUri;
import io.jackfield.protocol.sip.transaction.ClientTransactionId;
import io.jackfield.protocol.sip.transaction.ServerTransactionId;
import io.jackfield.protocol.sip.transaction.TransactionFlow;
import io.jackfield.protocol.sip.transaction.TransactionOutput;
import io.jackfield.protocol.sip.transaction.TransactionSettings;
import io.jackfield.protocol.sip.transaction.Transactions;
import io.jackfield.testkit.NetworkConditions;
import io.jackfield.testkit.Seed;
import io.jackfield.testkit.SimulatedNetwork;
import io.jackfield.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Two usages with their transactions, and a network between them that may be bad. */
final class TwoPhones {
    private static final int STEPS_MAX = 100_000;

    /** How a phone's owner behaves when the phone tells something. */
    interface Owner {
        void told(Phone phone, UsageNotice notice);
    }

    private record Wire(String name, boolean reliable) implements TransactionFlow {
        @Override
        public int transactionsMax() {
            return TRANSACTIONS_MAX;
        }
    }

    private record Task(long atNanos, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            long byTime = atNanos - other.atNanos;
            return Long.signum(byTime == 0 ? number - other.number : byTime);
        }
    }

    final VirtualClock clock = new VirtualClock();
    final Phone caller;
    final Phone called;
    final List<String> log = new ArrayList<>();
    private final CountingIdentifiers ids = new CountingIdentifiers();
    private final SimulatedNetwork<byte[]> toCalled;
    private final SimulatedNetwork<byte[]> toCaller;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Owner owner;
    private final Wire wire;
    private long number;

    TwoPhones(
            NetworkConditions conditions,
            boolean reliable,
            Seed seed,
            LegSettings callerRules,
            LegSettings calledRules,
            Owner owner) {
        this.owner = owner;
        this.wire = new Wire("wire", reliable);
        this.toCalled = new SimulatedNetwork<>(conditions, seed.part(1));
        this.toCaller = new SimulatedNetwork<>(conditions, seed.part(2));
        this.caller = new Phone("caller", toCalled, callerRules);
        this.called = new Phone("called", toCaller, calledRules);
    }

    static LegSettings rules(String host) {
        return LegSettings.of(
                "UDP", host, OptionalInt.of(5060), NameAddress.of(SipUri.of("phone", host)));
    }

    void later(Duration after, Runnable work) {
        tasks.add(new Task(clock.nanos() + after.toNanos(), number++, work));
    }

    void call(Optional<String> sdp) {
        OutgoingInvite invite =
                new OutgoingInvite(
                        SipUri.of("bob", "192.0.2.2"),
                        NameAddress.of(SipUri.of("alice", "192.0.2.1")),
                        NameAddress.of(SipUri.of("bob", "192.0.2.2")),
                        List.of(),
                        OutgoingInvite.MAX_FORWARDS,
                        sdp,
                        List.of());
        caller.step(InviteUsage.calling(invite, caller.rules, ids, clock.nanos()));
    }

    /** Runs until nothing is left to happen. */
    void run() {
        runUntil(OptionalLong.empty());
    }

    void run(Duration by) {
        runUntil(OptionalLong.of(clock.nanos() + by.toNanos()));
    }

    private void runUntil(OptionalLong end) {
        for (int steps = 0; ; steps++) {
            OptionalLong next = nextNanos();
            if (next.isEmpty() || end.isPresent() && next.getAsLong() - end.getAsLong() > 0) {
                end.ifPresent(clock::advanceTo);
                return;
            }
            if (steps > STEPS_MAX) {
                throw new AssertionError(
                        "it never ends: " + log.subList(log.size() - 40, log.size()));
            }
            clock.advanceTo(next.getAsLong());
            happen();
        }
    }

    private OptionalLong nextNanos() {
        Task task = tasks.peek();
        return Deadlines.earliest(
                Stream.of(
                        task == null ? OptionalLong.empty() : OptionalLong.of(task.atNanos),
                        toCalled.deadlineNanos(),
                        toCaller.deadlineNanos(),
                        caller.deadlineNanos(),
                        called.deadlineNanos()));
    }

    private void happen() {
        long now = clock.nanos();
        toCalled.poll(now).forEach(called::receive);
        toCaller.poll(now).forEach(caller::receive);
        caller.tick();
        called.tick();
        while (!tasks.isEmpty() && tasks.peek().atNanos - now <= 0) {
            tasks.remove().work.run();
        }
    }

    /** A usage, its transactions and what it told. */
    final class Phone {
        final String name;
        final List<UsageNotice> notices = new ArrayList<>();
        Optional<InviteUsage> usage = Optional.empty();
        private final SimulatedNetwork<byte[]> out;
        private final LegSettings rules;
        private final Transactions<Wire> transactions =
                new Transactions<>(TransactionSettings.DEFAULT, ids);

        Phone(String name, SimulatedNetwork<byte[]> out, LegSettings rules) {
            this.name = name;
            this.out = out;
            this.rules = rules;
        }

        /** A command of the phone's owner. */
        void on(UsageEvent event) {
            usage.ifPresent(u -> {
                log.add(clock.elapsed().toMillis() + " " + name + " " + event);
                step(u.on(event, clock.nanos()));
            });
        }

        long count(Class<? extends UsageNotice> kind) {
            return notices.stream().filter(kind::isInstance).count();
        }

        EndCause end() {
            return ((UsageNotice.Ended) notices.getLast()).cause();
        }

        private OptionalLong deadlineNanos() {
            return Deadlines.earliest(
                    Stream.of(
                            transactions.deadlineNanos(),
                            usage.map(InviteUsage::deadlineNanos).orElse(OptionalLong.empty())));
        }

        private void tick() {
            long now = clock.nanos();
            perform(transactions.tick(now));
            if (usage.isPresent() && Deadlines.due(usage.get().deadlineNanos(), now)) {
                on(new UsageEvent.Tick());
            }
        }

        private void receive(byte[] bytes) {
            perform(transactions.receive(Messages.parsed(bytes), wire, clock.nanos()));
        }

        private void step(InviteUsage.Step step) {
            usage = Optional.of(step.next());
            long now = clock.nanos();
            for (UsageEffect effect : step.effects()) {
                switch (effect) {
                    case UsageEffect.SendRequest(_, var request) ->
                            perform(transactions.send(request, wire, now));
                    case UsageEffect.SendAck(var ack) -> send(ack);
                    case UsageEffect.SendResponse(var tx, var response) ->
                            perform(transactions.respond(tx, response, now));
                    case UsageEffect.CancelRequest(var invite, var reason) ->
                            perform(transactions.cancel(invite, reason, now));
                    case UsageEffect.Tell(var notice) -> {
                        log.add(clock.elapsed().toMillis() + " " + name + " told " + notice);
                        notices.add(notice);
                        owner.told(this, notice);
                    }
                }
            }
        }

        private void send(SipMessage message) {
            log.add(clock.elapsed().toMillis() + " " + name + " sends " + message);
            out.send(clock.nanos(), message.encode());
        }

        private void perform(List<TransactionOutput<Wire>> outputs) {
            for (TransactionOutput<Wire> output : outputs) {
                switch (output) {
                    case TransactionOutput.Send<Wire>(var message, _) -> send(message);
                    case TransactionOutput.RequestArrived<Wire>(var id, var request, _) ->
                            arrived(id, request);
                    case TransactionOutput.AckArrived<Wire>(var ack, _) ->
                            on(new UsageEvent.AckReceived(ack));
                    case TransactionOutput.CancelArrived<Wire>(var invite, var cancel, _) ->
                            on(new UsageEvent.CancelReceived(invite, cancel));
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
            if (usage.isEmpty() && request.method().equals(SipMethod.INVITE)) {
                step(InviteUsage.called(request, id, rules, ids, clock.nanos()));
            } else {
                on(new UsageEvent.RequestReceived(id, request));
            }
        }

        private void failed(ClientTransactionId id, FailureKind kind) {
            on(new UsageEvent.RequestFailed(id, kind));
        }
    }
}
