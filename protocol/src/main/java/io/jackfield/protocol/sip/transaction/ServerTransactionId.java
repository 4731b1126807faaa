package io.jackfield.protocol.sip.transaction;

import io.jackfield.protocol.sip.SipMethod;

/**
 * What a request is matched by (RFC 3261 §17.2.3).
 *
 * @param sentBy the topmost Via's host and port, lower case
 * @param method ACK counts as INVITE; CANCEL is a transaction of its own
 */
public record ServerTransactionId(String branch, String sentBy, SipMethod method) {}
