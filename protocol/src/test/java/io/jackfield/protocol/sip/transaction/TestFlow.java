package io.jackfield.protocol.sip.transaction;

/** A flow that goes nowhere. */
record TestFlow(String name, boolean reliable, int transactionsMax) implements TransactionFlow {
    static TestFlow udp(String name) {
        return new TestFlow(name, false, TRANSACTIONS_MAX);
    }

    static TestFlow webSocket(String name) {
        return new TestFlow(name, true, TRANSACTIONS_MAX);
    }
}
