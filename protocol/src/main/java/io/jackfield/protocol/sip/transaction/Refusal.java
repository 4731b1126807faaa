package io.jackfield.protocol.sip.transaction;

/** Why {@link Transactions} itself answered a request; each value is also the name of a counter. */
public enum Refusal {
    /** The source holds {@link TransactionFlow#transactionsMax} transactions: 503. */
    TOO_MANY_OF_SOURCE,
    /** The table is full: 503. */
    TOO_MANY_IN_TOTAL,
    /** The same request came by another path before (RFC 3261 §8.2.2.2): 482. */
    MERGED,
    /** A CANCEL of nothing that is known (§9.2): 481. */
    CANCEL_OF_NOTHING
}
