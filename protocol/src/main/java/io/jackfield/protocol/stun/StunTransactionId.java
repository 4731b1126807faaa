package io.jackfield.protocol.stun;

/**
 * The 96 bits that tie a response to its request (RFC 8489 §5).
 *
 * @param high the first 32 bits on the wire
 * @param low the last 64 bits on the wire
 */
public record StunTransactionId(int high, long low) {}
