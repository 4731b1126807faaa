package io.jackfield.protocol.sip;

/** A URI as a request line or a header may carry it (RFC 3261 §19.1, §25.1). */
public sealed interface Uri permits SipUri, OtherUri {
    /** As it is written on the wire. */
    String text();
}
